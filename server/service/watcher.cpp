// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/watcher.h"

namespace iam::service {

namespace {

using store::UpkeepStore;

constexpr std::uint64_t rowsInStep = 2000;

contract::Actor self()
{
    return {"watcher", {}, {}};
}

} // namespace

Watcher::Watcher(store::UpkeepStore& store, const WatcherRules& rules)
    : m_store(store)
    , m_rules(rules)
{
}

Result<WatcherPlan> Watcher::plan(TimePoint now)
{
    WatcherPlan plan;
    if (m_rules.keepRemovedPolicies.count() > 0) {
        const auto rows = m_store.removedPolicies(now - m_rules.keepRemovedPolicies);
        if (!rows) return fail(rows);
        plan.removedPolicies = *rows;
    }
    if (m_rules.keepChanges.count() > 0) {
        const auto rows = m_store.oldChanges(now - m_rules.keepChanges);
        if (!rows) return fail(rows);
        plan.changes = *rows;
    }
    if (!m_rules.disables()) return plan;
    auto idle = m_store.idleUsers(now - m_rules.maxIdle);
    if (!idle) return fail(idle);
    auto administrators = m_store.enabledAdministrators();
    if (!administrators) return fail(administrators);
    for (store::IdleUser& user : *idle) {
        if (user.administrator && *administrators == 1) {
            plan.spared = std::move(user);
            continue;
        }
        if (user.administrator) --*administrators;
        plan.disabled.push_back(std::move(user));
    }
    return plan;
}

Result<WatcherOutcome> Watcher::clean(TimePoint now, const GoOn& goOn)
{
    WatcherOutcome outcome;
    const auto forget = [&](std::chrono::days kept, std::uint64_t& forgotten, auto step) -> Result<> {
        if (kept.count() == 0) return {};
        for (std::uint64_t rows = rowsInStep; rows == rowsInStep;) {
            const auto may = goOn();
            if (!may) return fail(may);
            outcome.whole = outcome.whole && *may;
            if (!outcome.whole) return {};
            const auto done = (m_store.*step)(now - kept, rowsInStep, self(), now);
            if (!done) return fail(done);
            rows = *done;
            forgotten += rows;
        }
        return {};
    };
    auto done = forget(m_rules.keepRemovedPolicies, outcome.removedPolicies, &UpkeepStore::forgetRemovedPolicies);
    if (done) done = forget(m_rules.keepChanges, outcome.changes, &UpkeepStore::forgetOldChanges);
    if (!done) return fail(done);
    return outcome;
}

Result<WatcherOutcome> Watcher::disableIdle(TimePoint now, const GoOn& goOn)
{
    WatcherOutcome outcome;
    if (!m_rules.disables()) return outcome;
    const TimePoint before = now - m_rules.maxIdle;
    const auto idle = m_store.idleUsers(before);
    if (!idle) return fail(idle);
    for (const store::IdleUser& user : *idle) {
        const auto may = goOn();
        if (!may) return fail(may);
        outcome.whole = *may;
        if (!outcome.whole) break;
        const auto done = m_store.disableIdle(user.id, before, self(), now);
        if (!done) return fail(done);
        if (*done == UpkeepStore::Disabling::Done) outcome.disabled.push_back(user.name);
        if (*done == UpkeepStore::Disabling::LastAdministrator) ++outcome.spared;
    }
    return outcome;
}

} // namespace iam::service
