// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/mariadbschema.h"
#include "base/logging.h"
#include "store/sql/legacy/adoptionmarks.h"
#include "store/sql/qtsqlconnection.h"
#include "store/sql/schemahistory.h"
#include <cstdlib>
#include <set>

namespace iam::store::sql {

namespace {

/// One process at a time prepares a database. The server frees the lock when the connection ends, however it ends.
constexpr const char* lockName = "CONCAT('iam-schema-', MD5(DATABASE()))";

Result<> lockSchema(QtSqlConnection& connection)
{
    auto rows = connection.query(std::string("SELECT GET_LOCK(") + lockName + ", 600)", {});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (*row && rows->integer(0) == 1) return {};
    return fail(Code::StorageUnavailable, "another server is preparing it and does not come to an end");
}

constexpr const char* oldTables[] = {"policy_audit", "policy", "secret", "user"};

Result<std::string> firstText(QtSqlConnection& connection, const char* select)
{
    auto rows = connection.query(select, {});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    return *row ? rows->text(0) : std::string();
}

/// Whether the history is there. Code::Database when it is not a database of the old system, or none to share.
Result<bool> hasSharedHistory(QtSqlConnection& connection, const std::set<std::string>& tables,
                              const std::string& prefix)
{
    if (tables.contains("schema_steps"))
        return fail(Code::Database,
                    "it is not one of the old system (any more): store.shared-with-legacy is not for it");
    for (const char* name : oldTables) {
        if (!tables.contains(name) && std::string_view(name) != "policy_audit") // nothing of ours needs that one
            return fail(Code::Database, std::string("it is to be shared with servers of the old system, and has no"
                                                    " table ") +
                                            name);
    }
    if (tables.contains("adoption_steps"))
        return fail(Code::Database, "it is being taken over or given back: run iam-server adopt --finish, or --back, to"
                                    " its end first");
    const auto twice =
        firstText(connection, "SELECT name FROM `user` GROUP BY name HAVING COUNT(*) > 1 ORDER BY name LIMIT 1");
    if (!twice) return fail(twice);
    if (!twice->empty())
        return fail(Code::Database, "it has two users called " + *twice +
                                        " (their table has lost its unique key): whose a policy is would be uncertain");
    return tables.contains(prefix + "schema_steps");
}

/// Whether the history is there. Code::Database when the tables are not ours.
Result<bool> hasHistory(QtSqlConnection& connection, const std::string& prefix)
{
    std::set<std::string> tables;
    auto rows = connection.query("SELECT LOWER(table_name) FROM information_schema.tables"
                                 " WHERE table_schema = DATABASE()",
                                 {});
    if (!rows) return fail(rows);
    auto more = rows->next();
    for (; more && *more; more = rows->next()) tables.insert(rows->text(0));
    if (!more) return fail(more);
    if (!prefix.empty()) return hasSharedHistory(connection, tables, prefix);
    if (tables.contains("schema_steps")) {
        if (!tables.contains("adoption_steps")) return true;
        const auto back = firstText(connection, "SELECT MAX(number) FROM adoption_steps");
        if (!back) return fail(back);
        if (std::atoi(back->c_str()) < firstStepBack) return true;
        return fail(Code::Database, "it is being given back to the old system: run iam-server adopt --back to its end");
    }
    if (tables.empty()) return false;
    for (const char* name : oldTables) {
        if (tables.contains(name))
            return fail(Code::Database, "it holds the tables of the system that this one replaces, which are left as "
                                        "they are; name a database of its own in mysql.database");
    }
    return fail(Code::Database, "it belongs to other software; name a database of its own in mysql.database");
}

Result<> runAll(QtSqlConnection& connection, const std::vector<std::string>& statements)
{
    for (const std::string& statement : statements) {
        if (auto done = connection.runAtOnce(statement); !done) return done;
    }
    return {};
}

/// The tables that stand before all steps, the history first: it marks the database as ours.
Result<> makeBase(QtSqlConnection& connection)
{
    return runAll(connection, {
                                  "CREATE TABLE IF NOT EXISTS {schema_steps}"
                                  " (number INT NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL,"
                                  " done_at BIGINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
                                  " COLLATE=utf8mb4_nopad_bin",
                                  "CREATE TABLE IF NOT EXISTS {write_turn}"
                                  " (id INT NOT NULL PRIMARY KEY, tries BIGINT NOT NULL) ENGINE=InnoDB",
                                  "INSERT IGNORE INTO {write_turn} (id, tries) VALUES (1, 0)",
                              });
}

Result<> applyStep(QtSqlConnection& connection, const Migration& step)
{
    if (auto done = runAll(connection, step.mariadb); !done) return done;
    auto done = connection.run("INSERT INTO {schema_steps} (number, name, done_at)"
                               " VALUES (?, ?, UNIX_TIMESTAMP() * 1000)",
                               {step.number, step.name});
    if (!done) return fail(done);
    qCInfo(lcStore, "schema step %d (%s) done", step.number, std::string(step.name).c_str());
    return {};
}

} // namespace

Result<> prepareMariaDbSchema(QtSqlConnection& connection, const std::vector<Migration>& migrations,
                              const std::string& prefix)
{
    if (auto locked = lockSchema(connection); !locked) return locked;
    const auto known = hasHistory(connection, prefix);
    if (!known) return fail(known);
    AppliedSteps applied;
    if (*known) {
        auto read = readAppliedSteps(connection);
        if (!read) return fail(read);
        applied = std::move(*read);
    }
    if (auto fits = checkHistory(applied, migrations); !fits) return fits;
    // Checked first: what a newer version or another kind of database has is not touched.
    if (auto made = makeBase(connection); !made) return made;
    for (std::size_t i = applied.size(); i < migrations.size(); ++i) {
        if (auto done = applyStep(connection, migrations[i]); !done) return done;
    }
    return {};
}

} // namespace iam::store::sql
