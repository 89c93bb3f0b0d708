// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probeloop.h"
#include <QSslCertificate>
#include <algorithm>

namespace iam::probe {

namespace {

QByteArray requestTo(const ProbeTarget& target)
{
    const bool bare = target.host.empty() && target.address.find(':') != std::string::npos;
    const std::string host = target.host.empty() ? target.address : target.host;
    std::string request = "GET " + target.path + " HTTP/1.1\r\nHost: " + (bare ? '[' + host + ']' : host);
    if (target.port != (target.tls ? 443 : 80)) request += ':' + std::to_string(target.port);
    request += "\r\nUser-Agent: iam-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    return QByteArray::fromStdString(request);
}

} // namespace

ProbeLoop::ProbeLoop(const ProbeTarget& target)
    : m_period(target.period)
    , m_timeout(target.timeout)
    , m_place{QString::fromStdString(target.address), target.port,
              QString::fromStdString(target.host.empty() ? target.address : target.host), nullptr, requestTo(target)}
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProbeLoop::wake);
    if (!target.tls) return;
    m_tls = QSslConfiguration::defaultConfiguration();
    if (!target.authorities.empty())
        m_tls.setCaCertificates(QSslCertificate::fromData(QByteArray::fromStdString(target.authorities)));
    m_place.tls = &m_tls;
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
    const std::deque<ProbeRequest*> underWay = m_underWay;
    for (ProbeRequest* request : underWay) {
        if (request->sent() + m_timeout > now) break;
        request->decide(late ? Outcome::Missed : Outcome::TimedOut);
        forget(request);
    }
}

void ProbeLoop::sendDue(Time now)
{
    for (; due() <= now; ++m_sequence) {
        if (due() + m_period <= now) {
            Q_EMIT decided({m_sequence, due(), {}, Outcome::Missed, 0});
            continue;
        }
        auto* request = new ProbeRequest(m_place, m_sequence, Time::clock::now(), this);
        connect(request, &ProbeRequest::decided, this, &ProbeLoop::decided);
        connect(request, &ProbeRequest::finished, this, [this, request] { forget(request); });
        m_underWay.push_back(request);
        request->start();
    }
}

void ProbeLoop::schedule(Time now)
{
    m_expected = due();
    if (!m_underWay.empty()) m_expected = std::min(m_expected, m_underWay.front()->sent() + m_timeout);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_expected - now);
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

void ProbeLoop::forget(ProbeRequest* request)
{
    const auto found = std::find(m_underWay.begin(), m_underWay.end(), request);
    if (found == m_underWay.end()) return;
    m_underWay.erase(found);
    request->deleteLater();
}

} // namespace iam::probe
