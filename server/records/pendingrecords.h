// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include "store/recordblockstore.h"
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace iam::records {

/// Called once, with whether the record is kept.
using Stored = std::function<void(Result<>)>;

void callAll(const std::vector<Stored>& callbacks, const Result<>& outcome);

/// Adds a gap to others; neighbours of one cause become one, so that hours of a full disk are a few rows.
void addGap(std::vector<store::RecordGap>& gaps, store::RecordGap added);

/// Records in memory that are not packed yet, by sequence, and what was dropped before it could be. A record counts
/// from the moment on when all before it are there: what is stored ends at a sequence below which nothing is missing.
/// Not thread-safe.
class PendingRecords {
public:
    struct Item {
        std::uint64_t sequence = 0;
        TimePoint time{};
        std::string owner;
        std::string packed; ///< by packRecord()
        Stored stored;
        std::size_t bytes = 0;
        bool lost = false;    ///< dropped already: only its number counts
        Item* next = nullptr; ///< RecordQueue's or SpareItems'
    };
    using ItemPtr = std::unique_ptr<Item>;
    struct Batch {
        std::deque<ItemPtr> items;
        std::vector<store::RecordGap> gaps;
        [[nodiscard]] bool empty() const noexcept { return items.empty() && gaps.empty(); }
    };

    /// Room that a record takes in memory.
    [[nodiscard]] static std::size_t sizeOf(const contract::DecisionRecord& record) noexcept;

    /// The first sequence that will be added.
    void startAt(std::uint64_t sequence) noexcept { m_next = sequence; }
    /// In any order.
    void add(ItemPtr item);
    /// Takes the oldest items up to `maxBytes` (at least one), with all gaps before the last of them.
    Batch take(std::size_t maxBytes);
    /// Puts a batch back that could not be packed: it comes first again.
    void putBack(Batch batch);
    struct Freed {
        std::uint64_t records = 0;
        std::size_t bytes = 0;
    };
    /// Gives up the oldest items until `wanted` bytes are free; what came of it, which is less when there is nothing
    /// more: items that are taken cannot be given up. The callbacks of dropped items are moved to `dropped`.
    Freed dropOldest(std::size_t wanted, TimePoint now, std::vector<Stored>& dropped);
    void addGap(store::RecordGap gap) { records::addGap(m_gaps, std::move(gap)); }

    [[nodiscard]] bool empty() const noexcept { return m_items.empty() && m_gaps.empty(); }
    [[nodiscard]] std::size_t count() const noexcept { return m_items.size() + m_early.size(); }

private:
    void append(ItemPtr item);

    std::deque<ItemPtr> m_items;
    std::vector<store::RecordGap> m_gaps;
    std::map<std::uint64_t, ItemPtr> m_early; ///< added before one of those before them
    std::uint64_t m_next = 1;
};

} // namespace iam::records
