// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/chunk.h"
#include "base/logging.h"
#include "records/blockcodec.h"
#include <algorithm>
#include <iterator>
#include <utility>

namespace iam::records {

namespace {

constexpr std::size_t maxChunkBytes = 16 * 1024 * 1024;

std::size_t sizeOf(const std::vector<contract::DecisionRecord>& records)
{
    std::size_t size = 0;
    for (const auto& record : records) size += sizeof record + record.context.size() + record.reason.size();
    return size;
}

/// What does not belong where the block says it stands would be counted wrongly.
bool isInOrder(const std::vector<contract::DecisionRecord>& records, const store::RecordBlock& block)
{
    std::uint64_t before = block.position.firstSequence - 1;
    for (const auto& record : records) {
        if (record.sequence <= before || record.sequence > block.lastSequence) return false;
        before = record.sequence;
    }
    return true;
}

Result<std::vector<contract::DecisionRecord>> unpack(const store::RecordBlock& block)
{
    auto records = unpackBlock(block.bytes);
    if (records && !isInOrder(*records, block))
        return fail(Code::DecodingFailed, "its records are not where they belong");
    return records;
}

/// Gaps and damaged blocks first, then whatever is left over: that was removed.
class HoleFinder {
public:
    HoleFinder(std::uint64_t from, std::uint64_t through)
        : m_from(from)
        , m_through(through)
    {
    }
    void add(std::uint64_t first, std::uint64_t last, const std::string& cause)
    {
        first = std::max(first, m_from + 1);
        last = std::min(last, m_through);
        if (first <= last) m_known.push_back({first, last, cause});
    }
    std::vector<Hole> holesBetween(const std::vector<contract::DecisionRecord>& records)
    {
        std::stable_sort(m_known.begin(), m_known.end(),
                         [](const Hole& a, const Hole& b) { return a.first < b.first; });
        auto known = m_known.begin();
        std::uint64_t next = m_from + 1;
        // Up to the sequence, which is a record's or one behind the end.
        const auto fillUpTo = [&](std::uint64_t end) {
            while (known != m_known.end() && known->first < end) {
                if (known->last < next) {
                    ++known; // told already
                    continue;
                }
                put(next, known->first - 1, "retention");
                const std::uint64_t last = std::min(known->last, end - 1);
                put(std::max(next, known->first), last, known->cause);
                next = std::max(next, last + 1);
                if (known->last >= end) break;
                ++known;
            }
            put(next, end - 1, "retention");
            next = end;
        };
        for (const auto& record : records) {
            fillUpTo(record.sequence);
            next = record.sequence + 1;
        }
        fillUpTo(m_through + 1);
        return std::move(m_holes);
    }

private:
    void put(std::uint64_t first, std::uint64_t last, const std::string& cause)
    {
        if (first > last) return;
        if (!m_holes.empty() && m_holes.back().last + 1 == first && m_holes.back().cause == cause)
            m_holes.back().last = last;
        else
            m_holes.push_back({first, last, cause});
    }

    const std::uint64_t m_from;
    const std::uint64_t m_through;
    std::vector<Hole> m_known;
    std::vector<Hole> m_holes;
};

} // namespace

Chunk makeChunk(const store::RecordsAfter& found, std::uint64_t sequence)
{
    Chunk chunk{found.log, sequence, found.through, {}, {}, found.lastSequence};
    std::vector<const store::RecordBlock*> damaged;
    std::size_t bytes = 0;
    for (const store::RecordBlock& block : found.blocks) {
        auto records = unpack(block);
        if (!records) {
            qCWarning(lcRecords, "The decision records %llu to %llu cannot be read: %s",
                      static_cast<unsigned long long>(block.position.firstSequence),
                      static_cast<unsigned long long>(block.lastSequence), records.error().detail.c_str());
            damaged.push_back(&block);
            continue;
        }
        bytes += sizeOf(*records);
        const std::uint64_t before = chunk.records.empty() ? sequence : chunk.records.back().sequence;
        const auto first = std::find_if(records->begin(), records->end(),
                                        [before](const auto& record) { return record.sequence > before; });
        std::move(first, records->end(), std::back_inserter(chunk.records));
        if (bytes < maxChunkBytes || &block == &found.blocks.back()) continue;
        chunk.through = block.lastSequence;
        break;
    }
    HoleFinder finder(chunk.from, chunk.through);
    for (const store::RecordGap& gap : found.gaps)
        finder.add(gap.firstSequence, gap.firstSequence + gap.count - 1, gap.cause);
    for (const store::RecordBlock* block : damaged)
        finder.add(block->position.firstSequence, block->lastSequence, "damaged");
    chunk.holes = finder.holesBetween(chunk.records);
    return chunk;
}

std::map<std::string, std::uint64_t> countHoles(const std::vector<Hole>& holes, std::uint64_t from,
                                                std::uint64_t through)
{
    std::map<std::string, std::uint64_t> counted;
    if (from >= through) return counted;
    auto hole =
        std::partition_point(holes.begin(), holes.end(), [from](const Hole& each) { return each.last <= from; });
    for (; hole != holes.end() && hole->first <= through; ++hole)
        counted[hole->cause] += std::min(hole->last, through) - std::max(hole->first, from + 1) + 1;
    return counted;
}

} // namespace iam::records
