// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace iam::cluster {

/// Whether one connection stands, and how long to wait before it is tried again. Changes are logged once, not each
/// try. Thread-safe.
class LinkState {
public:
    /// `purpose` is for log lines: "publishing changes to Redis at 10.0.4.20:6379".
    explicit LinkState(std::string purpose);

    void setUp();
    /// The detail is a sentence without its full stop, for the log.
    void setDown(const Error& reason);
    /// Waits 100 ms the first time after it stood for a while, then twice as long each time, at most 2 s.
    void waitToRetry(const std::stop_token& stop);

    [[nodiscard]] bool isUp() const;
    /// Why it does not stand; nothing when it does.
    [[nodiscard]] std::optional<Code> fault() const;
    /// How often it came back after it was lost.
    [[nodiscard]] std::uint64_t reconnects() const;

private:
    static constexpr std::chrono::milliseconds firstWait{100};
    static constexpr std::chrono::milliseconds longestWait{2000};

    const std::string m_purpose;
    mutable std::mutex m_mutex;
    bool m_up = false;
    std::chrono::steady_clock::time_point m_upSince{};
    std::uint64_t m_ups = 0;
    std::string m_reason = "not connected yet";
    Code m_fault = Code::Unreachable; ///< when it is not up
    std::chrono::milliseconds m_wait = firstWait;
};

} // namespace iam::cluster
