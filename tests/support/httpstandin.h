// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>
#include <optional>

namespace iam::support {

struct StandInRequest {
    QByteArray method;
    QByteArray target;                     ///< path and query as sent
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    QHostAddress address;        ///< at which we were asked
    QPointer<QTcpSocket> socket; ///< for what is sent later
};

/// A HTTP server that answers what a test tells it to, and can misbehave. Runs in the test's thread.
class HttpStandIn : public QTcpServer {
public:
    /// Raw bytes to send; nothing: never answer.
    using Handler = std::function<std::optional<QByteArray>(const StandInRequest&)>;

    /// `address`: QHostAddress::AnyIPv4 is every one of 127.0.0.0/8 as well.
    explicit HttpStandIn(const QHostAddress& address = QHostAddress::LocalHost)
    {
        listen(address, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }
    [[nodiscard]] static QByteArray json(int status, const QByteArray& body, const QByteArray& headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) +
               " X\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
               headers + "\r\n" + body;
    }

    Handler handler;
    QList<StandInRequest> requests;

private:
    void read(QTcpSocket* socket)
    {
        QByteArray& buffer = m_buffers[socket];
        buffer += socket->readAll();
        while (true) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0) return;
            StandInRequest request;
            const QList<QByteArray> lines = buffer.left(end).split('\n');
            const QList<QByteArray> first = lines.first().trimmed().split(' ');
            request.method = first.value(0);
            request.target = first.value(1);
            for (qsizetype i = 1; i < lines.size(); ++i) {
                const qsizetype colon = lines[i].indexOf(':');
                request.headers.insert(lines[i].left(colon).toLower(), lines[i].mid(colon + 1).trimmed());
            }
            const qsizetype length = request.headers.value("content-length").toLongLong();
            if (buffer.size() < end + 4 + length) return;
            request.body = buffer.mid(end + 4, length);
            buffer.remove(0, end + 4 + length);
            request.address = socket->localAddress();
            request.socket = socket;
            requests.append(request);
            const std::optional<QByteArray> answer = handler ? handler(request) : std::nullopt;
            if (answer) socket->write(*answer);
        }
    }

    QHash<QTcpSocket*, QByteArray> m_buffers;
};

} // namespace iam::support
