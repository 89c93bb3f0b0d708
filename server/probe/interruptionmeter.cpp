// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/interruptionmeter.h"
#include <algorithm>

namespace iam::probe {

using std::chrono::ceil;
using std::chrono::milliseconds;

std::string_view textOf(Outcome outcome) noexcept
{
    switch (outcome) {
    case Outcome::Answered:
        return "answered";
    case Outcome::Refused:
        return "refused";
    case Outcome::TimedOut:
        return "timed out";
    case Outcome::Rejected:
        return "rejected";
    case Outcome::Missed:
        break;
    }
    return "missed";
}

void InterruptionMeter::add(const ProbeResult& result)
{
    if (result.sequence < m_next) return; // twice, or after it was taken as missed
    m_waiting.emplace(result.sequence, result);
    if (m_waiting.size() > longestWait) m_next = m_waiting.begin()->first;
    for (auto next = m_waiting.begin(); next != m_waiting.end() && next->first == m_next;
         next = m_waiting.erase(next)) {
        count(next->second);
        ++m_next;
    }
}

void InterruptionMeter::count(const ProbeResult& result)
{
    if (result.outcome == Outcome::Missed) return;
    if (result.outcome == Outcome::Answered) {
        if (m_first) end(result);
        m_answered = result;
        return;
    }
    if (!m_first) {
        m_first = result;
        m_failed = 0;
    }
    m_lastFailed = result.sent;
    ++m_failed;
}

/// It began after the last answered request was sent, and not after the first failed one had its time to arrive; it
/// ended likewise between the last failed and the first answered request.
void InterruptionMeter::end(const ProbeResult& answered)
{
    const Time before = m_answered ? m_answered->sent : m_first->sent;
    const auto took = std::max(m_answered ? m_answered->took : answered.took, answered.took);
    const auto distance = std::max(m_first->sent - before, answered.sent - m_lastFailed);
    m_ended.push_back({m_first->sent, std::chrono::round<milliseconds>(answered.sent - m_first->sent),
                       ceil<milliseconds>(distance) + std::max(margin, ceil<milliseconds>(took)), m_failed});
    m_first.reset();
}

std::optional<Interruption> InterruptionMeter::take()
{
    if (m_ended.empty()) return {};
    const Interruption first = m_ended.front();
    m_ended.pop_front();
    return first;
}

std::optional<Time> InterruptionMeter::openSince() const noexcept
{
    return m_first ? std::optional(m_first->sent) : std::nullopt;
}

} // namespace iam::probe
