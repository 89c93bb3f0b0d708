// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <utility>

namespace iam::records {

/// Records on their way from the threads that decide to the one that hands them on. Nobody waits for anybody: adding is
/// one exchange of a pointer, taking takes all there is. Thread-safe.
template <class Item>
class RecordQueue {
public:
    RecordQueue() = default;
    ~RecordQueue()
    {
        takeEach([](Item&&) {});
    }
    RecordQueue(const RecordQueue&) = delete;
    RecordQueue& operator=(const RecordQueue&) = delete;

    void add(Item item)
    {
        Node* const node = new Node{std::move(item), m_newest.load(std::memory_order_relaxed)};
        while (!m_newest.compare_exchange_weak(node->before, node)) {
        }
    }
    /// Gives all that was added to `take`, the oldest first.
    template <class Take>
    void takeEach(const Take& take)
    {
        if (empty()) return;
        Node* turned = nullptr; // from the oldest on
        for (Node* node = m_newest.exchange(nullptr); node != nullptr;)
            turned = std::exchange(node, std::exchange(node->before, turned));
        while (turned != nullptr) {
            take(std::move(turned->item));
            delete std::exchange(turned, turned->before);
        }
    }
    [[nodiscard]] bool empty() const noexcept { return m_newest.load() == nullptr; }

private:
    struct Node {
        Item item;
        Node* before;
    };
    std::atomic<Node*> m_newest = nullptr;
};

} // namespace iam::records
