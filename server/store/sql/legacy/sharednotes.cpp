// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharednotes.h"
#include "base/timetext.h"
#include "store/sql/sqlpolicystore.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqlsecretstore.h"
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqluserstore.h"

namespace iam::store::sql {

namespace {

constexpr std::chrono::minutes ofLate{10};
constexpr std::uint64_t rowsAtOnce = 200; // the writer's turn is given back in between

/// "`policy` r LEFT JOIN iamx_policy_notes n ON n.id = r.id"
std::string joinNotes(const SharedTable& table)
{
    return "`" + std::string(table.name) + "` r LEFT JOIN " + std::string(table.notes) + " n ON n.id = r.id";
}

/// Whether row and note differ.
std::string differsFromNote(const SharedTable& table)
{
    return "(n.id IS NULL OR n.fingerprint <> " + std::string(table.fingerprint) + ")";
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

/// What the newest change record says that the object is; empty when none does.
Result<std::string> lastKnown(SqlConnection& connection, const SharedTable& table, std::uint64_t id)
{
    auto text = firstRow(connection,
                         "SELECT after_json FROM {changes} WHERE kind = ? AND object_id = ? ORDER BY id DESC LIMIT 1",
                         {std::string(table.name), id}, [](const SqlRows& row) { return row.text(0); });
    if (!text) return fail(text);
    return text->value_or(std::string());
}

Result<> recordNoted(SqlConnection& connection, ObjectKind kind, std::uint64_t id, const char* action,
                     const std::string& before, TimePoint now)
{
    const contract::Actor actor{legacyActor, {}, {}};
    if (kind == ObjectKind::Secret) return recordSecretChange(connection, id, action, before, actor, now);
    if (kind == ObjectKind::Policy) return recordPolicyChange(connection, id, action, before, actor, now);
    if (auto user = recordUserChange(connection, id, action, before, actor, now); !user) return fail(user);
    return {};
}

/// Who owns the row, in the spelling of the user's own row; nothing when there is no such user.
Result<std::optional<std::string>> ownerOfRow(SqlConnection& connection, const SharedTable& table, std::uint64_t id)
{
    return firstRow(connection,
                    "SELECT u.name FROM `" + std::string(table.name) + "` r JOIN `user` u ON u.name = r." +
                        std::string(table.owner) + " WHERE r.id = ?",
                    {id}, [](const SqlRows& row) { return row.text(0); });
}

/// What was done to a user that is noted.
Result<const char*> userAction(SqlConnection& connection, std::uint64_t id)
{
    auto action = firstRow(connection,
                           "SELECT n.enabled, COALESCE(r.status, 0) = 1, n.password_mark <> UNHEX(MD5(r.password))"
                           " FROM `user` r JOIN iamx_user_notes n ON n.id = r.id WHERE r.id = ?",
                           {id}, [](const SqlRows& row) {
                               const bool was = row.integer(0) != 0;
                               const bool is = row.integer(1) != 0;
                               if (was != is) return is ? "enable" : "disable";
                               return row.integer(2) != 0 ? "change-password" : "update";
                           });
    if (!action) return fail(action);
    return action->value_or("update");
}

Result<> runNoted(SqlConnection& connection, const std::string& sql, std::initializer_list<SqlValue> values)
{
    if (auto done = connection.run(sql, values); !done) return fail(done);
    return {};
}

/// Brings the note up to what the row says.
Result<> rewriteNote(SqlConnection& connection, const SharedTable& table, std::uint64_t id, int versions)
{
    std::string sql = "UPDATE " + std::string(table.notes) + " n JOIN `" + std::string(table.name) +
                      "` r ON r.id = n.id SET n.name = r.name, n.version = n.version + ?, n.fingerprint = " +
                      std::string(table.fingerprint);
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
    const std::string values = ") SELECT r.id, ?, r.name, 1, " + std::string(table.fingerprint);
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
        if (auto done = record(connection, kind, id); !done) return fail(done);
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

Result<std::uint64_t> SharedNotes::compare(const std::array<bool, 3>& kinds, Extent extent)
{
    std::uint64_t changes = 0;
    const auto recordFound = [&](ObjectKind kind, Result<Ids> (SharedNotes::*find)(ObjectKind)) -> Result<> {
        if (!kinds[static_cast<std::size_t>(kind)]) return {};
        for (;;) {
            const auto ids = (this->*find)(kind);
            if (!ids) return fail(ids);
            if (ids->empty()) return {};
            const auto done = recordAll(kind, *ids);
            if (!done) return fail(done);
            changes += *done;
            if (ids->size() < rowsAtOnce || *done == 0) return {};
        }
    };
    const auto recordRemovals = [&]() -> Result<> {
        for (const ObjectKind kind : {ObjectKind::Policy, ObjectKind::Secret, ObjectKind::User})
            if (auto done = recordFound(kind, &SharedNotes::findGone); !done) return done;
        return {};
    };
    // What is gone from its owner on, what is new to its owner first. As many rows may be new as are gone.
    if (auto done = recordRemovals(); !done) return fail(done);
    const auto find = extent == Extent::Whole ? &SharedNotes::findDifferent : &SharedNotes::findRecent;
    for (const ObjectKind kind : {ObjectKind::User, ObjectKind::Secret, ObjectKind::Policy})
        if (auto done = recordFound(kind, find); !done) return fail(done);
    if (auto done = recordRemovals(); !done) return fail(done);
    return changes;
}

Result<SharedNotes::Ids> SharedNotes::findDifferent(ObjectKind kind)
{
    const SharedTable& table = sharedTable(kind);
    return m_database.read([&](SqlConnection& connection) {
        return readRowIds(connection,
                          "SELECT r.id FROM " + joinNotes(table) + " WHERE " + differsFromNote(table) +
                              " ORDER BY r.id LIMIT ?",
                          {rowsAtOnce});
    });
}

Result<SharedNotes::Ids> SharedNotes::findRecent(ObjectKind kind)
{
    const SharedTable& table = sharedTable(kind);
    const std::string name = "`" + std::string(table.name) + "`";
    constexpr std::uint64_t most = 2 * rowsAtOnce;
    bool tooMany = false;
    // The old servers write their local time, the database's server the one of its own zone.
    auto different = m_database.read([&](SqlConnection& connection) -> Result<Ids> {
        auto ids = readRowIds(connection,
                              "SELECT id FROM " + name + " WHERE updatedAt >= LEAST(NOW() - INTERVAL " +
                                  std::to_string(ofLate.count()) +
                                  " MINUTE, ?) OR id > (SELECT COALESCE(MAX(id), 0)"
                                  " FROM " +
                                  std::string(table.notes) + ") LIMIT ?",
                              {toLocalDateTime(m_clock.now() - ofLate), most + 1});
        tooMany = ids && ids->size() > most;
        if (!ids || tooMany) return ids;
        Ids found;
        for (const std::uint64_t id : *ids) {
            const auto differs = countRows(
                connection,
                "SELECT COUNT(*) FROM " + joinNotes(table) + " WHERE r.id = ? AND " + differsFromNote(table), {id});
            if (!differs) return fail(differs);
            if (*differs > 0) found.push_back(id);
        }
        return found;
    });
    return tooMany ? findDifferent(kind) : different;
}

Result<SharedNotes::Ids> SharedNotes::findGone(ObjectKind kind)
{
    const SharedTable& table = sharedTable(kind);
    return m_database.read([&](SqlConnection& connection) -> Result<Ids> {
        // Counting is much quicker than looking for each.
        const auto noted = countRows(connection, "SELECT COUNT(*) FROM " + std::string(table.notes), {});
        if (!noted) return fail(noted);
        const auto there = countRows(connection, "SELECT COUNT(*) FROM `" + std::string(table.name) + "`", {});
        if (!there) return fail(there);
        if (*noted <= *there) return Ids();
        return readRowIds(connection,
                          "SELECT n.id FROM " + std::string(table.notes) + " n LEFT JOIN `" + std::string(table.name) +
                              "` r ON r.id = n.id WHERE r.id IS NULL ORDER BY n.id LIMIT ?",
                          {rowsAtOnce});
    });
}

Result<std::uint64_t> SharedNotes::recordAll(ObjectKind kind, const Ids& ids)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        std::uint64_t changes = 0;
        for (const std::uint64_t id : ids) {
            const auto done = record(connection, kind, id);
            if (!done) return fail(done);
            changes += *done ? 1 : 0;
        }
        return changes;
    });
}

Result<bool> SharedNotes::record(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    const SharedTable& table = sharedTable(kind);
    // From here on nobody else changes it.
    if (auto locked =
            readRowIds(connection, "SELECT id FROM `" + std::string(table.name) + "` WHERE id = ? FOR UPDATE", {id});
        !locked)
        return fail(locked);
    enum class State { Same, New, Different };
    auto state = firstRow(
        connection, "SELECT n.id IS NULL, " + differsFromNote(table) + " FROM " + joinNotes(table) + " WHERE r.id = ?",
        {id}, [](const SqlRows& row) {
            if (row.integer(0) != 0) return State::New;
            return row.integer(1) != 0 ? State::Different : State::Same;
        });
    if (!state) return fail(state);
    if (*state && **state == State::Same) return false;
    Result<> done = !*state                 ? recordGone(connection, kind, id)
                    : **state == State::New ? recordNew(connection, kind, id)
                                            : recordChanged(connection, kind, id);
    if (!done) return fail(done);
    return true;
}

Result<> SharedNotes::recordGone(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    const SharedTable& table = sharedTable(kind);
    struct Note {
        std::string owner;
        std::string name;
        std::uint64_t version;
    };
    auto note = firstRow(connection, "SELECT owner, name, version FROM " + std::string(table.notes) + " WHERE id = ?",
                         {id}, [](const SqlRows& row) {
                             return Note{row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2))};
                         });
    if (!note) return fail(note);
    if (!*note) return {}; // somebody else was quicker
    const contract::Actor actor{legacyActor, {}, {}};
    const TimePoint now = m_clock.now();
    if (kind == ObjectKind::User) {
        const Owner owner{static_cast<std::int64_t>(id), (*note)->name};
        if (auto done = removeSessions(connection, owner, actor, now); !done) return done;
    }
    auto before = lastKnown(connection, table, id);
    if (!before) return fail(before);
    auto recorded = recordChange(connection, {0,
                                              now,
                                              actor,
                                              std::string(table.name),
                                              "delete",
                                              (*note)->owner,
                                              (*note)->name,
                                              *before,
                                              {},
                                              id,
                                              (*note)->version});
    if (!recorded) return recorded;
    return removed(connection, kind, id);
}

Result<> SharedNotes::recordNew(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    const SharedTable& table = sharedTable(kind);
    auto owner = ownerOfRow(connection, table, id);
    if (!owner) return fail(owner);
    const TimePoint now = m_clock.now();
    auto made =
        firstRow(connection, "SELECT CAST(createdAt AS CHAR) FROM `" + std::string(table.name) + "` WHERE id = ?", {id},
                 [](const SqlRows& row) { return row.time(0); });
    if (!made) return fail(made);
    const TimePoint validFrom = std::min(made->value_or(now), now);
    if (auto done = added(connection, kind, id, owner->value_or(std::string()), validFrom); !done) return done;
    if (!*owner) return {}; // a row of nobody, as only a database without foreign keys can have it
    return recordNoted(connection, kind, id, "create", {}, now);
}

Result<> SharedNotes::recordChanged(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    const SharedTable& table = sharedTable(kind);
    const TimePoint now = m_clock.now();
    const char* action = "update";
    if (kind == ObjectKind::User) {
        const auto found = userAction(connection, id);
        if (!found) return fail(found);
        action = *found;
        if (std::string_view(action) != "update") {
            auto moved = runNoted(connection,
                                  "UPDATE iamx_user_notes SET tokens_valid_from = GREATEST(tokens_valid_from + 1, ?)"
                                  " WHERE id = ?",
                                  {now, id});
            if (!moved) return moved;
        }
    }
    auto owner = ownerOfRow(connection, table, id);
    if (!owner) return fail(owner);
    auto before = lastKnown(connection, table, id);
    if (!before) return fail(before);
    if (auto done = changed(connection, kind, id); !done) return done;
    if (!*owner) return {};
    return recordNoted(connection, kind, id, action, *before, now);
}

} // namespace iam::store::sql
