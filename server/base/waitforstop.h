// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace iam {

/// Waits until that time has gone by or a stop is requested, whichever is first. Whether it was requested. Any thread.
inline bool waitForStop(const std::stop_token& stop, std::chrono::milliseconds time)
{
    std::mutex mutex;
    std::condition_variable_any nothing; // but the stop wakes who waits for it
    std::unique_lock lock(mutex);
    nothing.wait_for(lock, stop, time, [] { return false; });
    return stop.stop_requested();
}

} // namespace iam
