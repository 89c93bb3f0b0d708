// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/adoptionmarks.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

Result<> AdoptionMarks::begin()
{
    // The steps last: whoever finds them finds the decisions, too.
    return m_connection.executeAll(
        {"CREATE TABLE IF NOT EXISTS adoption_decisions (about VARCHAR(128) NOT NULL PRIMARY KEY,"
         " choice VARCHAR(400) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin",
         "CREATE TABLE IF NOT EXISTS adoption_steps (number INT NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL,"
         " note LONGTEXT NOT NULL, done_at BIGINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
         " COLLATE=utf8mb4_nopad_bin"});
}

Result<std::map<int, std::string>> AdoptionMarks::read()
{
    std::map<int, std::string> marks;
    auto tables = readDatabaseTables(m_connection.sql());
    if (!tables) return fail(tables);
    if (!tables->marked) return marks;
    auto done = forEachRow(m_connection.sql(), "SELECT number, note FROM adoption_steps", {},
                           [&](const SqlRows& row) -> Result<> {
                               marks.emplace(static_cast<int>(row.integer(0)), row.text(1));
                               return {};
                           });
    if (!done) return fail(done);
    return marks;
}

Result<> AdoptionMarks::set(int step, const std::string& name, const std::string& note)
{
    auto done = m_connection.sql().run("REPLACE INTO adoption_steps (number, name, note, done_at)"
                                       " VALUES (?, ?, ?, UNIX_TIMESTAMP() * 1000)",
                                       {step, name, note});
    if (!done) return fail(done);
    return {};
}

Result<> AdoptionMarks::forgetFrom(int step)
{
    auto done = m_connection.sql().run("DELETE FROM adoption_steps WHERE number >= ?", {step});
    if (!done) return fail(done);
    return {};
}

Result<std::map<std::string, std::string>> AdoptionMarks::decisions()
{
    std::map<std::string, std::string> decisions;
    auto done = forEachRow(m_connection.sql(), "SELECT about, choice FROM adoption_decisions", {},
                           [&](const SqlRows& row) -> Result<> {
                               decisions.emplace(row.text(0), row.text(1));
                               return {};
                           });
    if (!done) return fail(done);
    return decisions;
}

Result<> AdoptionMarks::setDecisions(const std::map<std::string, std::string>& decisions)
{
    return m_connection.write([&](SqlConnection& connection) -> Result<> {
        if (auto done = connection.run("DELETE FROM adoption_decisions"); !done) return fail(done);
        for (const auto& [about, choice] : decisions) {
            auto done = connection.run("INSERT INTO adoption_decisions (about, choice) VALUES (?, ?)", {about, choice});
            if (!done) return fail(done);
        }
        return {};
    });
}

Result<> AdoptionMarks::end()
{
    return m_connection.executeAll({"DROP TABLE IF EXISTS adoption_decisions", "DROP TABLE IF EXISTS adoption_steps"});
}

} // namespace iam::store::sql
