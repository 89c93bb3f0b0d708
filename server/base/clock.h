// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>

namespace iam {

/// Wall-clock time with the millisecond grain that everything stored or shown has.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where time comes from. Injected, so that tests set it; thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time; may jump either way.
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// For time-outs and ages; never goes back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override
    {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::now();
    }
};

} // namespace iam
