// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tlsconnection.h"
#include "base/logging.h"
#include "http/ioloop.h"
#include <QSslConfiguration>
#include <QSslSocket>
#include <utility>

namespace iam::http {

namespace {

constexpr std::size_t WRITE_AT_ONCE = 16 * 1024; // what the client must take within Limits::writeStall
constexpr qint64 READ_AHEAD = 64 * 1024;

} // namespace

TlsConnection::TlsConnection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now)
    : Connection(loop, newcomer, now)
    , m_socket(new QSslSocket)
{
    m_socket->setReadBufferSize(READ_AHEAD);
    m_socket->setSslConfiguration(*newcomer.tls);
    if (!m_socket->setSocketDescriptor(newcomer.descriptor)) {
        m_broken = true;
        return;
    }
    newcomer.descriptor = -1;
    QObject::connect(m_socket, &QSslSocket::encrypted, &m_context, [this] { m_encrypted = true; });
    QObject::connect(m_socket, &QSslSocket::readyRead, &m_context, [this] { readSome(); });
    QObject::connect(m_socket, &QSslSocket::encryptedBytesWritten, &m_context, [this] { onWritten(); });
    QObject::connect(m_socket, &QSslSocket::readChannelFinished, &m_context, [this] { onPeerEnd(); });
    QObject::connect(m_socket, &QSslSocket::disconnected, &m_context, [this] { onGone(); });
    m_socket->startServerEncryption();
}

TlsConnection::~TlsConnection()
{
    if (!m_encrypted) ++m_site->stats().tlsFailures;
    QObject::disconnect(m_socket, nullptr, &m_context, nullptr);
    QObject::connect(m_socket, &QSslSocket::disconnected, m_socket, &QObject::deleteLater);
    if (m_broken || m_session.hasStalled() || !m_encrypted) {
        m_socket->abort();
        m_socket->deleteLater();
    } else {
        m_socket->disconnectFromHost(); // says goodbye, then goes
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            m_socket->deleteLater();
        else
            m_loop.keepUntilGone(*m_socket);
    }
}

void TlsConnection::onSocket(std::uint32_t, HttpSession::Time) {}

// QSslSocket emits its signals also from inside write() and flush(). Whoever is in the middle of something then only
// takes notice: the outermost call goes on, and is the one that may end us.

void TlsConnection::readSome()
{
    if (m_inside) return planRead();
    m_readPlanned = false;
    const HttpSession::Time now = m_loop.now();
    const std::span<char> buffer = m_loop.readBuffer();
    m_inside = true;
    while (m_session.wantsInput()) {
        const qint64 got = m_socket->read(buffer.data(), static_cast<qint64>(buffer.size()));
        if (got <= 0) break;
        take({buffer.data(), static_cast<std::size_t>(got)}, now);
    }
    m_inside = false;
    pump(now);
    m_loop.lookAfter(*this); // the last thing: it may end us
}

void TlsConnection::planRead()
{
    if (std::exchange(m_readPlanned, true)) return;
    QMetaObject::invokeMethod(
        &m_context, [this] { readSome(); }, Qt::QueuedConnection);
}

void TlsConnection::onWritten()
{
    if (m_inside) return;
    pump(m_loop.now());
    m_loop.lookAfter(*this);
}

void TlsConnection::onPeerEnd()
{
    const HttpSession::Time now = m_loop.now();
    m_session.receiveEnd(now);
    if (m_inside) return;
    pump(now);
    m_loop.lookAfter(*this);
}

void TlsConnection::onGone()
{
    m_broken = true;
    if (!m_inside) m_loop.lookAfter(*this);
}

void TlsConnection::pump(HttpSession::Time now)
{
    if (m_inside) return;
    m_inside = true;
    writeSome(now);
    m_inside = false;
    if (isOver()) return;
    // The session pauses no more, and the socket does not tell again what it told already.
    if (m_session.wantsInput() && m_socket->bytesAvailable() > 0) planRead();
    // Without a refusal nothing unread is under way: the goodbye can be said at once.
    if (m_session.isLingering() && !m_session.hasRefused()) m_session.receiveEnd(now);
}

void TlsConnection::writeSome(HttpSession::Time now)
{
    while (!isOver()) {
        if (m_inSocket > 0) {
            if (m_socket->bytesToWrite() > 0 || m_socket->encryptedBytesToWrite() > 0) return;
            m_session.sent(std::exchange(m_inSocket, 0), now);
        }
        const std::string_view out = m_session.output().substr(0, WRITE_AT_ONCE);
        if (out.empty()) return;
        const qint64 wrote = m_socket->write(out.data(), static_cast<qint64>(out.size()));
        if (wrote <= 0) {
            m_broken = true;
            return;
        }
        m_inSocket = static_cast<std::size_t>(wrote);
        m_socket->flush();
    }
}

} // namespace iam::http
