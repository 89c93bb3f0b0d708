// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "probe/proberesult.h"
#include <QByteArray>
#include <QObject>

class QSslConfiguration;
class QTcpSocket;

namespace iam::probe {

/// What all requests of one probe have in common.
struct ProbePlace {
    QString address;
    quint16 port = 0;
    QString name;                           ///< that a certificate must have
    const QSslConfiguration* tls = nullptr; ///< null: plain
    QByteArray request;
};

/// One request on a connection of its own. It is decided once, by the head of the answer or by what goes wrong. Then
/// it waits for the server to close the connection, so that nothing is cut off, and is finished.
class ProbeRequest : public QObject {
    Q_OBJECT
public:
    /// `place` outlives it.
    ProbeRequest(const ProbePlace& place, std::uint64_t sequence, Time sent, QObject* parent);

    /// Connects; it may be decided and finished within.
    void start();

    [[nodiscard]] Time sent() const noexcept { return m_result.sent; }
    [[nodiscard]] bool isDecided() const noexcept { return m_decided; }
    /// Decides it from outside (time-out, missed) unless it is decided.
    void decide(Outcome outcome, int status = 0);

Q_SIGNALS:
    void decided(const iam::probe::ProbeResult& result);
    void finished();

private:
    void send();
    void read();
    void fail();

    const ProbePlace& m_place;
    ProbeResult m_result;
    QTcpSocket* m_socket;
    QByteArray m_head;
    bool m_decided = false;
};

} // namespace iam::probe
