// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "store/sql/mariadbconfig.h"
#include <string>

namespace iam::node {

/// Where the data lie.
struct StoreConfig {
    enum class Driver { Sqlite, MySql };
    Driver driver = Driver::Sqlite;    ///< store.driver
    std::string sqlitePath;            ///< store.sqlite.path; never empty after readServerConfig()
    store::sql::MariaDbConfig mariaDb; ///< mysql.*
    bool sharedWithLegacy = false;     ///< store.shared-with-legacy: servers of the old system use the database, too
    bool mariaDbIsUnused = false;      ///< mysql.* is given, and the driver is another
};

/// Takes store.* and mysql.* out of the sources. Their faults come from reader.finish().
void readStoreConfig(ConfigReader& reader, StoreConfig& store);

} // namespace iam::node
