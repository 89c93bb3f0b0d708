// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/dice.h"
#include "support/legacydatabase.h"
#include <QMap>

namespace iam::test {

/// How the tables of an old database may have become other than they were made.
struct LegacyTwist {
    QString charset = QStringLiteral("utf8");
    QString collation = QStringLiteral("utf8_general_ci");
    QString secretCollation; ///< empty: the same
    QString engine = QStringLiteral("InnoDB");
    bool hasForeignKeys = true; ///< ON DELETE CASCADE; without them rows of nobody are rolled, too
    bool hasTriggers = true;
    bool hasAudit = true;      ///< policy_audit
    bool hasUniqueKeys = true; ///< of names and instance ids; without them several rows have the same
    bool hasFractions = false; ///< dates as datetime(3)
    bool hasMore = false;      ///< columns, an index, a view, tables of others, some called like ours
};

/// Rows as nobody would make them by hand: every column rolled from what it may hold, the same for the same seed.
/// Beside "admin" there are users "good0" to "good4" with a secret "s" and policies "p" and "q" that nothing is wrong
/// with; their ids begin at 100.
void rollLegacyRows(const LegacyDatabase& database, const LegacyTwist& twist, std::uint32_t seed);

/// Alters the tables, which are empty.
void twistLegacyTables(const LegacyDatabase& database, const LegacyTwist& twist);

/// All that the old tables hold, read plainly: rows by their ids, each value in hexadecimal digits.
using PlainRows = QMap<QString, QMap<quint64, QString>>;
PlainRows readPlainRows(const LegacyDatabase& database);
/// The rows that differ but for those named "TABLE ID"; empty when none does.
QString differenceOf(const PlainRows& before, const PlainRows& after, const QStringList& except = {});

} // namespace iam::test
