// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace iam::node {

/// Asks every `period`, on a thread of its own, whether something works, so that those who want to know neither wait
/// for it nor wear it out, and learn it when it hangs. Thread-safe.
class HealthWatch {
public:
    /// It may take its time and touch what blocks.
    using Check = std::function<Result<>()>;

    /// Healthy until the first check has ended. `clock` outlives this.
    HealthWatch(std::string threadName, Check check, std::chrono::milliseconds period, const Clock& clock);
    /// Waits for the check that runs.
    ~HealthWatch();
    HealthWatch(const HealthWatch&) = delete;
    HealthWatch& operator=(const HealthWatch&) = delete;

    /// What the last check found; Code::StorageUnavailable when the one that runs has taken longer than `patience`.
    [[nodiscard]] Result<> state() const;

    static constexpr std::chrono::milliseconds patience{2000};

private:
    void work(const std::string& threadName);

    const Check m_check;
    const std::chrono::milliseconds m_period;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    Result<> m_outcome;
    std::optional<std::chrono::steady_clock::time_point> m_runningSince;
    std::thread m_thread;
};

} // namespace iam::node
