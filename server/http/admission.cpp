// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/admission.h"
#include <algorithm>

namespace iam::http {

Admission::TicketPtr Admission::admit(const std::shared_ptr<Admission>& admission, const Address& address, bool exempt,
                                      std::function<void()> evict)
{
    using Standing = Ticket::Standing;
    const std::size_t before = admission->m_connections.fetch_add(1, std::memory_order_relaxed);
    if (exempt) return TicketPtr(new Ticket(admission, address, Standing::Exempt));
    if (before >= admission->m_limits.connections) {
        admission->m_connections.fetch_sub(1, std::memory_order_relaxed);
        return nullptr;
    }
    const std::lock_guard lock(admission->m_mutex);
    Silent& silent = admission->m_silent[address];
    if (silent.regular < admission->m_limits.silentPerAddress) {
        ++silent.regular;
        return TicketPtr(new Ticket(admission, address, Standing::Silent));
    }
    if (!silent.probation.empty() && silent.probation.size() >= admission->m_limits.silentPerAddress) {
        silent.probation.front()->m_evict();
        silent.probation.pop_front();
    }
    TicketPtr ticket(new Ticket(admission, address, Standing::Probation));
    ticket->m_evict = std::move(evict);
    silent.probation.push_back(ticket.get());
    return ticket;
}

void Admission::forgetSilent(const Ticket& ticket)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_silent.find(ticket.m_address);
    if (found == m_silent.end()) return;
    Silent& silent = found->second;
    if (ticket.m_standing == Ticket::Standing::Silent)
        --silent.regular;
    else
        std::erase(silent.probation, &ticket); // not there when it had to make room
    if (silent.regular == 0 && silent.probation.empty()) m_silent.erase(found);
}

void Admission::Ticket::prove()
{
    if (m_standing != Standing::Silent && m_standing != Standing::Probation) return;
    m_admission->forgetSilent(*this);
    m_standing = Standing::Proven;
    m_evict = {};
}

Admission::Ticket::~Ticket()
{
    if (m_standing == Standing::Silent || m_standing == Standing::Probation) m_admission->forgetSilent(*this);
    m_admission->m_connections.fetch_sub(1, std::memory_order_relaxed);
}

} // namespace iam::http
