// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/pumplease.h"
#include "base/randomuuid.h"
#include <utility>

namespace iam::records {

PumpLease::PumpLease(store::PumpStore& store, const MachineClock& clock, std::string source,
                     std::chrono::milliseconds term)
    : m_store(store)
    , m_clock(clock)
    , m_source(std::move(source))
    , m_holder(randomUuid())
    , m_term(term)
{
}

PumpLease::~PumpLease()
{
    drop();
}

Result<bool> PumpLease::renew()
{
    // As of before the call, however long it takes.
    const store::MachineTime now = m_clock.now();
    const auto taken = m_store.takeLease(m_source, m_holder, now, m_term);
    if (!taken) return taken;
    m_until = *taken ? (now.since + m_term).count() : 0;
    return taken;
}

bool PumpLease::covers(std::chrono::milliseconds time) const
{
    return (m_clock.now().since + time).count() < m_until;
}

void PumpLease::drop()
{
    if (m_until.exchange(0) == 0) return;
    static_cast<void>(m_store.dropLease(m_source, m_holder)); // else it ends by itself
}

} // namespace iam::records
