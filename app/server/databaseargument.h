// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "configarguments.h"

namespace iam::app {

/// The configuration as readConfig() reads it, with the database that the one positional argument names:
/// mysql://USER@HOST:PORT/DATABASE, or mysql://USER@/DATABASE?socket=PATH; without the argument the configuration's
/// own. A password there is refused, because everybody can see command lines: it is the first line of --password-file,
/// or IAM_MYSQL_PASSWORD, or the file's mysql.password, or what somebody types on the terminal. Nothing when there are
/// faults, which stand on standard error then.
[[nodiscard]] std::optional<node::ServerConfig> readDatabaseConfig(const Arguments& arguments);

} // namespace iam::app
