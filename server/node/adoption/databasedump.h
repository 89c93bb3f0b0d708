// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "store/sql/mariadbconfig.h"
#include <string>
#include <vector>

namespace iam::node {

/// A dump of a whole database, made by mariadb-dump: tables with their triggers, in one unchanging state.
struct DatabaseDump {
    std::string path;   ///< mode 0600; beside it PATH.sha256, as sha256sum writes and checks it
    std::string sha256; ///< hex
    std::uint64_t bytes = 0;
};

/// Takes one into `folder`, which is made (0700) when it is not there. It is on the disk, has the trailer that
/// mariadb-dump writes last, and `tables` are in it; else there is no file. The password goes to the program in a
/// private file that is removed. `brokenViews` are left out: they would end the program. Error::detail is one sentence.
Result<DatabaseDump> takeDump(const store::sql::MariaDbConfig& config, const std::string& folder,
                              const std::vector<std::string>& tables, const std::vector<std::string>& brokenViews,
                              TimePoint now);

} // namespace iam::node
