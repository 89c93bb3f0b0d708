// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "configarguments.h"
#include "node/watcherrole.h"
#include "verbs.h"
#include <iostream>

namespace iam::app {

namespace {

using service::WatcherPlan;
using service::WatcherRules;

std::string inDays(std::chrono::days days)
{
    return std::to_string(days.count()) + (days.count() == 1 ? " day" : " days");
}

void printCount(const char* what, std::uint64_t count, std::chrono::days kept, TimePoint now)
{
    std::cout << "clean: " << what << " older than " << inDays(kept) << " (before " << toRfc3339(now - kept)
              << ") that would be forgotten: " << count << '\n';
}

void printUser(const store::IdleUser& user)
{
    std::cout << "  " << user.name << (user.administrator ? " (administrator)" : "") << ": last active "
              << toRfc3339(user.lastActive) << (user.everLoggedIn ? "" : ", never logged in");
}

void print(const WatcherPlan& plan, const WatcherRules& rules, TimePoint now)
{
    std::cout << "At " << toRfc3339(now) << ", nothing is changed:\n";
    if (rules.keepRemovedPolicies.count() > 0)
        printCount("removed policies", plan.removedPolicies, rules.keepRemovedPolicies, now);
    else
        std::cout << "clean: removed policies are kept for ever (watcher.clean.max-reserve-days is 0)\n";
    if (rules.keepChanges.count() > 0)
        printCount("records of changes", plan.changes, rules.keepChanges, now);
    else
        std::cout << "clean: records of changes are kept for ever (watcher.clean.max-reserve-change-days is 0)\n";
    if (!rules.disables()) {
        std::cout << "task: nobody is disabled for being idle (watcher.task.max-inactive-days is 0)\n";
        return;
    }
    std::cout << "task: users idle for more than " << inDays(rules.maxIdle) << " (since before "
              << toRfc3339(now - rules.maxIdle) << ") that would be disabled: " << plan.disabled.size() << '\n';
    for (const store::IdleUser& user : plan.disabled) {
        printUser(user);
        std::cout << '\n';
    }
    if (!plan.spared) return;
    printUser(*plan.spared);
    std::cout << "; stays: the last enabled administrator\n";
}

} // namespace

int watch(const VerbArguments& arguments)
{
    std::vector<OptionRule> rules = configRules();
    rules.push_back({"--dry-run", false});
    const auto parsed = Arguments::parse(arguments, rules);
    if (!parsed) return refuseArguments(parsed.error().detail);
    if (!parsed->has("--dry-run"))
        return refuseArguments("the verb watcher needs --dry-run; a server with the role watcher does the work");
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    const SystemClock clock;
    const TimePoint now = clock.now();
    const auto plan = node::planWatcher(*config, now);
    if (!plan) {
        std::cerr << "iam-server: " << plan.error().detail << '\n';
        return exitFailed;
    }
    print(*plan, config->watcher.rules, now);
    std::cout << std::flush;
    return std::cout ? exitGood : exitFailed;
}

} // namespace iam::app
