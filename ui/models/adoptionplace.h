// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include <QString>

namespace iam::models {

/// Which database, and who says so there.
struct AdoptionPlace {
    QString host;
    quint16 port = 3306;
    QString socket; ///< path of a Unix socket; not empty: instead of host and port
    QString database;
    QString user;
    SecretString password;
    // Files, PEM; all may be empty. With an authority a connection without TLS is refused.
    QString sslCa;
    QString sslCert;
    QString sslKey;
};

/// "mysql://iam@10.0.4.10:3306/iam", every part escaped; never with the password.
[[nodiscard]] QString databaseUrl(const AdoptionPlace& place);
/// "HOST:PORT", "[IPV6]:PORT" or the socket's path: the option mysql.host.
[[nodiscard]] QString hostSetting(const AdoptionPlace& place);

enum class AdoptionWay { Share, Finish };
/// The part of iam.yaml that lets our servers work on the database: beside the old ones, or once it is ours. Without
/// the password, which servers take from IAM_MYSQL_PASSWORD.
[[nodiscard]] QString configurationText(const AdoptionPlace& place, AdoptionWay way);

} // namespace iam::models
