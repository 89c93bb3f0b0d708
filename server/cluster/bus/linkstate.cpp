// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/linkstate.h"
#include "base/logging.h"
#include "base/waitforstop.h"
#include <algorithm>
#include <utility>

namespace iam::cluster {

LinkState::LinkState(std::string purpose)
    : m_purpose(std::move(purpose))
{
}

void LinkState::setUp()
{
    const std::lock_guard lock(m_mutex);
    if (m_up) return;
    m_up = true;
    m_upSince = std::chrono::steady_clock::now();
    ++m_ups;
    m_reason.clear();
    qCInfo(lcCluster, "%s works", m_purpose.c_str());
}

void LinkState::setDown(const Error& reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_up && std::chrono::steady_clock::now() - m_upSince >= longestWait) m_wait = firstWait;
    if (m_reason == reason.detail) return;
    m_up = false;
    m_reason = reason.detail;
    m_fault = reason.code;
    qCWarning(lcCluster, "%s does not work: %s", m_purpose.c_str(), m_reason.c_str());
}

void LinkState::waitToRetry(const std::stop_token& stop)
{
    const auto wait = [this] {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_wait, std::min(2 * m_wait, longestWait));
    }();
    waitForStop(stop, wait);
}

bool LinkState::isUp() const
{
    const std::lock_guard lock(m_mutex);
    return m_up;
}

std::optional<Code> LinkState::fault() const
{
    const std::lock_guard lock(m_mutex);
    return m_up ? std::nullopt : std::optional(m_fault);
}

std::uint64_t LinkState::reconnects() const
{
    const std::lock_guard lock(m_mutex);
    return m_ups > 0 ? m_ups - 1 : 0;
}

} // namespace iam::cluster
