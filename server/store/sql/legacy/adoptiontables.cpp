// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/adoptiontables.h"
#include "store/sql/legacy/prefixedsteps.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqlschema.h"
#include "store/sql/steps/steps.h"
#include <algorithm>
#include <array>
#include <regex>

namespace iam::store::sql {

namespace {

constexpr const char* staged = "adoption_";
constexpr const char* kept = "adopted_";
constexpr std::array<const char*, 4> oldTables{"user", "secret", "policy", "policy_audit"}; // the last may be missing

// Frozen, like the steps themselves: our tables as the first five steps make them. Later steps come behind the RENAME,
// as they come to every database.
constexpr std::array<const char*, 10> ourTables{"users",          "secrets",      "policies", "changes",
                                                "revoked_tokens", "policy_audit", "sessions", "key_generations",
                                                "schema_steps",   "write_turn"};

std::vector<Migration> stagedSteps()
{
    return {step0001(), step0002(), step0003(), step0004(), step0005()};
}

std::string quotedName(const std::string& name)
{
    return '`' + name + '`';
}

bool isOldTable(const std::string& name)
{
    return std::find(oldTables.begin(), oldTables.end(), name) != oldTables.end();
}

bool isOfAdoption(const std::string& name)
{
    return name.starts_with(staged) || name.starts_with(kept);
}

/// Every table that our schema makes, whichever step does.
const std::set<std::string>& ownTables()
{
    static const std::set<std::string> all = [] {
        static const std::regex made("CREATE TABLE IF NOT EXISTS ([a-z_]+)");
        std::set<std::string> names(ourTables.begin(), ourTables.end());
        for (const Migration& step : schema())
            for (const std::string& statement : step.mariadb)
                if (std::smatch found; std::regex_search(statement, found, made)) names.insert(found[1]);
        return names;
    }();
    return all;
}

/// "`a` TO `b`", joined.
class Renaming {
public:
    void add(const std::string& from, const std::string& to)
    {
        m_text += (m_text.empty() ? "RENAME TABLE " : ", ") + quotedName(from) + " TO " + quotedName(to);
    }
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }

private:
    std::string m_text;
};

std::string triggerName(const Fence& fence, const std::string& table, const char* event)
{
    return quotedName("adoption_" + fence.name + "_" + table + "_" + event);
}

constexpr std::array<const char*, 3> events{"INSERT", "UPDATE", "DELETE"};

template <class Which>
Result<> dropTables(AdoptionConnection& connection, Which which)
{
    auto tables = readDatabaseTables(connection.sql());
    if (!tables) return fail(tables);
    std::string names;
    for (const std::string& name : tables->names)
        if (which(name)) names += (names.empty() ? "" : ", ") + quotedName(name);
    if (names.empty()) return {};
    return connection.executeAll(
        {"SET SESSION foreign_key_checks = 0", "DROP TABLE IF EXISTS " + names, "SET SESSION foreign_key_checks = 1"});
}

} // namespace

Result<DatabaseTables> readDatabaseTables(SqlConnection& connection)
{
    DatabaseTables tables;
    auto done = forEachRow(connection,
                           "SELECT LOWER(table_name) FROM information_schema.tables WHERE table_schema = DATABASE()"
                           " AND table_type = 'BASE TABLE'",
                           {}, [&](const SqlRows& row) -> Result<> {
                               tables.names.insert(row.text(0));
                               return {};
                           });
    if (!done) return fail(done);
    const auto has = [&](const char* name) { return tables.names.contains(name); };
    tables.marked = has("adoption_steps");
    if (has("schema_steps") && has("users"))
        tables.form = DatabaseForm::Ours;
    else if (std::all_of(oldTables.begin(), oldTables.end() - 1, has))
        tables.form = DatabaseForm::Old;
    else if (!tables.names.empty())
        tables.form = DatabaseForm::Unknown;
    return tables;
}

LegacyTables keptLegacyTables()
{
    return {"adopted_user", "adopted_secret", "adopted_policy", "adopted_policy_audit"};
}

Result<TableFacts> readTableFacts(SqlConnection& connection, const std::string& table)
{
    auto facts =
        firstRow(connection,
                 "SELECT COALESCE(auto_increment, 0), COALESCE(table_collation, ''), COALESCE(engine, '')"
                 " FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
                 {table}, [&](const SqlRows& row) {
                     return TableFacts{table, 0, static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2)};
                 });
    if (!facts) return fail(facts);
    if (!*facts) return fail(Code::Database, "there is no table " + table);
    auto rows = countRows(connection, "SELECT COUNT(*) FROM " + quotedName(table), {});
    if (!rows) return fail(rows);
    (*facts)->rows = *rows;
    return std::move(**facts);
}

Result<std::vector<std::string>> readWideColumns(SqlConnection& connection, const LegacyTables& tables)
{
    std::vector<std::string> wide;
    auto done = forEachRow(connection,
                           "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
                           " WHERE table_schema = DATABASE() AND table_name IN (?, ?, ?, ?) AND"
                           " character_set_name IS NOT NULL AND character_set_name NOT IN"
                           " ('utf8', 'utf8mb3', 'ascii', 'latin1') ORDER BY 1",
                           {tables.user, tables.secret, tables.policy, tables.policyAudit},
                           [&](const SqlRows& row) -> Result<> {
                               wide.push_back(row.text(0));
                               return {};
                           });
    if (!done) return fail(done);
    return wide;
}

Result<> makeStagedTables(AdoptionConnection& connection)
{
    if (auto dropped = dropStagedTables(connection); !dropped) return dropped;
    std::vector<std::string> statements{
        "CREATE TABLE IF NOT EXISTS schema_steps (number INT NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL,"
        " done_at BIGINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin",
        "CREATE TABLE IF NOT EXISTS write_turn (id INT NOT NULL PRIMARY KEY, tries BIGINT NOT NULL) ENGINE=InnoDB",
        "INSERT IGNORE INTO write_turn (id, tries) VALUES (1, 0)",
    };
    for (const Migration& step : stagedSteps())
        statements.insert(statements.end(), step.mariadb.begin(), step.mariadb.end());
    for (const std::string& statement : statements) {
        if (auto done = connection.execute(withPrefix(statement, staged)); !done) return done;
    }
    for (const Migration& step : stagedSteps()) {
        auto done = connection.sql().run("INSERT INTO adoption_schema_steps (number, name, done_at)"
                                         " VALUES (?, ?, UNIX_TIMESTAMP() * 1000)",
                                         {step.number, step.name});
        if (!done) return fail(done);
    }
    return {};
}

Result<> dropStagedTables(AdoptionConnection& connection)
{
    return dropTables(connection, [](const std::string& name) {
        return name.starts_with(staged) && ownTables().contains(name.substr(std::string_view(staged).size()));
    });
}

Result<> dropKeptTables(AdoptionConnection& connection)
{
    // What of others stood in the way of ours stays where it was put.
    return dropTables(connection, [](const std::string& name) {
        return name.starts_with(kept) && isOldTable(name.substr(std::string_view(kept).size()));
    });
}

Result<> raiseFence(AdoptionConnection& connection, const Fence& fence)
{
    for (const std::string& table : fence.tables) {
        for (const char* event : events) {
            auto done = connection.execute(
                "CREATE OR REPLACE TRIGGER " + triggerName(fence, table, event) + " BEFORE " + event + " ON " +
                quotedName(table) +
                " FOR EACH ROW IF @iam_adoption IS NULL THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT ="
                " 'the database is being taken over or given back: writing is possible again in a moment'; END IF");
            if (!done) return done;
        }
    }
    return {};
}

Result<> lowerFence(AdoptionConnection& connection, const Fence& fence)
{
    for (const std::string& table : fence.tables) {
        for (const char* event : events) {
            auto done = connection.execute("DROP TRIGGER IF EXISTS " + triggerName(fence, table, event));
            if (!done) return done;
        }
    }
    return {};
}

Result<> mayWriteBehindFence(AdoptionConnection& connection)
{
    return connection.execute("SET @iam_adoption = 1");
}

Result<> swapToOurs(AdoptionConnection& connection, const DatabaseTables& tables)
{
    Renaming renaming;
    for (const char* table : oldTables)
        if (tables.names.contains(table)) renaming.add(table, std::string(kept) + table);
    for (const char* table : ourTables) {
        if (!isOldTable(table) && tables.names.contains(table)) renaming.add(table, std::string(kept) + table);
        renaming.add(std::string(staged) + table, table);
    }
    return connection.execute(renaming.text());
}

Result<> swapToOld(AdoptionConnection& connection, const DatabaseTables& tables, const std::set<std::string>& foreign)
{
    Renaming renaming;
    for (const std::string& table : tables.names)
        if (ownTables().contains(table) && !foreign.contains(table)) renaming.add(table, staged + table);
    for (const std::string& table : tables.names)
        if (table.starts_with(kept)) renaming.add(table, table.substr(std::string_view(kept).size()));
    return connection.execute(renaming.text());
}

std::set<std::string> foreignTables(const DatabaseTables& tables)
{
    std::set<std::string> foreign = tables.names;
    std::erase_if(foreign, [](const std::string& name) { return isOldTable(name) || isOfAdoption(name); });
    for (const char* table : ourTables) foreign.erase(table);
    return foreign;
}

} // namespace iam::store::sql
