// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/sharedschema.h"
#include <limits>
#include <map>

namespace iam::store::sql {

/// Ids from `first` to `last`, both included.
struct IdRange {
    std::uint64_t first = 0;
    std::uint64_t last = std::numeric_limits<std::int64_t>::max();
    bool operator==(const IdRange&) const = default;
};

/// Check sums over what the rows of an old table say, times left out, a chunk of 1024 ids each; by the chunk's number.
/// The database computes them in one pass over the table: whatever was changed, made or removed changes its chunk's,
/// whatever the row says about when that was.
using ChunkSums = std::map<std::uint64_t, std::uint64_t>;

Result<ChunkSums> readChunkSums(SqlConnection& connection, const SharedTable& table);

/// The chunks whose sums differ, neighbours joined, by id.
[[nodiscard]] std::vector<IdRange> differingRanges(const ChunkSums& before, const ChunkSums& now);

} // namespace iam::store::sql
