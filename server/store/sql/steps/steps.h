// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

// The steps of the schema's history, one file each. Frozen: a step that was released is never changed, the next change
// is a further step, written for both engines with the names of its time. Times are ms since the epoch; ids are never
// used again. Names of users, secrets and policies are ASCII and compare without regard to case, and to nothing else:
// COLLATE NOCASE on SQLite; VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_nopad_ci on MariaDB. Everything else
// compares by its bytes: the table's COLLATE=utf8mb4_nopad_bin (utf8mb4_bin would pass over trailing blanks). What is
// indexed is VARCHAR(255) there, longer text TEXT or LONGTEXT, numbers and times BIGINT. (owner, name) of secrets and
// policies is not UNIQUE on purpose: databases taken over from elsewhere may hold duplicates, which stay readable.

/// Users, secrets, policies, changes, revoked tokens.
Migration step0001();
/// Which object in which version a change is about; removed policies.
Migration step0002();
/// Secrets: enabled, last use, previous key. All with defaults: what knows step 2 only goes on working.
Migration step0003();
/// Sessions.
Migration step0004();
/// Generations of the keys that the nodes of a database share.
Migration step0005();
/// Jobs that one node does at its time.
Migration step0006();

} // namespace iam::store::sql
