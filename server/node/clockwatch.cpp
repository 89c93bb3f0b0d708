// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clockwatch.h"
#include "base/logging.h"

namespace iam::node {

using std::chrono::milliseconds;

namespace {

/// Rounded: the two clocks cannot be read at the very same moment.
std::int64_t wholeSeconds(milliseconds jump)
{
    return std::chrono::round<std::chrono::seconds>(std::chrono::abs(jump)).count();
}

} // namespace

ClockWatch::ClockWatch(const Clock& clock)
    : m_clock(clock)
    , m_offset(offset())
{
}

milliseconds ClockWatch::offset() const
{
    return m_clock.now().time_since_epoch() -
           std::chrono::duration_cast<milliseconds>(m_clock.steadyNow().time_since_epoch());
}

void ClockWatch::look()
{
    const std::lock_guard lock(m_mutex);
    const milliseconds jump = offset() - m_offset;
    m_offset += jump;
    if (std::chrono::abs(jump) <= tolerance) return;
    const auto now = m_clock.steadyNow();
    if (m_setAt && now - *m_setAt >= settling) m_jump = milliseconds(0);
    m_jump += jump;
    m_setAt = now;
    const auto seconds = static_cast<long long>(wholeSeconds(jump));
    qCWarning(lcStore, "the clock was set %s by %lld s; nothing is removed by its age for a day",
              jump.count() > 0 ? "forward" : "back", seconds);
}

bool ClockWatch::settled() const
{
    const std::lock_guard lock(m_mutex);
    return !m_setAt || m_clock.steadyNow() - *m_setAt >= settling;
}

std::string ClockWatch::complaint() const
{
    if (settled()) return {};
    const std::lock_guard lock(m_mutex);
    const auto seconds = wholeSeconds(m_jump);
    if (seconds * 1000 <= tolerance.count()) return "the clock was set and set back";
    return "the clock was set " + std::string(m_jump.count() > 0 ? "forward" : "back") + " by " +
           std::to_string(seconds) + " s";
}

} // namespace iam::node
