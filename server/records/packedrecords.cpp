// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/packedrecords.h"
#include <algorithm>

namespace iam::records {

void PackedRecords::addWaiting(PendingRecords::Batch& batch)
{
    for (auto& item : batch.items) {
        if (item->stored) m_waiting.push_back(std::exchange(item->stored, {}));
    }
}

void PackedRecords::add(std::vector<store::RecordBlock> blocks, PendingRecords::Batch& batch)
{
    auto item = batch.items.cbegin();
    for (store::RecordBlock& block : blocks) {
        std::size_t room = 0;
        for (std::uint32_t i = 0; i < block.count; ++i) room += (*item++)->bytes;
        m_records += block.count;
        m_bytes += room;
        m_packedBytes += block.bytes.size();
        m_roomOf.push_back(room);
        m_blocks.push_back(std::move(block));
    }
    for (store::RecordGap& gap : batch.gaps) addGap(m_gaps, std::move(gap));
}

PendingRecords::Freed PackedRecords::giveUp(std::size_t wanted, TimePoint now, const char* cause)
{
    PendingRecords::Freed freed;
    std::size_t count = 0;
    for (; count < m_blocks.size() && freed.bytes < wanted; ++count) {
        const store::RecordBlock& block = m_blocks[count];
        addGap(m_gaps, {block.position.firstSequence, block.count, now, cause});
        freed.bytes += m_roomOf[count];
        freed.records += block.count;
        m_packedBytes -= block.bytes.size();
    }
    const auto end = static_cast<std::ptrdiff_t>(count);
    m_blocks.erase(m_blocks.begin(), m_blocks.begin() + end);
    m_roomOf.erase(m_roomOf.begin(), m_roomOf.begin() + end);
    m_records -= freed.records;
    m_bytes -= freed.bytes;
    return freed;
}

std::uint64_t PackedRecords::lastSequence() const noexcept
{
    std::uint64_t last = m_blocks.empty() ? 0 : m_blocks.back().lastSequence;
    for (const store::RecordGap& gap : m_gaps) last = std::max(last, gap.firstSequence + gap.count - 1);
    return last;
}

} // namespace iam::records
