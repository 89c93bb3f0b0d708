// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/securerequest.h"
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>

namespace iam::probe {

SecureRequest::SecureRequest(const ProbePlace& place, const SecurePlace& secure, const Listener& listener,
                             std::uint64_t sequence, Time sent)
    : ProbeRequest(listener, sequence, sent)
    , m_place(place)
    , m_secure(secure)
    , m_socket(new QSslSocket)
{
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setSslConfiguration(secure.tls);
    m_socket->setPeerVerifyName(secure.name);
    QObject::connect(m_socket, &QSslSocket::encrypted, m_socket,
                     [this] { m_socket->write(m_place.request.data(), static_cast<qint64>(m_place.request.size())); });
    QObject::connect(m_socket, &QSslSocket::readyRead, m_socket, [this] {
        const QByteArray bytes = m_socket->readAll();
        take(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    });
    QObject::connect(m_socket, &QSslSocket::errorOccurred, m_socket, [this] { finish(); });
}

/// It may be called by the socket itself.
SecureRequest::~SecureRequest()
{
    m_socket->disconnect();
    m_socket->deleteLater();
}

void SecureRequest::start()
{
    m_socket->connectToHostEncrypted(m_secure.address, m_secure.port);
}

} // namespace iam::probe
