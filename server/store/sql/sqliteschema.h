// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

class QtSqlConnection;

/// Makes sure that the file can be used, before SQLite says it with fewer words; makes it, readable by its owner only.
Result<> prepareSqliteFile(const std::string& path);

/// Sets what belongs to the file and applies the migrations that it lacks. The connection is outside of a transaction.
Result<> prepareSqliteSchema(QtSqlConnection& connection, const SqlConfig& config,
                             const std::vector<Migration>& migrations);

} // namespace iam::store::sql
