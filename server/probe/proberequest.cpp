// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/proberequest.h"
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <charconv>
#include <string_view>

namespace iam::probe {

namespace {

constexpr qsizetype longestHead = 16 * 1024;

/// The status of "HTTP/1.1 200 OK" (RFC 9112 §4); 0 when it is none.
int statusOf(std::string_view head)
{
    if (!head.starts_with("HTTP/1.") || head.size() < 12 || head[8] != ' ') return 0;
    int status = 0;
    const auto [end, fault] = std::from_chars(head.data() + 9, head.data() + 12, status);
    return fault == std::errc() && end == head.data() + 12 && status >= 100 ? status : 0;
}

} // namespace

ProbeRequest::ProbeRequest(const ProbePlace& place, std::uint64_t sequence, Time sent, QObject* parent)
    : QObject(parent)
    , m_place(place)
    , m_result{sequence, sent, {}, Outcome::Missed, 0}
    , m_socket(place.tls ? new QSslSocket(this) : new QTcpSocket(this))
{
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket, &QTcpSocket::readyRead, this, &ProbeRequest::read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &ProbeRequest::fail);
    if (auto* secure = qobject_cast<QSslSocket*>(m_socket)) {
        secure->setSslConfiguration(*place.tls);
        secure->setPeerVerifyName(place.name);
        connect(secure, &QSslSocket::encrypted, this, &ProbeRequest::send);
    } else {
        connect(m_socket, &QTcpSocket::connected, this, &ProbeRequest::send);
    }
}

void ProbeRequest::start()
{
    if (auto* secure = qobject_cast<QSslSocket*>(m_socket))
        secure->connectToHostEncrypted(m_place.address, m_place.port);
    else
        m_socket->connectToHost(m_place.address, m_place.port);
}

void ProbeRequest::send()
{
    m_socket->write(m_place.request);
}

void ProbeRequest::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_decided) return;
    m_head += bytes;
    const auto end = m_head.indexOf("\r\n\r\n");
    if (end < 0 && m_head.size() <= longestHead) return;
    const int status = end < 0 ? 0 : statusOf(std::string_view(m_head.constData(), std::size_t(end)));
    if (status >= 100 && status < 200) {
        m_head.remove(0, end + 4); // an interim answer; the final one follows
        return read();
    }
    m_head.clear();
    decide(status == 200 ? Outcome::Answered : status == 0 ? Outcome::Refused : Outcome::Rejected, status);
}

/// Also the ordinary end, when the server closes the connection after its answer.
void ProbeRequest::fail()
{
    decide(Outcome::Refused);
    Q_EMIT finished();
}

void ProbeRequest::decide(Outcome outcome, int status)
{
    if (m_decided) return;
    m_decided = true;
    m_result.outcome = outcome;
    m_result.status = status;
    m_result.took = std::chrono::duration_cast<std::chrono::microseconds>(Time::clock::now() - m_result.sent);
    Q_EMIT decided(m_result);
}

} // namespace iam::probe
