// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QSqlError>

namespace iam::store::sql {

// Numbers: mariadb.com/kb/en/mariadb-error-code-reference; 2000 and above are the client library's.

/// The number in a Qt error; 0 when there is none.
[[nodiscard]] int mariaDbCode(const QSqlError& error);
[[nodiscard]] bool isMariaDbConstraint(const QSqlError& error);
/// Whether the connection is of no use any more.
[[nodiscard]] bool isMariaDbLoss(const QSqlError& error);
/// A deadlock, or a lock that others held for too long: the whole transaction may be tried again.
[[nodiscard]] bool isMariaDbConflict(const QSqlError& error);
/// The failure as the store reports it; `what` says what was tried.
[[nodiscard]] Error toMariaDbError(const QSqlError& error, const std::string& what);

} // namespace iam::store::sql
