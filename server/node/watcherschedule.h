// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/clockwatch.h"
#include "service/watcher.h"
#include <atomic>
#include <mutex>
#include <optional>

namespace iam::node {

/// When the watcher's jobs are due, and who of several nodes does them. A time that was missed is made up for at the
/// next look; a database that sees a watcher for the first time waits for the next time.
///
/// By a clock that is wrong everything may be old, so nothing is done while the clock is in doubt: for a day after it
/// was set, as ClockWatch says; and, until this has run evenly for a day, when it differs from what the database knows:
/// the last change or job is `behind` ago, or `ahead` of it.
class WatcherSchedule {
public:
    static constexpr std::chrono::milliseconds behind = std::chrono::days(14);
    static constexpr std::chrono::milliseconds ahead = std::chrono::minutes(5);
    static constexpr std::chrono::milliseconds proving = std::chrono::hours(24);
    /// How long the others wait for a node that died at work.
    static constexpr std::chrono::milliseconds term = std::chrono::minutes(5);

    struct Setup {
        service::WatcherRules rules;
        std::chrono::minutes at{0}; ///< time of day, UTC
        std::string holder;         ///< nobody else's
    };
    struct Stats {
        std::uint64_t runs = 0; ///< jobs finished here, since the start
        std::uint64_t removedPolicies = 0;
        std::uint64_t changes = 0;
        std::uint64_t disabledUsers = 0;
        std::optional<TimePoint> lastRun;
    };

    /// Store and clock outlive this. `changed`: users were disabled.
    WatcherSchedule(Setup setup, store::UpkeepStore& store, const Clock& clock, std::function<void()> changed);

    /// Does what is due. Blocks; one thread, twice a minute or so. `stopped` ends it between two steps.
    void look(const std::function<bool()>& stopped);

    [[nodiscard]] Stats stats() const;
    /// One sentence about what is not as it should be; empty when all is well.
    [[nodiscard]] std::string complaint() const;

private:
    using Job = Result<service::WatcherOutcome> (service::Watcher::*)(TimePoint, const service::Watcher::GoOn&);
    Result<std::string> doJob(const std::string& name, Job job, const std::function<bool()>& stopped);
    Result<std::string> doubt(TimePoint now);
    [[nodiscard]] TimePoint slotOf(TimePoint now) const;
    void count(const service::WatcherOutcome& outcome, TimePoint now);
    void complain(std::string sentence);

    const Setup m_setup;
    store::UpkeepStore& m_store;
    const Clock& m_clock;
    const std::function<void()> m_changed;
    service::Watcher m_watcher;
    ClockWatch m_clockWatch;
    const std::chrono::steady_clock::time_point m_begun;
    mutable std::mutex m_mutex;
    Stats m_stats;
    std::string m_complaint;
};

} // namespace iam::node
