// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"
#include "store/storage.h"

namespace iam::store::sql {

/// The SQLite file `config.path`, made or brought up to date when needed. Errors as SqlDatabase::open().
Result<std::unique_ptr<Storage>> openSqlStorage(const SqlConfig& config);

/// The database of a MariaDB server, brought up to date when needed. Errors as SqlDatabase::open().
Result<std::unique_ptr<Storage>> openSqlStorage(const MariaDbConfig& config);

} // namespace iam::store::sql
