// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/openstorage.h"
#include "store/sql/sqlstorage.h"

namespace iam::node {

Result<std::unique_ptr<store::Storage>> openStorage(const ServerConfig& config)
{
    return store::sql::openSqlStorage({.path = config.store.sqlitePath});
}

bool sharesDatabase(const ServerConfig&)
{
    return false;
}

} // namespace iam::node
