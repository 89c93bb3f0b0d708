// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/foreignchange.h"
#include "store/sql/legacy/sharednotes.h"
#include "store/sql/sqlpolicystore.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqlsecretstore.h"
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqluserstore.h"

namespace iam::store::sql {

namespace {

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

Result<> recordGone(SqlConnection& connection, ObjectKind kind, std::uint64_t id, TimePoint now)
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
    return SharedNotes::removed(connection, kind, id);
}

Result<> recordNew(SqlConnection& connection, ObjectKind kind, std::uint64_t id, TimePoint now)
{
    const SharedTable& table = sharedTable(kind);
    auto owner = ownerOfRow(connection, table, id);
    if (!owner) return fail(owner);
    auto made =
        firstRow(connection, "SELECT CAST(createdAt AS CHAR) FROM `" + std::string(table.name) + "` WHERE id = ?", {id},
                 [](const SqlRows& row) { return row.time(0); });
    if (!made) return fail(made);
    const TimePoint validFrom = std::min(made->value_or(now), now);
    if (auto done = SharedNotes::added(connection, kind, id, owner->value_or(std::string()), validFrom); !done)
        return done;
    if (!*owner) return {}; // a row of nobody, as only a database without foreign keys can have it
    return recordNoted(connection, kind, id, "create", {}, now);
}

Result<> recordChanged(SqlConnection& connection, ObjectKind kind, std::uint64_t id, TimePoint now)
{
    const SharedTable& table = sharedTable(kind);
    const char* action = "update";
    if (kind == ObjectKind::User) {
        const auto found = userAction(connection, id);
        if (!found) return fail(found);
        action = *found;
        if (std::string_view(action) != "update") {
            auto moved = connection.run("UPDATE iamx_user_notes SET tokens_valid_from ="
                                        " GREATEST(tokens_valid_from + 1, ?) WHERE id = ?",
                                        {now, id});
            if (!moved) return fail(moved);
        }
    }
    auto owner = ownerOfRow(connection, table, id);
    if (!owner) return fail(owner);
    auto before = lastKnown(connection, table, id);
    if (!before) return fail(before);
    if (auto done = SharedNotes::changed(connection, kind, id); !done) return done;
    if (!*owner) return {};
    return recordNoted(connection, kind, id, action, *before, now);
}

} // namespace

Result<bool> recordForeignChange(SqlConnection& connection, ObjectKind kind, std::uint64_t id, TimePoint now)
{
    const SharedTable& table = sharedTable(kind);
    // From here on nobody else changes it.
    auto locked =
        countRows(connection, "SELECT id FROM `" + std::string(table.name) + "` WHERE id = ? FOR UPDATE", {id});
    if (!locked) return fail(locked);
    enum class State { Same, New, Different };
    auto state =
        firstRow(connection,
                 "SELECT n.id IS NULL, n.fingerprint <> " + table.fingerprint() + " FROM `" + std::string(table.name) +
                     "` r LEFT JOIN " + std::string(table.notes) + " n ON n.id = r.id WHERE r.id = ?",
                 {id}, [](const SqlRows& row) {
                     if (row.integer(0) != 0) return State::New;
                     return row.integer(1) != 0 ? State::Different : State::Same;
                 });
    if (!state) return fail(state);
    if (*state && **state == State::Same) return false;
    Result<> done = !*state                 ? recordGone(connection, kind, id, now)
                    : **state == State::New ? recordNew(connection, kind, id, now)
                                            : recordChanged(connection, kind, id, now);
    if (!done) return fail(done);
    return true;
}

} // namespace iam::store::sql
