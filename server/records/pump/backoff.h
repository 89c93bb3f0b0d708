// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>

namespace iam::records {

/// How long to wait between attempts: longer and longer, a quarter more or less than that, so that those that fail
/// together do not come again together. One thread.
class BackOff {
public:
    BackOff(std::chrono::milliseconds least, std::chrono::milliseconds most)
        : m_least(least)
        , m_most(most)
        , m_next(least)
        , m_dice(std::random_device{}())
    {
    }
    [[nodiscard]] std::chrono::milliseconds next()
    {
        const auto delay = m_next.count();
        m_next = std::min(m_next * 2, m_most);
        return std::chrono::milliseconds(std::uniform_int_distribution<std::chrono::milliseconds::rep>(
            delay - delay / 4, delay + delay / 4)(m_dice));
    }
    void reset() { m_next = m_least; }

private:
    const std::chrono::milliseconds m_least;
    const std::chrono::milliseconds m_most;
    std::chrono::milliseconds m_next;
    std::minstd_rand m_dice;
};

/// Lets threads wait until time has gone by or they are asked to end. Thread-safe.
class StopSignal {
public:
    /// Whether it was asked for.
    bool waitFor(std::chrono::milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, time, [this] { return m_asked; });
    }
    [[nodiscard]] bool isAsked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    void ask()
    {
        const std::lock_guard lock(m_mutex);
        m_asked = true;
        m_changed.notify_all();
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_asked = false;
};

} // namespace iam::records
