// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace iam::http {

/// Counts the bytes of all request bodies held at one moment. Thread-safe.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t most)
        : m_most(most)
    {
    }

    [[nodiscard]] bool hasRoom(std::size_t bytes) const noexcept { return bytes <= m_most && held() <= m_most - bytes; }
    [[nodiscard]] std::size_t held() const noexcept { return m_held.load(std::memory_order_relaxed); }
    /// What large bodies gave back since the last call: memory that the allocator may still keep.
    [[nodiscard]] std::size_t takeGivenBack() noexcept { return m_givenBack.exchange(0, std::memory_order_relaxed); }
    [[nodiscard]] std::size_t givenBack() const noexcept { return m_givenBack.load(std::memory_order_relaxed); }

private:
    friend class BodyLease;
    [[nodiscard]] bool take(std::size_t bytes) noexcept
    {
        if (m_held.fetch_add(bytes, std::memory_order_relaxed) + bytes <= m_most) return true;
        m_held.fetch_sub(bytes, std::memory_order_relaxed);
        return false;
    }
    void give(std::size_t bytes) noexcept
    {
        m_held.fetch_sub(bytes, std::memory_order_relaxed);
        if (bytes >= largeBody) m_givenBack.fetch_add(bytes, std::memory_order_relaxed);
    }

    static constexpr std::size_t largeBody = 4096; // smaller ones are soon used again

    const std::size_t m_most;
    std::atomic<std::size_t> m_held = 0;
    std::atomic<std::size_t> m_givenBack = 0;
};

/// One body's share of the budget; given back when it dies.
class BodyLease {
public:
    BodyLease() = default;
    explicit BodyLease(std::shared_ptr<BodyBudget> budget)
        : m_budget(std::move(budget))
    {
    }
    BodyLease(BodyLease&& other) noexcept
        : m_budget(std::move(other.m_budget))
        , m_bytes(std::exchange(other.m_bytes, 0))
    {
    }
    BodyLease& operator=(BodyLease&& other) noexcept
    {
        if (this != &other) {
            release();
            m_budget = std::move(other.m_budget);
            m_bytes = std::exchange(other.m_bytes, 0);
        }
        return *this;
    }
    ~BodyLease() { release(); }

    /// False when the budget has no room, and nothing changed.
    [[nodiscard]] bool grow(std::size_t bytes) noexcept
    {
        if (bytes == 0) return true;
        if (!m_budget || !m_budget->take(bytes)) return false;
        m_bytes += bytes;
        return true;
    }
    void release() noexcept
    {
        if (m_budget && m_bytes > 0) m_budget->give(m_bytes);
        m_bytes = 0;
    }

private:
    std::shared_ptr<BodyBudget> m_budget;
    std::size_t m_bytes = 0;
};

} // namespace iam::http
