// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ioloop.h"
#include "base/logging.h"
#include "http/tlsconnection.h"
#include <QSslSocket>
#include <QTimer>
#include <array>
#include <cerrno>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <system_error>
#include <tuple>
#include <unistd.h>

namespace iam::http {

namespace {

// Numbers below the first connection's.
constexpr std::uint64_t MAILBOX = 0;
constexpr std::uint64_t TIMER = 1;
constexpr std::uint64_t TRIM = 2;

constexpr std::size_t READ_BUFFER = 64 * 1024;
// So many connections at a look. Few: who asks meanwhile comes next, not behind the second turn of all others. Not one:
// all of a look are read before they are answered, so that a peer wakes once for several answers.
constexpr std::size_t AT_A_LOOK = 16;
constexpr std::chrono::milliseconds LOOKING{2}; // then Qt's own events have their turn, dearer than another look
constexpr std::size_t TRIM_BODIES = 4 * 1024 * 1024;
constexpr std::size_t TRIM_CONNECTIONS = 256;
constexpr std::chrono::seconds TRIM_PAUSE{2};

int checked(int descriptor, const char* what)
{
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return descriptor;
}

void watch(int epoll, int descriptor, std::uint64_t id)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = id;
    checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
}

} // namespace

IoLoop::IoLoop(const Limits& limits, const Clock& clock, std::shared_ptr<BodyBudget> bodies,
               std::shared_ptr<Mailbox> mailbox)
    : m_limits(limits)
    , m_clock(clock)
    , m_bodies(std::move(bodies))
    , m_mailbox(std::move(mailbox))
    , m_epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
    , m_timer(checked(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), "timerfd_create"))
    , m_buffer(READ_BUFFER)
    , m_wheel(clock.steadyNow())
    , m_notifier(m_epoll, QSocketNotifier::Read)
{
    watch(m_epoll, m_mailbox->descriptor(), MAILBOX);
    watch(m_epoll, m_timer, TIMER);
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_leaving, [this] { onReady(); });
    m_mailbox->open(*this);
}

IoLoop::~IoLoop()
{
    m_mailbox->close();
    m_connections.clear();
    ::close(m_timer);
    ::close(m_epoll);
}

void IoLoop::onReady()
{
    std::array<epoll_event, AT_A_LOOK> events{};
    HttpSession::Time time = now();
    for (const HttpSession::Time end = time + LOOKING; time < end;) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
        if (count <= 0) break;
        time = now();
        m_looking = time;
        const std::span<const epoll_event> seen(events.data(), static_cast<std::size_t>(count));
        bool timer = false;
        for (const epoll_event& event : seen) {
            if (event.data.u64 == MAILBOX)
                m_mailbox->empty();
            else if (event.data.u64 == TIMER)
                timer = true;
            else if (const auto found = m_connections.find(event.data.u64); found != m_connections.end())
                found->second->onSocket(event.events, time);
        }
        for (const epoll_event& event : seen) {
            const auto found = m_connections.find(event.data.u64); // it may have gone meanwhile
            if (found == m_connections.end()) continue;
            found->second->pump(time);
            lookAfter(*found->second);
        }
        if (timer) {
            std::uint64_t expirations = 0;
            [[maybe_unused]] const auto got = ::read(m_timer, &expirations, sizeof expirations);
            m_timerAt.reset();
            m_wheel.advance(time, [this, time](std::uint64_t id, HttpSession::Time when) { wake(id, when, time); });
            setTimer();
        }
    }
    m_looking.reset();
}

void IoLoop::adopt(Newcomer& newcomer)
{
    const std::uint64_t id = newcomer.id;
    std::unique_ptr<Connection> connection;
    if (newcomer.tls)
        connection = std::make_unique<TlsConnection>(*this, newcomer, now());
    else
        connection = std::make_unique<PlainConnection>(*this, newcomer, now());
    Connection& adopted = *connection;
    m_connections.emplace(id, std::move(connection));
    if (adopted.site().isDraining()) adopted.drain(now());
    lookAfter(adopted);
}

void IoLoop::deliver(std::uint64_t connection, std::uint64_t sequence, Answer&& answer)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end()) return;
    Connection& asked = *found->second;
    const bool busy = asked.session().isBusy();
    const HttpSession::Time time = m_looking ? *m_looking : now();
    asked.session().respond(sequence, std::move(answer), time);
    if (busy) return; // whoever reads from it goes on with it
    asked.pump(time);
    lookAfter(asked);
}

void IoLoop::continueBody(std::uint64_t connection, std::uint64_t sequence, std::string&& bytes, bool last)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end()) return;
    const HttpSession::Time time = now();
    found->second->session().continueBody(sequence, std::move(bytes), last, time);
    found->second->pump(time);
    lookAfter(*found->second);
}

void IoLoop::evict(std::uint64_t connection)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end() || found->second->session().isProven()) return;
    ++found->second->statistics().refusedSilent;
    m_connections.erase(found);
}

void IoLoop::lookAfter(Connection& connection)
{
    if (connection.isOver()) {
        m_connections.erase(connection.id());
        ++m_closedSinceTrim;
    } else if (const auto due = connection.deadline(); due && (!connection.wakeAt || *due < *connection.wakeAt)) {
        connection.wakeAt = due;
        m_wheel.add(connection.id(), *due);
    }
    if (!m_trimPlanned && (m_bodies->givenBack() >= TRIM_BODIES || m_closedSinceTrim >= TRIM_CONNECTIONS)) {
        m_trimPlanned = true;
        m_wheel.add(TRIM, now() + TRIM_PAUSE);
    }
    setTimer();
}

void IoLoop::wake(std::uint64_t id, HttpSession::Time when, HttpSession::Time now)
{
    if (id == TRIM) return returnMemory();
    const auto found = m_connections.find(id);
    if (found == m_connections.end() || found->second->wakeAt != when) return; // an entry that a sooner one replaced
    Connection& connection = *found->second;
    connection.wakeAt.reset();
    connection.onTime(now);
    lookAfter(connection);
}

void IoLoop::setTimer()
{
    const auto next = m_wheel.next();
    if (!next || (m_timerAt && *m_timerAt <= *next)) return;
    m_timerAt = next;
    const auto wait = std::max<std::chrono::nanoseconds>(*next - now(), std::chrono::microseconds(100));
    itimerspec when{};
    when.it_value.tv_sec = wait / std::chrono::seconds(1);
    when.it_value.tv_nsec = (wait % std::chrono::seconds(1)).count();
    ::timerfd_settime(m_timer, 0, &when, nullptr);
}

/// glibc keeps what was freed in its arenas; after many bodies or connections it is given back to the system.
void IoLoop::returnMemory()
{
    m_trimPlanned = false;
    m_closedSinceTrim = 0;
    std::ignore = m_bodies->takeGivenBack();
    ::malloc_trim(0);
}

std::vector<std::uint64_t> IoLoop::connectionsOf(const Site& site) const
{
    std::vector<std::uint64_t> ids;
    for (const auto& [id, connection] : m_connections)
        if (&connection->site() == &site) ids.push_back(id);
    return ids;
}

void IoLoop::drain(const Site& site)
{
    for (const std::uint64_t id : connectionsOf(site)) {
        const auto found = m_connections.find(id);
        if (found == m_connections.end()) continue;
        found->second->drain(now());
        lookAfter(*found->second);
    }
}

void IoLoop::closeAll(const Site& site)
{
    for (const std::uint64_t id : connectionsOf(site)) m_connections.erase(id);
}

void IoLoop::keepUntilGone(QSslSocket& socket)
{
    socket.setParent(&m_leaving);
    QTimer::singleShot(m_limits.lingerTime, &socket, [&socket] {
        socket.abort();
        socket.deleteLater();
    });
}

} // namespace iam::http
