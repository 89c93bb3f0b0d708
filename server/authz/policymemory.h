// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory_resource>
#include <mutex>

namespace iam::authz {

/// Where the policies of a pool lie: close together in large pieces, for which the system is asked for huge pages.
/// Which of many policies a request meets is not foreseen, and finding out where a page lies costs as much as looking
/// at it. What is given back is used again. Any number of threads, behind a lock.
class PolicyMemory {
public:
    PolicyMemory();
    PolicyMemory(const PolicyMemory&) = delete;
    PolicyMemory& operator=(const PolicyMemory&) = delete;

    /// Begins with a line of the processor's cache.
    [[nodiscard]] void* take(std::size_t bytes);
    /// `bytes`: as when it was taken.
    void giveBack(void* memory, std::size_t bytes) noexcept;

private:
    class Pieces final : public std::pmr::memory_resource {
        void* do_allocate(std::size_t bytes, std::size_t alignment) override;
        void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
        [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override;
    };

    std::mutex m_mutex;
    Pieces m_pieces;
    std::pmr::unsynchronized_pool_resource m_blocks;
};

} // namespace iam::authz
