// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/healthwatch.h"
#include "base/logging.h"
#include <pthread.h>

namespace iam::node {

HealthWatch::HealthWatch(std::string threadName, Check check, std::chrono::milliseconds period, const Clock& clock)
    : m_check(std::move(check))
    , m_period(period)
    , m_clock(clock)
    , m_thread([this, name = std::move(threadName)] { work(name); })
{
}

HealthWatch::~HealthWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Result<> HealthWatch::state() const
{
    const std::lock_guard lock(m_mutex);
    if (m_runningSince && m_clock.steadyNow() - *m_runningSince > patience)
        return fail(Code::StorageUnavailable, "no answer");
    return m_outcome;
}

void HealthWatch::work(const std::string& threadName)
{
    pthread_setname_np(pthread_self(), threadName.substr(0, 15).c_str());
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_runningSince = m_clock.steadyNow();
        lock.unlock();
        Result<> outcome = m_check();
        lock.lock();
        m_runningSince.reset();
        if (m_outcome && !outcome) qCWarning(lcStore, "%s: %s", threadName.c_str(), outcome.error().detail.c_str());
        if (!m_outcome && outcome) qCInfo(lcStore, "%s: well again", threadName.c_str());
        m_outcome = std::move(outcome);
        m_wake.wait_for(lock, m_period, [this] { return m_stopping; });
    }
}

} // namespace iam::node
