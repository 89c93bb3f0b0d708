// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/pumpstore.h"
#include "store/sql/sqldatabase.h"
#include <memory>
#include <vector>

namespace iam::store::sql {

/// The history of the schema of a pump's database.
[[nodiscard]] const std::vector<Migration>& pumpMigrations();

/// A pump's positions in a SQLite file of their own, made or brought up to date when needed. Errors as
/// SqlDatabase::open().
Result<std::unique_ptr<PumpStore>> openSqlPumpStore(const SqlConfig& config);

} // namespace iam::store::sql
