// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTcpServer>
#include <QTcpSocket>

namespace iam::support {

/// Takes whatever is sent to a port of this machine, while it is open. Runs in the test's thread.
class TcpReceiver {
public:
    explicit TcpReceiver(quint16 port)
        : m_port(port)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection())
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->readAll(); });
        });
    }
    bool open() { return m_server.listen(QHostAddress::LocalHost, m_port); }
    /// Connections end at once.
    void close()
    {
        m_server.close();
        for (QTcpSocket* socket : m_server.findChildren<QTcpSocket*>()) socket->abort();
    }

private:
    const quint16 m_port;
    QTcpServer m_server;
};

} // namespace iam::support
