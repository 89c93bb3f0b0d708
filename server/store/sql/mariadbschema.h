// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

class QtSqlConnection;

/// Applies the migrations that the database lacks, under a lock of the server: one process at a time, the others find
/// them done. DDL commits by itself there, so each statement of a step bears being run again, and the mark that a step
/// is done comes behind the last of them. A database of other software is left as it is. With a prefix it must be the
/// old system's, whose own tables are left alone.
Result<> prepareMariaDbSchema(QtSqlConnection& connection, const std::vector<Migration>& migrations,
                              const std::string& prefix);

} // namespace iam::store::sql
