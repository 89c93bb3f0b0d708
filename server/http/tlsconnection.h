// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/connection.h"
#include <QObject>

class QSslSocket;

namespace iam::http {

/// A connection with TLS: QSslSocket in the I/O thread, the same session behind it.
class TlsConnection final : public Connection {
public:
    TlsConnection(IoLoop& loop, Newcomer& newcomer, HttpSession::Time now);
    ~TlsConnection() override;

    void onSocket(std::uint32_t events, HttpSession::Time now) override;
    void pump(HttpSession::Time now) override;

private:
    void readSome();
    void planRead();
    void writeSome(HttpSession::Time now);
    void onWritten();
    void onGone();
    void onPeerEnd();

    QSslSocket* m_socket;       // lives until its own event loop lets it go
    QObject m_context;          // ends the connections to the socket's signals with us
    std::size_t m_inSocket = 0; // given to the socket, not yet on its way
    bool m_encrypted = false;
    bool m_readPlanned = false;
    bool m_inside = false; // the socket or the session is being worked on
};

} // namespace iam::http
