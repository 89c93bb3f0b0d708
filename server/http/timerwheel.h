// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace iam::http {

/// Wakes ids at coarse times; adding costs nothing worth naming. Never early, up to one tick late. Nothing is ever
/// removed: whoever has added itself again tells its entries apart by their time. Not thread-safe.
class TimerWheel {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Wake = std::function<void(std::uint64_t id, Time when)>;
    static constexpr std::chrono::milliseconds TICK{50};

    explicit TimerWheel(Time start)
        : m_start(start)
    {
    }

    void add(std::uint64_t id, Time when);
    /// Calls `wake` for everything due at `now`, in no promised order. `wake` may add.
    void advance(Time now, const Wake& wake);
    /// When advance() has something to do; nothing: never.
    [[nodiscard]] std::optional<Time> next() const;

private:
    static constexpr std::int64_t SLOTS = 512; // 25.6 s; what lies beyond goes round again
    struct Entry {
        std::uint64_t id;
        Time when;
    };
    [[nodiscard]] std::vector<Entry>& slot(std::int64_t tick)
    {
        return m_slots[static_cast<std::size_t>(tick % SLOTS)];
    }

    Time m_start;
    std::int64_t m_done = 0; // ticks whose slots have been woken
    std::optional<std::int64_t> m_next;
    std::array<std::vector<Entry>, static_cast<std::size_t>(SLOTS)> m_slots;
};

} // namespace iam::http
