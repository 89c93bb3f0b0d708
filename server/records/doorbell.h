// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace iam::records {

/// Wakes one thread. Its lock is held for a moment only, whatever that thread does when it is awake, so who rings does
/// not wait. Thread-safe.
class Doorbell {
public:
    using Clock = std::chrono::steady_clock;
    using TimePoint = Clock::time_point;

    void ring()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_rung, true)) return;
        }
        m_condition.notify_one();
    }
    /// Returns when it was rung since the last call, or is, or `end` has come.
    void wait(std::optional<TimePoint> end)
    {
        std::unique_lock lock(m_mutex);
        const auto rung = [this] { return m_rung; };
        if (end)
            m_condition.wait_until(lock, *end, rung);
        else
            m_condition.wait(lock, rung);
        m_rung = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_rung = false;
};

} // namespace iam::records
