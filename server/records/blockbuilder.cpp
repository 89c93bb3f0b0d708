// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/blockbuilder.h"
#include "records/blockcodec.h"
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace iam::records {

namespace {

using contract::DecisionRecord;

constexpr std::size_t maxBlockBytes = 1024 * 1024;

Result<store::RecordBlock> build(const std::vector<const DecisionRecord*>& records, TimePoint begin, TimePoint end)
{
    auto bytes = packBlock(records);
    if (!bytes) return fail(bytes);
    std::set<std::string_view> owners;
    for (const DecisionRecord* record : records) owners.insert(record->owner);
    store::RecordBlock block;
    block.position = {begin, records.front()->sequence};
    block.end = end;
    block.lastSequence = records.back()->sequence;
    block.count = static_cast<std::uint32_t>(records.size());
    block.owners.assign(owners.begin(), owners.end());
    block.bytes = std::move(*bytes);
    return block;
}

} // namespace

Result<std::vector<store::RecordBlock>> buildBlocks(const std::deque<PendingRecords::Item>& items,
                                                    std::size_t maxRecords)
{
    std::vector<store::RecordBlock> blocks;
    std::vector<const DecisionRecord*> records;
    std::size_t bytes = 0;
    TimePoint begin{};
    TimePoint end{};
    const auto close = [&]() -> Result<> {
        auto block = build(records, begin, end);
        if (!block) return fail(block);
        blocks.push_back(std::move(*block));
        records.clear();
        bytes = 0;
        return {};
    };
    for (const PendingRecords::Item& item : items) {
        const TimePoint time = item.record.time;
        // The clock may have been set meanwhile, so the first record need not be the earliest.
        const bool full = records.size() >= maxRecords || bytes + item.bytes > maxBlockBytes ||
                          std::max(end, time) - std::min(begin, time) > store::maxBlockSpan;
        if (!records.empty() && full) {
            if (auto closed = close(); !closed) return fail(closed);
        }
        begin = records.empty() ? time : std::min(begin, time);
        end = records.empty() ? time : std::max(end, time);
        records.push_back(&item.record);
        bytes += item.bytes;
    }
    if (!records.empty()) {
        if (auto closed = close(); !closed) return fail(closed);
    }
    return blocks;
}

} // namespace iam::records
