// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharednotes.h"
#include "store/sql/legacy/foreignchange.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

constexpr std::uint64_t rowsAtOnce = 200; // the writer's turn is given back in between

/// "`policy` r LEFT JOIN iamx_policy_notes n ON n.id = r.id"
std::string joinNotes(const SharedTable& table)
{
    return "`" + std::string(table.name) + "` r LEFT JOIN " + std::string(table.notes) + " n ON n.id = r.id";
}

/// Whether row and note differ.
std::string differsFromNote(const SharedTable& table)
{
    return "(n.id IS NULL OR n.fingerprint <> " + table.fingerprint() + ")";
}

/// Rows by their name.
std::string byName(const SharedTable& table)
{
    return table.kind == ObjectKind::User ? " WHERE r.name = ?" : " WHERE r.username = ? AND r.name = ?";
}
std::vector<SqlValue> nameValues(ObjectKind kind, const std::string& owner, const std::string& name)
{
    if (kind == ObjectKind::User) return {name};
    return {owner, name};
}

Result<std::vector<std::uint64_t>> readRowIds(SqlConnection& connection, const std::string& sql,
                                              const std::vector<SqlValue>& values)
{
    std::vector<std::uint64_t> ids;
    auto done = forEachRow(connection, sql, values, [&](const SqlRows& row) -> Result<> {
        ids.push_back(static_cast<std::uint64_t>(row.integer(0)));
        return {};
    });
    if (!done) return fail(done);
    return ids;
}

/// Rows that are new or differ from their notes, by id, the first of them.
Result<std::vector<std::uint64_t>> findDifferent(SqlConnection& connection, const SharedTable& table, IdRange range)
{
    return readRowIds(connection,
                      "SELECT r.id FROM " + joinNotes(table) + " WHERE r.id BETWEEN ? AND ? AND " +
                          differsFromNote(table) + " ORDER BY r.id LIMIT ?",
                      {range.first, range.last, rowsAtOnce});
}

/// Notes without a row, likewise.
Result<std::vector<std::uint64_t>> findGone(SqlConnection& connection, const SharedTable& table, IdRange range)
{
    return readRowIds(connection,
                      "SELECT n.id FROM " + std::string(table.notes) + " n LEFT JOIN `" + std::string(table.name) +
                          "` r ON r.id = n.id WHERE n.id BETWEEN ? AND ? AND r.id IS NULL ORDER BY n.id LIMIT ?",
                      {range.first, range.last, rowsAtOnce});
}

Result<> runNoted(SqlConnection& connection, const std::string& sql, std::initializer_list<SqlValue> values)
{
    if (auto done = connection.run(sql, values); !done) return fail(done);
    return {};
}

/// Brings the note up to what the row says.
Result<> rewriteNote(SqlConnection& connection, const SharedTable& table, std::uint64_t id, int versions)
{
    std::string sql =
        "UPDATE " + std::string(table.notes) + " n JOIN `" + std::string(table.name) +
        "` r ON r.id = n.id SET n.name = r.name, n.version = n.version + ?, n.fingerprint = " + table.fingerprint();
    if (table.kind == ObjectKind::User)
        sql += ", n.owner = r.name, n.enabled = COALESCE(r.status, 0) = 1, n.password_mark = UNHEX(MD5(r.password))";
    return runNoted(connection, sql + " WHERE n.id = ?", {versions, id});
}

} // namespace

Result<> SharedNotes::added(SqlConnection& connection, ObjectKind kind, std::uint64_t id, const std::string& owner,
                            TimePoint tokensValidFrom)
{
    const SharedTable& table = sharedTable(kind);
    const std::string insert = "INSERT INTO " + std::string(table.notes) + " (id, owner, name, version, fingerprint";
    const std::string values = ") SELECT r.id, ?, r.name, 1, " + table.fingerprint();
    const std::string from = " FROM `" + std::string(table.name) + "` r WHERE r.id = ?";
    if (kind != ObjectKind::User) return runNoted(connection, insert + values + from, {owner, id});
    return runNoted(connection,
                    insert + ", enabled, password_mark, tokens_valid_from" + values +
                        ", COALESCE(r.status, 0) = 1, UNHEX(MD5(r.password)), ?" + from,
                    {owner, tokensValidFrom, id});
}

Result<> SharedNotes::changed(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    return rewriteNote(connection, sharedTable(kind), id, 1);
}

Result<> SharedNotes::renewed(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    return rewriteNote(connection, sharedTable(kind), id, 0);
}

Result<> SharedNotes::removed(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    return runNoted(connection, "DELETE FROM " + std::string(sharedTable(kind).notes) + " WHERE id = ?", {id});
}

Result<> SharedNotes::take(SqlConnection& connection, ObjectKind kind, const std::string& owner,
                           const std::string& name)
{
    const SharedTable& table = sharedTable(kind);
    const std::string locked = "SELECT r.id FROM `" + std::string(table.name) + "` r" + byName(table) + " FOR UPDATE";
    auto ids = readRowIds(connection, locked, nameValues(kind, owner, name));
    if (!ids) return fail(ids);
    for (const std::uint64_t id : *ids)
        if (auto done = recordForeignChange(connection, kind, id, m_clock.now()); !done) return fail(done);
    return {};
}

Result<> SharedNotes::settle(ObjectKind kind, const std::string& owner, const std::string& name)
{
    const SharedTable& table = sharedTable(kind);
    const auto different = m_database.read([&](SqlConnection& connection) {
        return countRows(connection,
                         "SELECT COUNT(*) FROM " + joinNotes(table) + byName(table) + " AND " + differsFromNote(table),
                         nameValues(kind, owner, name));
    });
    if (!different) return fail(different);
    if (*different == 0) return {};
    return m_database.write([&](SqlConnection& connection) { return take(connection, kind, owner, name); });
}

Result<std::uint64_t> SharedNotes::compare(const Ranges& ranges)
{
    std::uint64_t changes = 0;
    const auto recordFound = [&](ObjectKind kind, FindRows find) -> Result<> {
        for (const IdRange& range : ranges[static_cast<std::size_t>(kind)]) {
            auto done = recordRange(kind, range, find);
            if (!done) return fail(done);
            changes += *done;
        }
        return {};
    };
    // What is gone from its owner on, what is new to its owner first.
    for (const ObjectKind kind : {ObjectKind::Policy, ObjectKind::Secret, ObjectKind::User})
        if (auto done = recordFound(kind, findGone); !done) return fail(done);
    for (const ObjectKind kind : {ObjectKind::User, ObjectKind::Secret, ObjectKind::Policy})
        if (auto done = recordFound(kind, findDifferent); !done) return fail(done);
    return changes;
}

Result<std::uint64_t> SharedNotes::recordRange(ObjectKind kind, IdRange range, FindRows find)
{
    std::uint64_t changes = 0;
    for (;;) {
        const auto ids =
            m_database.read([&](SqlConnection& connection) { return find(connection, sharedTable(kind), range); });
        if (!ids) return fail(ids);
        if (ids->empty()) return changes;
        const auto done = recordAll(kind, *ids);
        if (!done) return done;
        changes += *done;
        if (ids->size() < rowsAtOnce) return changes;
        range.first = ids->back() + 1;
    }
}

Result<std::uint64_t> SharedNotes::recordAll(ObjectKind kind, const Ids& ids)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        std::uint64_t changes = 0;
        for (const std::uint64_t id : ids) {
            const auto done = recordForeignChange(connection, kind, id, m_clock.now());
            if (!done) return fail(done);
            changes += *done ? 1 : 0;
        }
        return changes;
    });
}

} // namespace iam::store::sql
