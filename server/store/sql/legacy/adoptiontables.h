// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptionconnection.h"
#include "store/sql/legacy/legacyreader.h"
#include <set>

namespace iam::store::sql {

// How the tables of both forms stand beside each other in one database. Ours are made as "adoption_NAME" beside the
// old ones in use. One RENAME, which MariaDB does whole or not at all, then calls the old ones "adopted_NAME" and gives
// ours their own names; that statement is the point at which the form of the database changes, and the same statement
// the other way round gives it back. Until somebody removes them the old tables stay, as they were.

enum class DatabaseForm {
    Empty,   ///< no table at all
    Old,     ///< the tables of the system that this one replaces
    Ours,    ///< ours
    Unknown, ///< neither
};

struct DatabaseTables {
    DatabaseForm form = DatabaseForm::Empty;
    std::set<std::string> names; ///< all base tables, in lower case
    bool marked = false;         ///< a change of the form has been begun and is not undone: adoption_steps is there
    [[nodiscard]] bool keepsOld() const { return names.contains("adopted_user"); }
};

Result<DatabaseTables> readDatabaseTables(SqlConnection& connection);

/// The old tables as they are called behind that point.
[[nodiscard]] LegacyTables keptLegacyTables();

/// What is known of one table without reading its rows.
struct TableFacts {
    std::string name;
    std::uint64_t rows = 0;   ///< counted
    std::uint64_t nextId = 0; ///< AUTO_INCREMENT; 0: it has none
    std::string collation;
    std::string engine;
    bool operator==(const TableFacts&) const = default;
};
Result<TableFacts> readTableFacts(SqlConnection& connection, const std::string& table);

/// The names of columns whose character set holds characters beyond U+FFFF: "user.nickname".
Result<std::vector<std::string>> readWideColumns(SqlConnection& connection, const LegacyTables& tables);

/// Makes our tables, empty, up to the step of the schema that taking over is written for, under their names before the
/// RENAME; tables of a former try go first.
Result<> makeStagedTables(AdoptionConnection& connection);
/// Removes them.
Result<> dropStagedTables(AdoptionConnection& connection);
/// Removes the old tables as they are called behind that point.
Result<> dropKeptTables(AdoptionConnection& connection);

/// Lets nobody write to these tables any more, but whoever says so in the connection (mayWriteBehindFence). Waits for
/// transactions that have written. Reading goes on.
struct Fence {
    std::string name; ///< of its own: it stays with its tables when those are renamed
    std::vector<std::string> tables;
};
Result<> raiseFence(AdoptionConnection& connection, const Fence& fence);
Result<> lowerFence(AdoptionConnection& connection, const Fence& fence);
Result<> mayWriteBehindFence(AdoptionConnection& connection);

/// The RENAME. Tables of the old side are the four, and whatever has a name that ours need.
Result<> swapToOurs(AdoptionConnection& connection, const DatabaseTables& tables);
/// The same back: a table that our schema makes is one of ours unless it is in `foreign`.
Result<> swapToOld(AdoptionConnection& connection, const DatabaseTables& tables, const std::set<std::string>& foreign);

/// Tables that belong to nobody here: neither to the old system nor to ours nor to a change of form.
[[nodiscard]] std::set<std::string> foreignTables(const DatabaseTables& tables);

} // namespace iam::store::sql
