// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <mutex>
#include <optional>
#include <string>

namespace iam::node {

/// Notices when the wall clock is set while the server runs. What is old by a clock that has just been set may not be
/// old at all, so nothing is thrown away by age until the clock has gone evenly for a day. Thread-safe.
class ClockWatch {
public:
    /// From one look to the next; what is less is a clock that is kept right.
    static constexpr std::chrono::milliseconds tolerance = std::chrono::seconds(30);
    static constexpr std::chrono::milliseconds settling = std::chrono::hours(24);

    /// `clock` outlives this.
    explicit ClockWatch(const Clock& clock);

    /// Compares the wall clock with the steady one. Meant to be called every second or so.
    void look();
    /// Whether the clock was not set lately: then what is old by it may go.
    [[nodiscard]] bool settled() const;
    /// One sentence about the clock having been set, as long as it is not settled; else empty.
    [[nodiscard]] std::string complaint() const;

private:
    [[nodiscard]] std::chrono::milliseconds offset() const;

    const Clock& m_clock;
    mutable std::mutex m_mutex;
    std::chrono::milliseconds m_offset;
    std::chrono::milliseconds m_jump{0}; ///< all that it was set since it was settled
    std::optional<std::chrono::steady_clock::time_point> m_setAt;
};

} // namespace iam::node
