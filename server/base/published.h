// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace iam {

/// One immutable value that is replaced as a whole. Readers do not wait for one another: every thread keeps its own
/// reference and renews it only when a version counter moved (std::atomic<std::shared_ptr> takes a lock in GCC 12).
/// An old value dies when the last thread that read it reads again, or ends, and the last share of it is given up; the
/// last value of an instance that is gone stays with the threads that read it until they end, or have read many others.
template <class T>
class Published {
public:
    explicit Published(std::shared_ptr<const T> value)
        : m_value(std::move(value))
    {
    }
    Published(const Published&) = delete;
    Published& operator=(const Published&) = delete;

    /// From any thread.
    void publish(std::shared_ptr<const T> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value.swap(value);
        m_version.fetch_add(1, std::memory_order_release);
    }

    /// The newest value; never null if none was published null. From any thread.
    [[nodiscard]] std::shared_ptr<const T> read() const { return current(); }

    /// The same without taking a share, which threads would contend for: valid until this thread reads a Published<T>
    /// again.
    [[nodiscard]] const std::shared_ptr<const T>& current() const
    {
        // One entry for each instance of this type that this thread has read; a server has one or two.
        thread_local std::vector<Seen> seen;
        const std::uint64_t version = m_version.load(std::memory_order_acquire);
        for (Seen& entry : seen) {
            if (entry.instance != m_instance) continue;
            if (entry.version != version) refresh(entry);
            return entry.value;
        }
        if (seen.size() >= maxSeen) seen.clear();
        refresh(seen.emplace_back(Seen{m_instance, 0, nullptr}));
        return seen.back().value;
    }

private:
    struct Seen {
        std::uint64_t instance;
        std::uint64_t version;
        std::shared_ptr<const T> value;
    };
    static constexpr std::size_t maxSeen = 8;

    void refresh(Seen& entry) const
    {
        const std::lock_guard lock(m_mutex);
        entry.value = m_value;
        entry.version = m_version.load(std::memory_order_relaxed);
    }
    static std::uint64_t nextInstance()
    {
        static std::atomic<std::uint64_t> counter = 0;
        return ++counter;
    }

    const std::uint64_t m_instance = nextInstance(); ///< an address could come back for another object
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
    std::atomic<std::uint64_t> m_version = 1;
};

} // namespace iam
