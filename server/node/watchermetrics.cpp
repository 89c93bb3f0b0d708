// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricsources.h"
#include "node/watcherrole.h"

namespace iam::node {

void addWatcherMetrics(MetricFamilies& families, const WatcherRole& role)
{
    const WatcherSchedule::Stats stats = role.stats();
    const auto counter = [&](const char* name, const char* help, std::uint64_t value) {
        MetricFamily::counter(name, help).add(value).into(families);
    };
    counter("iam_watcher_jobs_total", "Jobs of the watcher that were finished here.", stats.runs);
    counter("iam_watcher_forgotten_policies_total", "Removed policies that were forgotten.", stats.removedPolicies);
    counter("iam_watcher_forgotten_changes_total", "Records of changes that were forgotten.", stats.changes);
    counter("iam_watcher_disabled_users_total", "Users disabled because they were idle.", stats.disabledUsers);
    if (!stats.lastRun) return;
    const std::chrono::duration<double> since = stats.lastRun->time_since_epoch();
    MetricFamily::gauge("iam_watcher_last_run_timestamp_seconds", "When the watcher worked here last.")
        .add(since.count())
        .into(families);
}

} // namespace iam::node
