// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include "store/recordblockstore.h"
#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

namespace iam::records {

/// Called once, with whether the record is kept.
using Stored = std::function<void(Result<>)>;

/// Records in memory that are not stored yet, oldest first, and what was dropped before it could be. Not thread-safe.
class PendingRecords {
public:
    struct Item {
        contract::DecisionRecord record;
        Stored stored;
        std::size_t bytes = 0;
    };
    struct Batch {
        std::deque<Item> items;
        std::vector<store::RecordGap> gaps;
        [[nodiscard]] bool empty() const noexcept { return items.empty() && gaps.empty(); }
        /// The highest sequence in it; 0 when it is empty.
        [[nodiscard]] std::uint64_t lastSequence() const noexcept;
    };

    /// Room that a record takes in memory.
    [[nodiscard]] static std::size_t sizeOf(const contract::DecisionRecord& record) noexcept;

    void add(Item item);
    /// Takes the oldest items up to `maxBytes` (at least one), with all gaps before the last of them.
    Batch take(std::size_t maxBytes);
    /// Puts a batch back that could not be stored: it comes first again.
    void putBack(Batch batch);
    /// A batch that was taken has been stored (or given up): its room is free.
    void forget(std::size_t bytes) noexcept { m_bytes -= bytes; }
    /// Gives up the oldest items until `room` bytes fit below `limit`; the number given up. Items that are taken cannot
    /// be given up, so there may be no room afterwards. The callbacks of dropped items are moved to `dropped`.
    std::uint64_t dropOldest(std::size_t room, std::size_t limit, TimePoint now, std::vector<Stored>& dropped);
    void addGap(store::RecordGap gap);

    [[nodiscard]] bool empty() const noexcept { return m_items.empty() && m_gaps.empty(); }
    [[nodiscard]] std::size_t count() const noexcept { return m_items.size(); }
    /// Of all items added and not forgotten, taken ones included.
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }

private:
    std::deque<Item> m_items;
    std::vector<store::RecordGap> m_gaps;
    std::size_t m_bytes = 0;
};

} // namespace iam::records
