// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"

namespace iam::store::sql {

/// By whom the changes were made that the old servers made.
inline constexpr const char* legacyActor = "legacy";

/// Part of a write(): compares one row of an old table with its note, keeps others off it until the end, and records
/// what became of it, by `legacyActor`, as found at `now`; the note then says what the row says. False: nothing did.
Result<bool> recordForeignChange(SqlConnection& connection, ObjectKind kind, std::uint64_t id, TimePoint now);

} // namespace iam::store::sql
