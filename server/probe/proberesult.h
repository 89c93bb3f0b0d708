// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

namespace iam::probe {

using Time = std::chrono::steady_clock::time_point;

/// What became of one request.
enum class Outcome {
    Answered, ///< status 200 in time
    Refused,  ///< no connection, or it was cut off before an answer, or what came is no HTTP, or TLS failed
    TimedOut, ///< no answer in time
    Rejected, ///< an answer other than 200
    Missed, ///< never sent, because we were not running when it was due or had no socket: says nothing about the server
};

/// "answered", "refused", "timed out", "rejected", "missed".
[[nodiscard]] std::string_view textOf(Outcome outcome) noexcept;

struct ProbeResult {
    std::uint64_t sequence = 0; ///< counts the due times from 0, without gaps
    Time sent{};                ///< Missed: when it was due
    std::chrono::microseconds took{};
    Outcome outcome = Outcome::Missed;
    int status = 0; ///< HTTP's; 0: there is none
};

} // namespace iam::probe
