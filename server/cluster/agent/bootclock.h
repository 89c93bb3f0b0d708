// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"

namespace iam::cluster {

/// The system's clock, but time for which the machine was suspended has gone by too (CLOCK_BOOTTIME,
/// clock_gettime(2)): what was heard before a suspension is old after it.
class BootClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
    /// The same moment of somebody who counts with std::chrono::steady_clock.
    [[nodiscard]] static std::chrono::steady_clock::time_point fromSteady(std::chrono::steady_clock::time_point time);
};

} // namespace iam::cluster
