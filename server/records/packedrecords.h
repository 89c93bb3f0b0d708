// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pendingrecords.h"
#include "store/recordblockstore.h"
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace iam::records {

/// Records that are packed in blocks but not stored yet, with the gaps before and between them, oldest first, and those
/// who wait for them. Not thread-safe.
class PackedRecords {
public:
    /// Takes the callbacks of a batch that is to be packed.
    void addWaiting(PendingRecords::Batch& batch);
    /// Adds the blocks that were made of the batch, which is later than all that is here, and its gaps. No block has a
    /// hole.
    void add(std::vector<store::RecordBlock> blocks, PendingRecords::Batch& batch);
    /// Gives up the oldest blocks until `wanted` bytes are free or there is nothing more; a gap of that cause stands in
    /// their place then. Who waits goes on waiting.
    PendingRecords::Freed giveUp(std::size_t wanted, TimePoint now, const char* cause);
    /// Once.
    [[nodiscard]] std::vector<Stored> takeWaiting() noexcept { return std::exchange(m_waiting, {}); }

    [[nodiscard]] bool empty() const noexcept { return m_blocks.empty() && m_gaps.empty(); }
    [[nodiscard]] const std::vector<store::RecordBlock>& blocks() const noexcept { return m_blocks; }
    [[nodiscard]] const std::vector<store::RecordGap>& gaps() const noexcept { return m_gaps; }
    [[nodiscard]] std::uint64_t records() const noexcept { return m_records; }
    /// Room that the records took before they were packed.
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }
    [[nodiscard]] std::size_t packedBytes() const noexcept { return m_packedBytes; }
    /// The highest sequence in it; 0 when it is empty.
    [[nodiscard]] std::uint64_t lastSequence() const noexcept;

private:
    std::vector<store::RecordBlock> m_blocks;
    std::vector<std::size_t> m_roomOf; ///< by block: of its records before they were packed
    std::vector<store::RecordGap> m_gaps;
    std::vector<Stored> m_waiting;
    std::uint64_t m_records = 0;
    std::size_t m_bytes = 0;
    std::size_t m_packedBytes = 0;
};

} // namespace iam::records
