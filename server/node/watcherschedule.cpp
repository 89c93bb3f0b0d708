// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/watcherschedule.h"
#include "base/logging.h"
#include "base/timetext.h"

namespace iam::node {
namespace {

std::string inWords(const service::WatcherOutcome& outcome)
{
    std::string text = "removed policies forgotten: " + std::to_string(outcome.removedPolicies) +
                       ", records of changes forgotten: " + std::to_string(outcome.changes) +
                       ", users disabled: " + std::to_string(outcome.disabled.size());
    if (outcome.spared > 0)
        text += ", administrators that stay since no other would: " + std::to_string(outcome.spared);
    return text;
}

} // namespace

WatcherSchedule::WatcherSchedule(Setup setup, store::UpkeepStore& store, const Clock& clock,
                                 std::function<void()> changed)
    : m_setup(std::move(setup))
    , m_store(store)
    , m_clock(clock)
    , m_changed(std::move(changed))
    , m_watcher(store, m_setup.rules)
    , m_clockWatch(clock)
    , m_begun(clock.steadyNow())
{
}

TimePoint WatcherSchedule::slotOf(TimePoint now) const
{
    const TimePoint today = std::chrono::floor<std::chrono::days>(now) + m_setup.at;
    return today <= now ? today : today - std::chrono::days(1);
}

void WatcherSchedule::look(const std::function<bool()>& stopped)
{
    m_clockWatch.look();
    Result<std::string> waits;
    if (m_setup.rules.cleans()) waits = doJob("clean", &service::Watcher::clean, stopped);
    if (waits && m_setup.rules.disables()) waits = doJob("task", &service::Watcher::disableIdle, stopped);
    if (waits) return complain(std::move(*waits));
    qCWarning(lcStore, "the watcher cannot do its work: %s", waits.error().detail.c_str());
    complain("the database cannot be used; the watcher's work waits");
}

/// Why a job that is due waits; empty: it does not.
Result<std::string> WatcherSchedule::doJob(const std::string& name, Job job, const std::function<bool()>& stopped)
{
    const TimePoint now = m_clock.now();
    const TimePoint slot = slotOf(now);
    const auto state = m_store.job(name);
    if (!state) return fail(state);
    if (*state && (*state)->slot >= slot && (*state)->finished) return std::string();
    auto doubtful = doubt(now);
    if (!doubtful || !doubtful->empty()) return doubtful;
    const auto turn = m_store.beginJob(name, slot, m_setup.holder, now, term);
    if (!turn) return fail(turn);
    if (*turn != store::UpkeepStore::Turn::Ours) return std::string();

    const auto goOn = [&]() -> Result<bool> {
        m_clockWatch.look();
        if (stopped() || !m_clockWatch.settled()) return false;
        return m_store.continueJob(name, slot, m_setup.holder, m_clock.now(), term);
    };
    const auto outcome = (m_watcher.*job)(now, goOn);
    if (!outcome) return fail(outcome);
    if (!outcome->disabled.empty()) m_changed();
    count(*outcome, now);
    for (const std::string& user : outcome->disabled)
        qCInfo(lcStore, "the watcher disabled %s, idle for more than %lld days", user.c_str(),
               static_cast<long long>(m_setup.rules.maxIdle.count()));
    if (!outcome->whole) return std::string(); // whoever looks next goes on
    const std::string words = inWords(*outcome);
    if (auto finished = m_store.finishJob(name, slot, m_setup.holder, m_clock.now(), words); !finished)
        return fail(finished);
    qCInfo(lcStore, "the watcher's job %s is done: %s", name.c_str(), words.c_str());
    const std::lock_guard lock(m_mutex);
    ++m_stats.runs;
    return std::string();
}

/// Why the clock is not to be trusted; empty: it is.
Result<std::string> WatcherSchedule::doubt(TimePoint now)
{
    if (!m_clockWatch.settled()) return m_clockWatch.complaint() + "; nothing is removed or disabled for a day";
    if (m_clock.steadyNow() - m_begun >= proving) return std::string();
    const auto latest = m_store.latestMoment();
    if (!latest) return fail(latest);
    if (*latest == TimePoint()) return std::string();
    const bool early = now < *latest - ahead;
    if (!early && now <= *latest + behind) return std::string();
    return "the database was last changed at " + toRfc3339(*latest) + ", which by this clock is " +
           (early ? "still to come" : "long ago") + "; nothing is removed or disabled for a day";
}

void WatcherSchedule::count(const service::WatcherOutcome& outcome, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    m_stats.removedPolicies += outcome.removedPolicies;
    m_stats.changes += outcome.changes;
    m_stats.disabledUsers += outcome.disabled.size();
    m_stats.lastRun = now;
}

void WatcherSchedule::complain(std::string sentence)
{
    const std::lock_guard lock(m_mutex);
    if (!sentence.empty() && sentence != m_complaint) qCWarning(lcStore, "the watcher waits: %s", sentence.c_str());
    m_complaint = std::move(sentence);
}

WatcherSchedule::Stats WatcherSchedule::stats() const
{
    const std::lock_guard lock(m_mutex);
    return m_stats;
}

std::string WatcherSchedule::complaint() const
{
    const std::lock_guard lock(m_mutex);
    return m_complaint;
}

} // namespace iam::node
