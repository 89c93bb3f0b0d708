// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pendingrecords.h"
#include <atomic>
#include <cstddef>
#include <utility>

namespace iam::records {

/// Items that were stored, to be filled again: memory that one thread takes and another frees is the dearest. Nobody
/// waits for anybody. take() from any thread, giveBack() from one.
class SpareItems {
public:
    using Item = PendingRecords::Item;
    using ItemPtr = PendingRecords::ItemPtr;

    SpareItems() = default;
    ~SpareItems()
    {
        for (Item* spare = m_top.load(); spare != nullptr;) delete std::exchange(spare, spare->next);
    }
    SpareItems(const SpareItems&) = delete;
    SpareItems& operator=(const SpareItems&) = delete;

    /// An empty item; one that was given back keeps the room of its texts, and what is in `packed`.
    [[nodiscard]] ItemPtr take()
    {
        // Only one thread at a time takes: so what it saw on top cannot have been away meanwhile.
        if (m_count.load(std::memory_order_relaxed) == 0 || m_taking.exchange(true, std::memory_order_acquire))
            return std::make_unique<Item>();
        Item* top = m_top.load(std::memory_order_acquire);
        while (top != nullptr && !m_top.compare_exchange_weak(top, top->next)) {
        }
        m_taking.store(false, std::memory_order_release);
        if (top == nullptr) return std::make_unique<Item>();
        m_count.fetch_sub(1, std::memory_order_relaxed);
        top->next = nullptr;
        return ItemPtr(top);
    }
    void giveBack(ItemPtr&& done)
    {
        ItemPtr owned = std::move(done);
        if (m_count.load(std::memory_order_relaxed) >= maxCount || owned->packed.capacity() > maxBytes) return;
        Item fresh;
        fresh.owner = std::move(owned->owner);
        fresh.packed = std::move(owned->packed);
        *owned = std::move(fresh);
        m_count.fetch_add(1, std::memory_order_relaxed);
        Item* const item = owned.release();
        item->next = m_top.load(std::memory_order_relaxed);
        while (!m_top.compare_exchange_weak(item->next, item)) {
        }
    }

private:
    static constexpr std::size_t maxCount = 1024;
    static constexpr std::size_t maxBytes = 2048;

    std::atomic<Item*> m_top = nullptr;
    std::atomic<std::size_t> m_count = 0;
    std::atomic<bool> m_taking = false;
};

} // namespace iam::records
