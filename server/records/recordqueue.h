// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pendingrecords.h"
#include <atomic>
#include <utility>
#include <vector>

namespace iam::records {

/// Records on their way from the threads that decide to the one that stores. Nobody waits for anybody: adding is one
/// exchange of a pointer, taking takes all there is. Thread-safe.
class RecordQueue {
public:
    RecordQueue() = default;
    ~RecordQueue() { static_cast<void>(take()); }
    RecordQueue(const RecordQueue&) = delete;
    RecordQueue& operator=(const RecordQueue&) = delete;

    void add(PendingRecords::Item item)
    {
        Node* const node = new Node{std::move(item), m_newest.load(std::memory_order_relaxed)};
        while (!m_newest.compare_exchange_weak(node->before, node)) {
        }
    }
    /// All that was added, the oldest first.
    [[nodiscard]] std::vector<PendingRecords::Item> take()
    {
        std::vector<PendingRecords::Item> items;
        if (empty()) return items;
        Node* turned = nullptr; // from the oldest on
        for (Node* node = m_newest.exchange(nullptr); node != nullptr;)
            turned = std::exchange(node, std::exchange(node->before, turned));
        while (turned != nullptr) {
            items.push_back(std::move(turned->item));
            delete std::exchange(turned, turned->before);
        }
        return items;
    }
    [[nodiscard]] bool empty() const noexcept { return m_newest.load() == nullptr; }

private:
    struct Node {
        PendingRecords::Item item;
        Node* before;
    };
    std::atomic<Node*> m_newest = nullptr;
};

} // namespace iam::records
