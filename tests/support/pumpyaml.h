// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace iam::support {

/// A pump with two sinks: "archive", files in a folder, and "audit", syslog over tcp to a port of this machine, which
/// refuses what is longer than 1 KiB.
inline QString pumpYaml(const QString& roles, const QString& folder, quint16 port)
{
    return QStringLiteral("roles: [%1]\n"
                          "pump:\n"
                          "  sinks:\n"
                          "    - name: archive\n"
                          "      type: csv\n"
                          "      meta: {csv_dir: %2}\n"
                          "    - name: audit\n"
                          "      type: syslog\n"
                          "      meta: {transport: tcp, network_addr: \"127.0.0.1:%3\", max_message_size: 1024}\n")
        .arg(roles, folder)
        .arg(port);
}

} // namespace iam::support
