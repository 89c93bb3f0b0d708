// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/bootclock.h"
#include <ctime>

namespace iam::cluster {
namespace {

std::chrono::steady_clock::time_point bootTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::steady_clock::time_point(std::chrono::seconds(time.tv_sec) +
                                                 std::chrono::nanoseconds(time.tv_nsec));
}

} // namespace

TimePoint BootClock::now() const
{
    return SystemClock().now();
}

std::chrono::steady_clock::time_point BootClock::steadyNow() const
{
    return bootTime();
}

std::chrono::steady_clock::time_point BootClock::fromSteady(std::chrono::steady_clock::time_point time)
{
    return bootTime() - (std::chrono::steady_clock::now() - time);
}

} // namespace iam::cluster
