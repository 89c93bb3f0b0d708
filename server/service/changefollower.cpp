// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/changefollower.h"
#include "base/waitforstop.h"

namespace iam::service {

ChangeFollower::ChangeFollower(AccessDirectory& directory, std::chrono::milliseconds poll)
    : m_directory(directory)
    , m_poll(poll)
    , m_follower([this](const std::stop_token& stop) { follow(stop); })
    , m_renewer([this](const std::stop_token& stop) { renew(stop); })
{
}

ChangeFollower::~ChangeFollower() = default;

void ChangeFollower::catchUp(std::uint64_t change)
{
    if (change != 0 && m_directory.seen() >= change) return;
    {
        const std::lock_guard lock(m_mutex);
        m_behind = true;
    }
    m_changed.notify_all();
}

void ChangeFollower::refreshAll()
{
    {
        const std::lock_guard lock(m_mutex);
        m_unsure = true;
    }
    m_changed.notify_all();
}

// Failures are logged by the directory, shown by its staleness(), and made up for the next time.

void ChangeFollower::follow(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            const auto told = [this] { return m_behind; };
            if (m_poll.count() > 0)
                m_changed.wait_for(lock, stop, m_poll, told);
            else
                m_changed.wait(lock, stop, told);
            m_behind = false;
        }
        if (!stop.stop_requested()) static_cast<void>(m_directory.catchUp());
    }
}

void ChangeFollower::renew(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return m_unsure; });
            m_unsure = false;
        }
        if (stop.stop_requested()) return;
        const auto next = std::chrono::steady_clock::now() + refreshGap;
        static_cast<void>(m_directory.refreshAll());
        waitForStop(stop, std::chrono::ceil<std::chrono::milliseconds>(next - std::chrono::steady_clock::now()));
    }
}

} // namespace iam::service
