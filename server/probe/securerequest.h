// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "probe/proberequest.h"
#include <QString>

class QSslConfiguration;
class QSslSocket;

namespace iam::probe {

/// Where and whom a request with TLS asks.
struct SecurePlace {
    const QSslConfiguration& tls;
    QString address;
    quint16 port = 0;
    QString name; ///< that the certificate must have
};

/// With TLS.
class SecureRequest final : public ProbeRequest {
public:
    /// `place` and `secure` outlive it.
    SecureRequest(const ProbePlace& place, const SecurePlace& secure, const Listener& listener, std::uint64_t sequence,
                  Time sent);
    ~SecureRequest() override;

    void start() override;

private:
    const ProbePlace& m_place;
    const SecurePlace& m_secure;
    QSslSocket* m_socket;
};

} // namespace iam::probe
