// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "http/connection.h"
#include "http/mailbox.h"
#include "http/timerwheel.h"
#include <QObject>
#include <QSocketNotifier>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

class QSslSocket;

namespace iam::http {

/// What runs inside an I/O thread: one epoll descriptor, its connections and their timers. One thread.
class IoLoop {
public:
    IoLoop(const Limits& limits, const Clock& clock, std::shared_ptr<BodyBudget> bodies,
           std::shared_ptr<Mailbox> mailbox);
    /// Closes every connection.
    ~IoLoop();
    IoLoop(const IoLoop&) = delete;
    IoLoop& operator=(const IoLoop&) = delete;

    void adopt(Newcomer& newcomer);
    void deliver(std::uint64_t connection, std::uint64_t sequence, Answer&& answer);
    void continueBody(std::uint64_t connection, std::uint64_t sequence, std::string&& bytes, bool last);
    /// Closes the connection that has to make room.
    void evict(std::uint64_t connection);
    void drain(const Site& site);
    void closeAll(const Site& site);

    // For the connections.
    [[nodiscard]] const Limits& limits() const noexcept { return m_limits; }
    [[nodiscard]] const std::shared_ptr<BodyBudget>& bodies() const noexcept { return m_bodies; }
    [[nodiscard]] const std::shared_ptr<Mailbox>& mailbox() const noexcept { return m_mailbox; }
    [[nodiscard]] int epollDescriptor() const noexcept { return m_epoll; }
    /// Shared by all connections of the thread; good until the next read.
    [[nodiscard]] std::span<char> readBuffer() noexcept { return m_buffer; }
    [[nodiscard]] HttpSession::Time now() const { return m_clock.steadyNow(); }
    /// Ends the connection if it is over, else sees to its next deadline.
    void lookAfter(Connection& connection);
    /// A socket that says goodbye after its connection has ended. It gets Limits::lingerTime.
    void keepUntilGone(QSslSocket& socket);

private:
    void onReady();
    void wake(std::uint64_t id, HttpSession::Time when, HttpSession::Time now);
    void setTimer();
    void returnMemory();
    [[nodiscard]] std::vector<std::uint64_t> connectionsOf(const Site& site) const;

    const Limits& m_limits;
    const Clock& m_clock;
    const std::shared_ptr<BodyBudget> m_bodies;
    const std::shared_ptr<Mailbox> m_mailbox;
    const int m_epoll;
    const int m_timer;
    std::vector<char> m_buffer;
    TimerWheel m_wheel;
    std::optional<HttpSession::Time> m_timerAt;
    std::optional<HttpSession::Time> m_looking; ///< while onReady() runs: when it last looked
    std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> m_connections;
    std::size_t m_closedSinceTrim = 0;
    bool m_trimPlanned = false;
    QObject m_leaving; // parent of sockets that say goodbye
    QSocketNotifier m_notifier;
};

} // namespace iam::http
