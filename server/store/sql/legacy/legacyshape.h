// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptiontables.h"

namespace iam::store::sql {

/// How the old tables are called in this database, and what has to be heeded with them. Code::Validation with a fault
/// for each column that they lack, and for each table with ids beyond those that ours have (2^63 - 1).
Result<LegacyTables> examineLegacyTables(SqlConnection& connection, const DatabaseTables& tables);

/// What is particular about the old tables and what stands beside them, a sentence each: columns that ours do not have,
/// views, engines without transactions, no policy_audit. Needs no right but SELECT.
Result<std::vector<std::string>> describeLegacyTables(SqlConnection& connection, const LegacyTables& tables);

/// Views that show nothing, as those of renamed tables, and would fail a dump.
Result<std::vector<std::string>> readBrokenViews(SqlConnection& connection);

/// Who else is connected to this database, as far as this account may know: "iam from 10.0.0.5 (3)".
Result<std::vector<std::string>> readOtherConnections(SqlConnection& connection);

} // namespace iam::store::sql
