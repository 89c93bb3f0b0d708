// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QSqlError>

namespace iam::store::sql {

/// The primary result code of SQLite (sqlite.org/rescode.html) in a Qt error; 0 when there is none.
[[nodiscard]] int sqliteCode(const QSqlError& error);
[[nodiscard]] bool isSqliteConstraint(const QSqlError& error);
/// The failure as the store reports it; `what` says what was tried.
[[nodiscard]] Error toSqliteError(const QSqlError& error, const std::string& what);

} // namespace iam::store::sql
