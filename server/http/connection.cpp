// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/connection.h"
#include "http/ioloop.h"
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace iam::http {

namespace {

constexpr int READS_AT_ONCE = 4; // then the others' turn

constexpr std::uint32_t INPUT = EPOLLIN | EPOLLRDHUP | EPOLLPRI;
constexpr std::uint32_t MORE = EPOLLRDHUP | EPOLLHUP | EPOLLPRI; // the end, or urgent data, before which a read stops
constexpr std::uint32_t OUTPUT = EPOLLOUT;

} // namespace

Newcomer::~Newcomer()
{
    if (descriptor >= 0) ::close(descriptor);
    ticket.reset();
    if (site) site->connectionClosed();
}

void Newcomer::join(const std::shared_ptr<Site>& joined)
{
    site = joined;
    site->connectionOpened();
}

Connection::Connection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now)
    : m_loop(loop)
    , m_id(newcomer.id)
    , m_site(std::move(newcomer.site))
    , m_peer(newcomer.peer)
    , m_ticket(std::move(newcomer.ticket))
    , m_tls(newcomer.tls != nullptr)
    , m_session(loop.limits(), loop.bodies(), *this, now)
{
    if (m_ticket->isOnProbation()) m_probationEnd = now + loop.limits().probationTime;
}

Connection::~Connection()
{
    if (m_session.hasStalled()) ++m_site->stats().writeStalls;
    m_ticket.reset();
    m_site->connectionClosed();
}

std::optional<HttpSession::Time> Connection::deadline() const
{
    const auto due = m_session.deadline();
    return m_probationEnd && (!due || *m_probationEnd < *due) ? m_probationEnd : due;
}

void Connection::onTime(HttpSession::Time now)
{
    if (m_probationEnd && now >= *m_probationEnd) {
        ++m_site->stats().refusedSilent;
        m_broken = true;
        return;
    }
    m_session.timeOut(now);
    pump(now);
}

void Connection::drain(HttpSession::Time now)
{
    m_session.drain(now);
    pump(now);
}

void Connection::take(std::string_view bytes, HttpSession::Time now)
{
    m_session.receive(bytes, now);
    if (!m_session.isProven() || !m_ticket) return;
    m_ticket->prove();
    m_probationEnd.reset();
}

std::size_t Connection::bodyLimit(Method method, std::string_view target)
{
    return m_site->bodyLimit(method, target);
}

void Connection::requestArrived(std::uint64_t sequence, WireRequest&& request)
{
    m_site->serve({m_loop.mailbox(), m_id, sequence, m_peer, m_tls}, std::move(request));
}

Answer Connection::refusal(Code code)
{
    return m_site->refusal(code, m_peer, m_tls);
}

PlainConnection::PlainConnection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now)
    : Connection(loop, newcomer, now)
    , m_descriptor(std::exchange(newcomer.descriptor, -1))
{
    watch(EPOLL_CTL_ADD, INPUT);
}

PlainConnection::~PlainConnection()
{
    ::close(m_descriptor);
}

void PlainConnection::onSocket(std::uint32_t events, HttpSession::Time now)
{
    if ((events & EPOLLERR) != 0U) m_broken = true;
    if (!m_broken && m_session.wantsInput() && (events & (INPUT | EPOLLHUP)) != 0U)
        readSome((events & MORE) != 0U, now);
    else if ((events & EPOLLHUP) != 0U)
        m_broken = true; // nobody is there to read an answer
}

// What fills less than the buffer was all, unless more is known to be behind it.
void PlainConnection::readSome(bool toTheEnd, HttpSession::Time now)
{
    const std::span<char> buffer = m_loop.readBuffer();
    for (int round = 0; round < READS_AT_ONCE && m_session.wantsInput(); ++round) {
        const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (got > 0) {
            take({buffer.data(), static_cast<std::size_t>(got)}, now);
            if (!toTheEnd && static_cast<std::size_t>(got) < buffer.size()) return;
        } else if (got == 0) {
            return m_session.receiveEnd(now);
        } else if (errno != EINTR) {
            m_broken = errno != EAGAIN && errno != EWOULDBLOCK;
            return;
        }
    }
    m_interest = 0; // there may be more: pump() asks to be told again
}

void PlainConnection::writeSome(HttpSession::Time now)
{
    for (std::string_view out = m_session.output(); !out.empty(); out = m_session.output()) {
        const ssize_t wrote = ::send(m_descriptor, out.data(), out.size(), MSG_NOSIGNAL);
        if (wrote >= 0) {
            m_session.sent(static_cast<std::size_t>(wrote), now);
        } else if (errno != EINTR) {
            m_broken = errno != EAGAIN && errno != EWOULDBLOCK;
            return;
        }
    }
}

void PlainConnection::pump(HttpSession::Time now)
{
    if (!m_broken) writeSome(now);
    if (isOver()) return;
    if (m_session.isLingering() && !m_sendingClosed) {
        m_sendingClosed = true;
        ::shutdown(m_descriptor, SHUT_WR);
    }
    std::uint32_t interest = 0;
    if (m_session.wantsInput()) interest |= INPUT;
    if (!m_session.output().empty()) interest |= OUTPUT;
    if (interest != m_interest) watch(EPOLL_CTL_MOD, interest);
}

/// Told once for all that comes, and now for what is there: a level-triggered descriptor is asked again at the next
/// look, for nothing mostly.
void PlainConnection::watch(int operation, std::uint32_t interest)
{
    m_interest = interest;
    epoll_event event{};
    event.events = interest | EPOLLET;
    event.data.u64 = m_id;
    if (::epoll_ctl(m_loop.epollDescriptor(), operation, m_descriptor, &event) != 0) m_broken = true;
}

} // namespace iam::http
