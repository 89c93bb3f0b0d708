// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/recordblockstore.h"
#include "store/sql/sqldatabase.h"
#include <memory>
#include <vector>

namespace iam::store::sql {

/// The history of the schema of a records database.
[[nodiscard]] const std::vector<Migration>& recordMigrations();

/// The blocks of decision records in a SQLite file of their own, made or brought up to date when needed. Errors as
/// SqlDatabase::open(). `config.shrinks` is always on: retention gives room back to the disk.
Result<std::unique_ptr<RecordBlockStore>> openSqlRecordBlockStore(SqlConfig config);

} // namespace iam::store::sql
