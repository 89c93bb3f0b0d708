// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

/// The steps that a database has, ascending: number and name.
using AppliedSteps = std::vector<std::pair<int, std::string>>;

/// Reads them from the table schema_steps, which exists.
Result<AppliedSteps> readAppliedSteps(SqlConnection& connection);

/// Code::Database with what stands behind "the database … cannot be used: " when they are not the first ones of
/// `known`.
Result<> checkHistory(const AppliedSteps& applied, const std::vector<Migration>& known);

} // namespace iam::store::sql
