// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <memory>
#include <utility>

namespace iam::records {

/// Records on their way from the threads that decide to the one that hands them on. Nobody waits for anybody: adding is
/// one exchange of a pointer, taking takes all there is. An Item has a member `Item* next`, which is the queue's.
/// Thread-safe.
template <class Item>
class RecordQueue {
public:
    using ItemPtr = std::unique_ptr<Item>;

    RecordQueue() = default;
    ~RecordQueue()
    {
        takeEach([](ItemPtr&&) {});
    }
    RecordQueue(const RecordQueue&) = delete;
    RecordQueue& operator=(const RecordQueue&) = delete;

    void add(ItemPtr&& added)
    {
        Item* const item = added.release();
        item->next = m_newest.load(std::memory_order_relaxed);
        while (!m_newest.compare_exchange_weak(item->next, item)) {
        }
    }
    /// Gives all that was added to `take`, the oldest first.
    template <class Take>
    void takeEach(const Take& take)
    {
        if (empty()) return;
        Item* turned = nullptr; // from the oldest on
        for (Item* item = m_newest.exchange(nullptr); item != nullptr;)
            turned = std::exchange(item, std::exchange(item->next, turned));
        while (turned != nullptr) take(ItemPtr(std::exchange(turned, std::exchange(turned->next, nullptr))));
    }
    [[nodiscard]] bool empty() const noexcept { return m_newest.load() == nullptr; }

private:
    std::atomic<Item*> m_newest = nullptr;
};

} // namespace iam::records
