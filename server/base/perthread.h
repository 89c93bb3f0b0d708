// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace iam {

/// One T for each thread that asks for it: made without arguments at its first asking, and its own, so that it needs no
/// lock. It dies with its thread; of an owner that is gone perhaps only then. For what can be lost: caches, buffers.
template <class T>
class PerThread {
public:
    PerThread() = default;
    PerThread(const PerThread&) = delete;
    PerThread& operator=(const PerThread&) = delete;

    /// The calling thread's. Valid until the thread asks another PerThread<T>.
    [[nodiscard]] T& mine() const
    {
        // One entry per instance that this thread has asked; there are one or two in a process.
        thread_local std::vector<Mine> all;
        for (const Mine& entry : all)
            if (entry.instance == m_instance) return *entry.value;
        if (all.size() >= maxInstances) all.clear();
        return *all.emplace_back(Mine{m_instance, std::make_unique<T>()}).value;
    }

private:
    struct Mine {
        std::uint64_t instance;
        std::unique_ptr<T> value;
    };
    static constexpr std::size_t maxInstances = 8;

    static std::uint64_t nextInstance()
    {
        static std::atomic<std::uint64_t> counter = 0;
        return ++counter;
    }

    const std::uint64_t m_instance = nextInstance(); ///< an address could come back for another object
};

} // namespace iam
