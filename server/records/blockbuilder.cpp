// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/blockbuilder.h"
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

namespace iam::records {

namespace {

using Item = PendingRecords::Item;

constexpr std::size_t maxBlockBytes = 1024 * 1024;

Result<store::RecordBlock> build(BlockPacker& packer, const std::vector<const Item*>& items, TimePoint begin,
                                 TimePoint end, Pace pace)
{
    std::vector<std::string_view> records;
    records.reserve(items.size());
    std::unordered_set<std::string_view> owners;
    auto last = owners.end(); // mostly the next record's, too
    for (const Item* item : items) {
        records.push_back(item->packed);
        if (item == items.front() || item->owner != *last) last = owners.insert(item->owner).first;
    }
    auto bytes = packer.pack(records, pace);
    if (!bytes) return fail(bytes);
    store::RecordBlock block;
    block.position = {begin, items.front()->sequence};
    block.end = end;
    block.lastSequence = items.back()->sequence;
    block.count = static_cast<std::uint32_t>(items.size());
    block.owners.assign(owners.begin(), owners.end());
    std::sort(block.owners.begin(), block.owners.end());
    block.bytes = std::move(*bytes);
    return block;
}

} // namespace

Result<std::vector<store::RecordBlock>>
buildBlocks(BlockPacker& packer, const std::deque<PendingRecords::ItemPtr>& items, std::size_t maxRecords, Pace pace)
{
    std::vector<store::RecordBlock> blocks;
    std::vector<const Item*> records;
    std::size_t bytes = 0;
    TimePoint begin{};
    TimePoint end{};
    const auto close = [&]() -> Result<> {
        auto block = build(packer, records, begin, end, pace);
        if (!block) return fail(block);
        blocks.push_back(std::move(*block));
        records.clear();
        bytes = 0;
        return {};
    };
    for (const auto& item : items) {
        const TimePoint time = item->time;
        // The clock may have been set meanwhile, so the first record need not be the earliest.
        const bool full = records.size() >= maxRecords || bytes + item->bytes > maxBlockBytes ||
                          std::max(end, time) - std::min(begin, time) > store::maxBlockSpan;
        const bool follows = !records.empty() && records.back()->sequence + 1 == item->sequence;
        if (!records.empty() && (full || !follows)) {
            if (auto closed = close(); !closed) return fail(closed);
        }
        begin = records.empty() ? time : std::min(begin, time);
        end = records.empty() ? time : std::max(end, time);
        records.push_back(item.get());
        bytes += item->bytes;
    }
    if (!records.empty()) {
        if (auto closed = close(); !closed) return fail(closed);
    }
    return blocks;
}

} // namespace iam::records
