// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/eventlog.h"
#include <algorithm>

namespace iam::cluster {

void EventLog::restore(std::vector<contract::ClusterEvent> events)
{
    for (contract::ClusterEvent& event : events) {
        m_last = std::max(m_last, event.sequence);
        m_events.push_back(std::move(event));
    }
    while (m_events.size() > most) m_events.pop_front();
}

const contract::ClusterEvent& EventLog::add(contract::ClusterEvent event)
{
    event.sequence = ++m_last;
    event.node = m_node;
    m_events.push_back(std::move(event));
    if (m_events.size() > most) m_events.pop_front();
    return m_events.back();
}

std::vector<contract::ClusterEvent> EventLog::after(std::uint64_t sequence) const
{
    if (sequence > m_last) sequence = 0;
    std::vector<contract::ClusterEvent> events;
    std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(events),
                 [sequence](const contract::ClusterEvent& event) { return event.sequence > sequence; });
    return events;
}

} // namespace iam::cluster
