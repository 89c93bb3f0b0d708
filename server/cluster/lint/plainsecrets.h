// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace iam::cluster {

struct PlainSecret {
    int line = 0;
    std::string name; ///< what is given a value: "requirepass", "IAM_MYSQL_PASSWORD"
};

/// The lines that give a password or key its value, in an environment file, a systemd unit, a configuration of Redis,
/// MariaDB or the agent, or SQL; which of these it is tells the path. None in other files.
[[nodiscard]] std::vector<PlainSecret> plainSecrets(const std::string& path, const std::string& text);

} // namespace iam::cluster
