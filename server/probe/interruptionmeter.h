// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "probe/proberesult.h"
#include <deque>
#include <map>
#include <optional>

namespace iam::probe {

/// A time without answers: from when the first request was sent that failed until the first one was sent that was
/// answered again. The true length is `length` ± `error`.
struct Interruption {
    Time from{};
    std::chrono::milliseconds length{};
    std::chrono::milliseconds error{};
    std::uint64_t failed = 0; ///< requests
    bool operator==(const Interruption&) const = default;
};

/// Finds the interruptions in what a probe reports. Results may come in any order: each is counted in its place by
/// `sequence` (from 0), when all before it are known. Pure; not
/// thread-safe.
class InterruptionMeter {
public:
    /// What is added to the distance between requests: the way there, and timers that are late. Answers that take
    /// longer add their own time.
    static constexpr std::chrono::milliseconds margin{10};
    /// So many results wait for an earlier one; then it is taken as missed.
    static constexpr std::size_t longestWait = 1024;

    void add(const ProbeResult& result);
    /// The next interruption that has ended, oldest first, each once; empty: none.
    [[nodiscard]] std::optional<Interruption> take();
    /// When the first failed request was sent of an interruption that has not ended; empty: answers come.
    [[nodiscard]] std::optional<Time> openSince() const noexcept;

private:
    void count(const ProbeResult& result);
    void end(const ProbeResult& answered);

    std::uint64_t m_next = 0;
    std::map<std::uint64_t, ProbeResult> m_waiting;
    std::optional<ProbeResult> m_answered; ///< the last one that was
    std::optional<ProbeResult> m_first;    ///< of the open interruption
    Time m_lastFailed{};
    std::uint64_t m_failed = 0;
    std::deque<Interruption> m_ended;
};

} // namespace iam::probe
