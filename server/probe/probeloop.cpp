// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probeloop.h"
#include "probe/plainrequest.h"
#include <QSslCertificate>
#include <algorithm>
#include <array>
#include <cstring>
#include <netdb.h>
#include <sys/epoll.h>
#include <utility>

namespace iam::probe {

namespace {

constexpr int mostEvents = 64; ///< in one go; the rest wakes us again

std::string requestTo(const ProbeTarget& target)
{
    const bool bare = target.host.empty() && target.address.find(':') != std::string::npos;
    const std::string host = target.host.empty() ? target.address : target.host;
    std::string request = "GET " + target.path + " HTTP/1.1\r\nHost: " + (bare ? '[' + host + ']' : host);
    if (target.port != (target.tls ? 443 : 80)) request += ':' + std::to_string(target.port);
    return request + "\r\nUser-Agent: iam-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
}

} // namespace

std::optional<ProbePlace> placeOf(const ProbeTarget& target)
{
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(target.address.c_str(), std::to_string(target.port).c_str(), &wanted, &found) != 0) return {};
    ProbePlace place;
    place.addressSize = found->ai_addrlen;
    std::memcpy(&place.address, found->ai_addr, found->ai_addrlen);
    place.request = requestTo(target);
    ::freeaddrinfo(found);
    return place;
}

ProbeLoop::ProbeLoop(const ProbeTarget& target)
    : m_period(target.period)
    , m_timeout(target.timeout)
    , m_gathering(target.gathering)
    , m_place(placeOf(target).value_or(ProbePlace{}))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_stamping(target.gathering.count() > 0 ? ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1)
    , m_listener{[this](const ProbeResult& result) { tell(result); },
                 [this](ProbeRequest* request) { forget(request); }}
    , m_notifier(m_epoll.get(), QSocketNotifier::Read, this)
    , m_timer(this)
{
    const int on = 1;
    if (m_stamping) ::setsockopt(m_stamping.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    connect(&m_notifier, &QSocketNotifier::activated, this, &ProbeLoop::hear);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProbeLoop::wake);
    if (!target.tls) return;
    m_tls = QSslConfiguration::defaultConfiguration();
    if (!target.authorities.empty())
        m_tls.setCaCertificates(QSslCertificate::fromData(QByteArray::fromStdString(target.authorities)));
    m_secure.emplace(SecurePlace{m_tls, QString::fromStdString(target.address), target.port,
                                 QString::fromStdString(target.host.empty() ? target.address : target.host)});
}

void ProbeLoop::start()
{
    m_begin = Time::clock::now();
    m_expected = m_begin;
    wake();
}

void ProbeLoop::wake()
{
    const Time now = Time::clock::now();
    if (m_gathering.count() > 0) look();
    if (now - m_toldAt >= m_gathering) tellAll();
    expire(now);
    sendDue(now);
    schedule(now);
}

/// What has had its time. When we ourselves could not run while it ended, an answer may lie there unread: that is no
/// fault of the server's.
void ProbeLoop::expire(Time now)
{
    const bool late =
        now - m_expected > std::max<std::chrono::milliseconds>(m_period / 2, std::chrono::milliseconds(20));
    while (!m_underWay.empty() && m_underWay.front()->sent() + m_timeout <= now) {
        const auto request = std::move(m_underWay.front());
        m_underWay.pop_front();
        request->decide(late ? Outcome::Missed : Outcome::TimedOut);
    }
}

void ProbeLoop::sendDue(Time now)
{
    for (; due() <= now; ++m_sequence) {
        if (due() + m_period <= now)
            tell({m_sequence, due(), {}, Outcome::Missed, 0});
        else
            m_underWay.emplace_back(make(Time::clock::now()))->start();
    }
}

std::unique_ptr<ProbeRequest> ProbeLoop::make(Time now) const
{
    if (m_secure) return std::make_unique<SecureRequest>(m_place, *m_secure, m_listener, m_sequence, now);
    const auto told = m_gathering.count() > 0 ? PlainRequest::Told::ToConnection : PlainRequest::Told::Always;
    return std::make_unique<PlainRequest>(m_place, m_epoll.get(), told, m_listener, m_sequence, now);
}

void ProbeLoop::hear()
{
    std::array<epoll_event, mostEvents> events;
    const int ready = ::epoll_wait(m_epoll.get(), events.data(), mostEvents, 0);
    // A request ends itself only, and each is told of once.
    for (int i = 0; i < ready; ++i) static_cast<PlainRequest*>(events[static_cast<std::size_t>(i)].data.ptr)->proceed();
}

/// One that is finished forgets itself.
void ProbeLoop::look()
{
    std::vector<ProbeRequest*> open;
    for (const auto& request : m_underWay) open.push_back(request.get());
    for (ProbeRequest* request : open) request->proceed();
}

void ProbeLoop::schedule(Time now)
{
    m_expected = due();
    if (!m_underWay.empty()) m_expected = std::min(m_expected, m_underWay.front()->sent() + m_timeout);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_expected - now);
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

/// Each time that the other thread is woken costs it more than the news are worth, as long as all is well.
void ProbeLoop::tell(const ProbeResult& result)
{
    const bool answered = result.outcome == Outcome::Answered;
    m_untold.push_back(result);
    if (!std::exchange(m_answers, answered) || !answered || m_gathering.count() == 0) tellAll();
}

void ProbeLoop::tellAll()
{
    m_toldAt = Time::clock::now();
    for (const ProbeResult& result : std::exchange(m_untold, {})) Q_EMIT decided(result);
}

void ProbeLoop::forget(ProbeRequest* request)
{
    const auto found = std::ranges::find(m_underWay, request, &std::unique_ptr<ProbeRequest>::get);
    if (found != m_underWay.end()) m_underWay.erase(found);
}

} // namespace iam::probe
