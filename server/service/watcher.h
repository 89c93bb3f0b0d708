// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "store/upkeepstore.h"
#include <functional>

namespace iam::service {

/// What is done to what is old. 0: nothing.
struct WatcherRules {
    std::chrono::days keepRemovedPolicies{180}; ///< "clean": older ones are forgotten
    std::chrono::days keepChanges{0};           ///< "clean": older records of changes are forgotten
    std::chrono::days maxIdle{0};               ///< "task": users idle for longer are disabled

    [[nodiscard]] bool cleans() const { return keepRemovedPolicies.count() > 0 || keepChanges.count() > 0; }
    [[nodiscard]] bool disables() const { return maxIdle.count() > 0; }
};

/// What would be done at a moment.
struct WatcherPlan {
    std::uint64_t removedPolicies = 0;
    std::uint64_t changes = 0;
    std::vector<store::IdleUser> disabled; ///< who is idle for longest first
    /// Of the idle the administrator who stays, since no other would.
    std::optional<store::IdleUser> spared;
};

/// What was done.
struct WatcherOutcome {
    std::uint64_t removedPolicies = 0;
    std::uint64_t changes = 0;
    std::vector<std::string> disabled; ///< names
    std::uint64_t spared = 0;          ///< administrators that stay, since no other would
    bool whole = true;                 ///< false: it was told to stop before the end
};

/// The daily work on what is old. What it changes is recorded as done by "watcher". Blocks; thread-safe.
class Watcher {
public:
    /// Asked between two steps; false ends the work.
    using GoOn = std::function<Result<bool>()>;

    /// The store outlives this.
    Watcher(store::UpkeepStore& store, const WatcherRules& rules);

    /// Changes nothing. The same for the same data and moment.
    Result<WatcherPlan> plan(TimePoint now);
    /// Forgets removed policies and records of changes that are too old, some thousand in a step.
    Result<WatcherOutcome> clean(TimePoint now, const GoOn& goOn);
    /// Disables users that are idle for too long, one in a step; who is active meanwhile stays. The last enabled
    /// administrator stays whatever happens: of several idle ones that is who was active last.
    Result<WatcherOutcome> disableIdle(TimePoint now, const GoOn& goOn);

private:
    store::UpkeepStore& m_store;
    const WatcherRules m_rules;
};

} // namespace iam::service
