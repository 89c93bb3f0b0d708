// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "store/sql/legacy/clearkeystore.h"
#include "store/sql/mariadbconfig.h"
#include "store/storage.h"

namespace iam::store::sql {

/// The database of servers of the system that this one replaces, which go on using it: their tables hold users,
/// secrets and policies, and what they have no room for lies in tables of ours beside (sharedschema.h). What they
/// change is found by itself, within a second or so, and recorded as a change by "legacy". What cannot be in such a
/// database is said by sharedLimits(). Errors as SqlDatabase::open(); Code::Database, too, when the database does not
/// hold the old tables.
///
/// `seal` is first used when a secret is read or written; without it these fail with Code::Database. `clock` outlives
/// the storage.
Result<std::unique_ptr<Storage>> openSharedStorage(const MariaDbConfig& config, KeySeal seal, const Clock& clock);

/// What cannot be while the database is shared, a sentence each: for the log and for operators.
[[nodiscard]] const std::vector<std::string>& sharedLimits();

} // namespace iam::store::sql
