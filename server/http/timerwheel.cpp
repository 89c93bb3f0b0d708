// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/timerwheel.h"
#include <algorithm>

namespace iam::http {

void TimerWheel::add(std::uint64_t id, Time when)
{
    const auto due = static_cast<std::int64_t>((when - m_start + TICK - Time::duration(1)) / TICK); // rounded up
    const std::int64_t tick = std::clamp(due, m_done + 1, m_done + SLOTS - 1);
    slot(tick).push_back({id, when});
    if (!m_next || tick < *m_next) m_next = tick;
}

void TimerWheel::advance(Time now, const Wake& wake)
{
    const auto due = static_cast<std::int64_t>((now - m_start) / TICK);
    if (due <= m_done) return;
    std::vector<Entry> found;
    for (std::int64_t tick = m_done + 1; tick <= std::min(due, m_done + SLOTS); ++tick) {
        found.insert(found.end(), slot(tick).begin(), slot(tick).end());
        slot(tick) = {};
    }
    m_done = due;
    m_next.reset();
    for (std::int64_t tick = m_done + 1; tick < m_done + SLOTS && !m_next; ++tick)
        if (!slot(tick).empty()) m_next = tick;
    for (const Entry& entry : found) {
        if (entry.when <= now)
            wake(entry.id, entry.when);
        else
            add(entry.id, entry.when);
    }
}

std::optional<TimerWheel::Time> TimerWheel::next() const
{
    if (!m_next) return std::nullopt;
    return m_start + *m_next * TICK;
}

} // namespace iam::http
