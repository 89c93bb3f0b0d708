// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/legacywriter.h"
#include "store/sql/sqlrows.h"
#include <unordered_set>

namespace iam::store::sql {

namespace {

Result<> stored(Result<SqlDone> done)
{
    if (!done) return fail(done);
    return {};
}

/// What the old form has: whole seconds. NULL stays NULL.
std::optional<std::int64_t> seconds(const std::optional<TimePoint>& time)
{
    if (!time) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count();
}

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedUser& user)
{
    const AdoptedMetadata& m = user.metadata;
    return stored(connection.run(
        "INSERT INTO `" + tables.user +
            "` (id, instanceID, name, status, nickname, password, email, phone, isAdmin, extendShadow, loginedAt,"
            " createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FROM_UNIXTIME(?), FROM_UNIXTIME(?),"
            " FROM_UNIXTIME(?)) ON DUPLICATE KEY UPDATE status = VALUES(status), nickname = VALUES(nickname),"
            " password = VALUES(password), email = VALUES(email), phone = VALUES(phone), isAdmin = VALUES(isAdmin),"
            " extendShadow = VALUES(extendShadow), loginedAt = VALUES(loginedAt), updatedAt = VALUES(updatedAt)",
        {m.id, m.instanceId, m.name, user.status, user.nickname, user.passwordHash, user.email, user.phone,
         user.isAdmin, m.extend.value_or("null"), seconds(user.loginedAt), seconds(m.createdAt),
         seconds(m.updatedAt)}));
}

// The owner is found by its id: the old tables may have the name in a form that was not taken over.

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedSecret& secret,
                     const SecretString& key)
{
    const AdoptedMetadata& m = secret.metadata;
    return stored(connection.run(
        "INSERT INTO `" + tables.secret +
            "` (id, instanceID, name, username, secretID, secretKey, expires, description, extendShadow, createdAt,"
            " updatedAt) SELECT ?, ?, ?, u.name, ?, ?, ?, ?, ?, FROM_UNIXTIME(?), FROM_UNIXTIME(?) FROM `" +
            tables.user +
            "` u WHERE u.id = ? ON DUPLICATE KEY UPDATE name = VALUES(name), secretID = VALUES(secretID),"
            " secretKey = VALUES(secretKey), expires = VALUES(expires), description = VALUES(description),"
            " extendShadow = VALUES(extendShadow), updatedAt = VALUES(updatedAt)",
        {m.id, m.instanceId, m.name, secret.secretId, key.reveal(), secret.expires, secret.description,
         m.extend.value_or("null"), seconds(m.createdAt), seconds(m.updatedAt), secret.ownerId}));
}

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedPolicy& policy)
{
    const AdoptedMetadata& m = policy.metadata;
    return stored(connection.run(
        "INSERT INTO `" + tables.policy +
            "` (id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt)"
            " SELECT ?, ?, ?, u.name, ?, ?, FROM_UNIXTIME(?), FROM_UNIXTIME(?) FROM `" +
            tables.user +
            "` u WHERE u.id = ? ON DUPLICATE KEY UPDATE name = VALUES(name), policyShadow = VALUES(policyShadow),"
            " extendShadow = VALUES(extendShadow), updatedAt = VALUES(updatedAt)",
        {m.id, m.instanceId, m.name, policy.document, m.extend.value_or("null"), seconds(m.createdAt),
         seconds(m.updatedAt), policy.ownerId}));
}

Result<> remove(SqlConnection& connection, const std::string& table, const std::vector<std::uint64_t>& ids)
{
    for (const std::uint64_t id : ids) {
        auto done = connection.run("DELETE FROM `" + table + "` WHERE id = ?", {id});
        if (!done) return fail(done);
    }
    return {};
}

/// The user with all that the tables still have of it: what was left out of ours goes with its owner.
Result<> removeUsers(SqlConnection& connection, const LegacyTables& tables, const std::vector<std::uint64_t>& ids)
{
    for (const std::uint64_t id : ids) {
        auto noted =
            connection.run("INSERT IGNORE INTO `" + tables.policyAudit +
                               "` SELECT p.id, p.instanceID, p.name,"
                               " p.username, p.policyShadow, p.extendShadow, p.createdAt, p.updatedAt, NOW() FROM `" +
                               tables.policy + "` p JOIN `" + tables.user + "` u ON u.name = p.username WHERE u.id = ?",
                           {id});
        if (!noted) return fail(noted);
        for (const std::string& table : {tables.secret, tables.policy}) {
            auto done = connection.run("DELETE FROM `" + table + "` WHERE username = (SELECT name FROM `" +
                                           tables.user + "` WHERE id = ?)",
                                       {id});
            if (!done) return fail(done);
        }
    }
    return remove(connection, tables.user, ids);
}

/// The policies that were removed from ours, and what the old triggers noted in the table that stood in for theirs.
Result<std::uint64_t> addRemovedPolicies(SqlConnection& connection, const LegacyTables& tables,
                                         const std::function<std::string(const std::string&)>& escape)
{
    std::unordered_set<std::uint64_t> known;
    auto read =
        forEachRow(connection, "SELECT id FROM `" + tables.policyAudit + '`', {}, [&](const SqlRows& row) -> Result<> {
            known.insert(static_cast<std::uint64_t>(row.integer(0)));
            return {};
        });
    if (!read) return fail(read);
    const LegacyTables ours; // ours has the old name and form
    std::uint64_t added = 0;
    auto done =
        forEachLegacyRow(connection, ours, readLegacyRemovedPolicies, [&](const LegacyRemovedPolicy& row) -> Result<> {
            const LegacyMetadata& m = row.metadata;
            if (!known.insert(m.id).second) return {};
            ++added;
            const auto escaped = [&](const std::optional<std::string>& json) {
                return json ? std::optional(escape(*json)) : std::nullopt;
            };
            return stored(connection.run(
                "INSERT INTO `" + tables.policyAudit +
                    "` (id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt, deletedAt)"
                    " VALUES (?, ?, ?, ?, ?, ?, FROM_UNIXTIME(?), FROM_UNIXTIME(?), FROM_UNIXTIME(?))",
                {m.id, m.instanceId, m.name, row.username, escaped(row.policyShadow), escaped(m.extendShadow),
                 seconds(m.createdAt).value_or(1), seconds(m.updatedAt).value_or(1),
                 seconds(row.deletedAt).value_or(1)}));
        });
    if (!done) return fail(done);
    return added;
}

constexpr const char* standIns = "secret, policy, policy_audit";

/// The triggers of the old tables name others as those are called when they are in use: while they are not, tables of
/// this connection alone stand in for them.
Result<> makeStandIns(AdoptionConnection& connection, const LegacyTables& tables)
{
    return connection.executeAll({std::string("DROP TEMPORARY TABLE IF EXISTS ") + standIns,
                                  "CREATE TEMPORARY TABLE secret LIKE `" + tables.secret + '`',
                                  "CREATE TEMPORARY TABLE policy LIKE `" + tables.policy + '`',
                                  "CREATE TEMPORARY TABLE policy_audit LIKE `" + tables.policyAudit + '`'});
}

} // namespace

Result<std::uint64_t> writeLegacyChanges(AdoptionConnection& connection, const LegacyTables& tables,
                                         const LegacyChanges& changes)
{
    if (auto done = mayWriteBehindFence(connection); !done) return fail(done);
    if (auto done = makeStandIns(connection, tables); !done) return fail(done);
    return connection.write([&](SqlConnection& sql) -> Result<std::uint64_t> {
        if (auto done = remove(sql, tables.secret, changes.removedSecrets); !done) return fail(done);
        if (auto done = remove(sql, tables.policy, changes.removedPolicies); !done) return fail(done);
        if (auto done = removeUsers(sql, tables, changes.removedUsers); !done) return fail(done);
        for (const AdoptedUser& user : changes.users)
            if (auto done = storeLegacy(sql, tables, user); !done) return fail(done);
        for (const auto& [secret, key] : changes.secrets)
            if (auto done = storeLegacy(sql, tables, secret, key); !done) return fail(done);
        for (const AdoptedPolicy& policy : changes.policies)
            if (auto done = storeLegacy(sql, tables, policy); !done) return fail(done);
        // With its stand-in gone policy_audit is ours again.
        if (auto done = connection.execute(std::string("DROP TEMPORARY TABLE ") + standIns); !done) return fail(done);
        return addRemovedPolicies(sql, tables, changes.escape);
    });
}

} // namespace iam::store::sql
