// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/housekeeping.h"
#include "base/logging.h"

namespace iam::node {

Housekeeping::Housekeeping(Services& services, WorkerPool& storage, WorkerPool& keys, const Clock& clock)
    : m_services(services)
    , m_storage(storage)
    , m_keys(keys)
    , m_clock(clock)
    , m_clockWatch(clock)
    , m_readWith(services.keys().sealing().ring())
{
}

void Housekeeping::start()
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        keepHouse();
        keepKeys();
    });
    m_timer.start(std::chrono::seconds(1));
}

void Housekeeping::keepHouse()
{
    // Seconds since the start decide; work goes to a worker, and waits for the next time when all are busy.
    const std::uint64_t tick = ++m_ticks;
    m_clockWatch.look();
    if (m_keepingHouse.exchange(true)) return; // the last time is not over: a storage that hangs gathers no jobs
    const bool taken = m_storage.post([this, tick] {
        keepData(tick);
        m_keepingHouse = false;
    });
    if (!taken) m_keepingHouse = false;
}

void Housekeeping::keepData(std::uint64_t tick)
{
    // A failure is logged, shown by staleness() and tried again.
    if (tick % 300 == 0)
        static_cast<void>(m_services.directory().refreshAll());
    else if (m_services.directory().staleness().count() > 0)
        static_cast<void>(m_services.directory().catchUp());
    if (tick % 5 == 0) writeKeyUses();
    if (tick % 3600 == 0 && m_clockWatch.settled())
        if (auto pruned = m_services.storage().sessions().prune(m_clock.now()); !pruned)
            qCWarning(lcStore, "revoked tokens are not pruned: %s", pruned.error().detail.c_str());
    if (tick % 600 == 60 && m_services.decisionLog()) {
        // By a clock that was set lately nothing is old.
        const TimePoint now = m_clockWatch.settled() ? m_clock.now() : TimePoint();
        if (auto removed = m_services.decisionLog()->applyRetention(now); !removed)
            qCWarning(lcRecords, "old decision records are not removed: %s", removed.error().detail.c_str());
    }
}

void Housekeeping::keepKeys()
{
    // In a thread of its own: a new generation of keys has to be known before it signs, whatever else takes its time.
    if (m_keepingKeys.exchange(true)) return;
    const bool taken = m_keys.post([this] {
        static_cast<void>(m_services.keys().refresh()); // logs its failure, shows it in fault(), and is tried again
        // A secret that another node sealed with a key that came here later could not be opened until now.
        if (auto ring = m_services.keys().sealing().ring(); ring != m_readWith && m_services.directory().refreshAll())
            m_readWith = std::move(ring);
        m_services.keys().resealWhenDue();
        m_keepingKeys = false;
    });
    if (!taken) m_keepingKeys = false;
}

void Housekeeping::writeKeyUses()
{
    if (auto written = m_services.keyUses().write(); !written)
        qCWarning(lcStore, "the last uses of secrets are not written: %s", written.error().detail.c_str());
}

} // namespace iam::node
