// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <atomic>

namespace iam::test {

/// A clock that stands still until the test moves it. Thread-safe.
class ManualClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return TimePoint(std::chrono::milliseconds(m_now.load())); }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(m_steady.load()));
    }

    /// Time goes by.
    void advance(std::chrono::milliseconds by)
    {
        m_now += by.count();
        m_steady += by.count();
    }
    /// Somebody sets the wall clock; no time goes by.
    void set(std::chrono::milliseconds by) { m_now += by.count(); }

private:
    std::atomic<std::int64_t> m_now = 1'700'000'000'000;
    std::atomic<std::int64_t> m_steady = 5'000'000;
};

} // namespace iam::test
