// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <queue>
#include <random>
#include <vector>

namespace iam::test {

/// A millisecond of simulated time.
inline constexpr std::int64_t ms = 1000;

/// Simulated time, in microseconds, and what is to happen in it. Events of one moment happen in the order in which they
/// were planned, so that a seed tells everything.
class Schedule {
public:
    using Time = std::int64_t;

    explicit Schedule(std::uint64_t seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] Time now() const noexcept { return m_now; }
    void at(Time when, std::function<void()> what)
    {
        m_events.push({when < m_now ? m_now : when, m_count++, std::move(what)});
    }
    void after(Time delay, std::function<void()> what) { at(m_now + delay, std::move(what)); }
    /// One event; false when there is none before `end`, and then it is `end`.
    bool step(Time end)
    {
        if (m_events.empty() || m_events.top().when > end) {
            m_now = end;
            return false;
        }
        Event event = std::move(const_cast<Event&>(m_events.top()));
        m_events.pop();
        m_now = event.when;
        event.what();
        return true;
    }

    [[nodiscard]] Time between(Time low, Time high) { return std::uniform_int_distribution<Time>(low, high)(m_random); }
    [[nodiscard]] bool chance(double probability) { return std::bernoulli_distribution(probability)(m_random); }

private:
    struct Event {
        Time when;
        std::uint64_t number;
        std::function<void()> what;
        bool operator<(const Event& other) const
        {
            return when != other.when ? when > other.when : number > other.number;
        }
    };
    std::priority_queue<Event> m_events;
    std::uint64_t m_count = 0;
    Time m_now = 0;
    std::mt19937_64 m_random;
};

} // namespace iam::test
