// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedsums.h"
#include "store/sql/sqlrows.h"
#include <algorithm>

namespace iam::store::sql {

namespace {

constexpr int chunkBits = 10;

IdRange chunkRange(std::uint64_t chunk)
{
    const std::uint64_t first = chunk << chunkBits;
    return {first, first + (std::uint64_t{1} << chunkBits) - 1};
}

} // namespace

Result<ChunkSums> readChunkSums(SqlConnection& connection, const SharedTable& table)
{
    ChunkSums sums;
    // CRC32 is linear: the same change in two rows would cancel out but for the factor, another one for each row.
    auto done = forEachRow(
        connection,
        "SELECT r.id >> " + std::to_string(chunkBits) + ", BIT_XOR(CRC32(" + std::string(table.content) +
            ") * ((r.id & " + std::to_string((1 << chunkBits) - 1) + ") * 2 + 1)) FROM `" + std::string(table.name) +
            "` r GROUP BY r.id >> " + std::to_string(chunkBits),
        {}, [&](const SqlRows& row) -> Result<> {
            sums.emplace(static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1)));
            return {};
        });
    if (!done) return fail(done);
    return sums;
}

std::vector<IdRange> differingRanges(const ChunkSums& before, const ChunkSums& now)
{
    std::vector<IdRange> ranges;
    const auto add = [&](std::uint64_t chunk) {
        const IdRange range = chunkRange(chunk);
        if (!ranges.empty() && ranges.back().last + 1 == range.first)
            ranges.back().last = range.last;
        else
            ranges.push_back(range);
    };
    auto old = before.begin();
    for (auto current = now.begin(); old != before.end() || current != now.end();) {
        if (current == now.end() || (old != before.end() && old->first < current->first)) {
            add((old++)->first);
        } else if (old == before.end() || current->first < old->first) {
            add((current++)->first);
        } else {
            if (old->second != current->second) add(current->first);
            ++old;
            ++current;
        }
    }
    return ranges;
}

} // namespace iam::store::sql
