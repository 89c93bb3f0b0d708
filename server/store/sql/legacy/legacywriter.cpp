// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/legacywriter.h"
#include "store/sql/sqlrows.h"
#include <unordered_set>

namespace iam::store::sql {

namespace {

/// What the old form has: whole seconds. NULL stays NULL.
std::optional<std::int64_t> seconds(const std::optional<TimePoint>& time)
{
    if (!time) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count();
}

/// The old tables have no room for a row of ours: which one, and why.
tl::unexpected<Error> noRoom(SqlConnection& connection, const char* table, const AdoptedMetadata& metadata,
                             const Error& error)
{
    if (error.code == Code::StorageUnavailable) return tl::unexpected<Error>(error);
    std::string why = error.detail;
    if (connection.violatedConstraint())
        why = "another row there has its name or instanceID, perhaps one that was left out when the database was taken"
              " over: " +
              error.detail;
    return fail(Code::ObjectChanged, "the old tables cannot hold what was changed here since",
                {{std::string(table) + ' ' + std::to_string(metadata.id) + ' ' + metadata.name, why}});
}

/// Runs `update`, whose last value is the id, and if no row has that id, `insert`.
Result<> store(SqlConnection& connection, const char* table, const AdoptedMetadata& metadata, const std::string& update,
               std::vector<SqlValue> values, const std::string& insert, const std::vector<SqlValue>& newValues)
{
    values.emplace_back(metadata.id);
    auto done = connection.run(update + " WHERE id = ?", values);
    if (done && done->rows > 0) return {};
    if (done) done = connection.run(insert, newValues);
    if (!done) return noRoom(connection, table, metadata, done.error());
    if (done->rows > 0) return {};
    return fail(Code::Database, std::string(table) + ' ' + std::to_string(metadata.id) + " has no owner there");
}

// Texts beyond ASCII are bound as bytes: CONVERT says of which character set. The owner is found by its id: the old
// tables may have the name in a form that was not taken over.
#define IAM_TEXT "CONVERT(? USING utf8mb4)"

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedUser& user)
{
    const AdoptedMetadata& m = user.metadata;
    const std::string extend = m.extend.value_or("null");
    return store(connection, "user", m,
                 "UPDATE `" + tables.user +
                     "` SET status = ?, nickname = " IAM_TEXT ", password = " IAM_TEXT ", email = " IAM_TEXT
                     ", phone = " IAM_TEXT ", isAdmin = ?, extendShadow = " IAM_TEXT
                     ", loginedAt = FROM_UNIXTIME(?), updatedAt = FROM_UNIXTIME(?)",
                 {user.status, user.nickname, user.passwordHash, user.email, user.phone, user.isAdmin, extend,
                  seconds(user.loginedAt), seconds(m.updatedAt)},
                 "INSERT INTO `" + tables.user +
                     "` (id, instanceID, name, status, nickname, password, email, phone, isAdmin, extendShadow,"
                     " loginedAt, createdAt, updatedAt) VALUES (?, ?, ?, ?, " IAM_TEXT ", " IAM_TEXT ", " IAM_TEXT
                     ", " IAM_TEXT ", ?, " IAM_TEXT ", FROM_UNIXTIME(?), FROM_UNIXTIME(?), FROM_UNIXTIME(?))",
                 {m.id, m.instanceId, m.name, user.status, user.nickname, user.passwordHash, user.email, user.phone,
                  user.isAdmin, extend, seconds(user.loginedAt), seconds(m.createdAt), seconds(m.updatedAt)});
}

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedSecret& secret,
                     const SecretString& key)
{
    const AdoptedMetadata& m = secret.metadata;
    const std::string extend = m.extend.value_or("null");
    return store(
        connection, "secret", m,
        "UPDATE `" + tables.secret +
            "` SET name = ?, secretID = " IAM_TEXT ", secretKey = " IAM_TEXT ", expires = ?, description = " IAM_TEXT
            ", extendShadow = " IAM_TEXT ", updatedAt = FROM_UNIXTIME(?)",
        {m.name, secret.secretId, key.reveal(), secret.expires, secret.description, extend, seconds(m.updatedAt)},
        "INSERT INTO `" + tables.secret +
            "` (id, instanceID, name, username, secretID, secretKey, expires, description, extendShadow,"
            " createdAt, updatedAt) SELECT ?, ?, ?, u.name, " IAM_TEXT ", " IAM_TEXT ", ?, " IAM_TEXT ", " IAM_TEXT
            ", FROM_UNIXTIME(?), FROM_UNIXTIME(?) FROM `" +
            tables.user + "` u WHERE u.id = ?",
        {m.id, m.instanceId, m.name, secret.secretId, key.reveal(), secret.expires, secret.description, extend,
         seconds(m.createdAt), seconds(m.updatedAt), secret.ownerId});
}

Result<> storeLegacy(SqlConnection& connection, const LegacyTables& tables, const AdoptedPolicy& policy)
{
    const AdoptedMetadata& m = policy.metadata;
    const std::string extend = m.extend.value_or("null");
    return store(connection, "policy", m,
                 "UPDATE `" + tables.policy +
                     "` SET name = ?, policyShadow = " IAM_TEXT ", extendShadow = " IAM_TEXT
                     ", updatedAt = FROM_UNIXTIME(?)",
                 {m.name, policy.document, extend, seconds(m.updatedAt)},
                 "INSERT INTO `" + tables.policy +
                     "` (id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt)"
                     " SELECT ?, ?, ?, u.name, " IAM_TEXT ", " IAM_TEXT ", FROM_UNIXTIME(?), FROM_UNIXTIME(?) FROM `" +
                     tables.user + "` u WHERE u.id = ?",
                 {m.id, m.instanceId, m.name, policy.document, extend, seconds(m.createdAt), seconds(m.updatedAt),
                  policy.ownerId});
}

Result<> remove(SqlConnection& connection, const std::string& table, const std::vector<std::uint64_t>& ids)
{
    for (const std::uint64_t id : ids) {
        auto done = connection.run("DELETE FROM `" + table + "` WHERE id = ?", {id});
        if (!done) return fail(done);
    }
    return {};
}

/// The rows of a table that belong to the user.
Result<std::vector<std::uint64_t>> ownedRows(SqlConnection& connection, const LegacyTables& tables,
                                             const std::string& table, std::uint64_t ownerId)
{
    std::vector<std::uint64_t> ids;
    auto done = forEachRow(connection, "SELECT r.id FROM `" + table + "` r " + joinOwner(tables) + " WHERE u.id = ?",
                           {ownerId}, [&](const SqlRows& row) -> Result<> {
                               ids.push_back(static_cast<std::uint64_t>(row.integer(0)));
                               return {};
                           });
    if (!done) return fail(done);
    return ids;
}

/// What the trigger does where the table is in use.
Result<> noteRemoved(SqlConnection& connection, const LegacyTables& tables, const std::vector<std::uint64_t>& policies)
{
    const std::string columns = "id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt";
    for (const std::uint64_t policy : policies) {
        auto noted =
            connection.run("INSERT IGNORE INTO `" + tables.policyAudit + "` (" + columns + ", deletedAt) SELECT " +
                               columns + ", NOW() FROM `" + tables.policy + "` WHERE id = ?",
                           {policy});
        if (!noted) return fail(noted);
    }
    return {};
}

/// The user with all that the tables still have of it: what was left out of ours goes with its owner.
Result<> removeUsers(SqlConnection& connection, const LegacyTables& tables, const std::vector<std::uint64_t>& ids)
{
    for (const std::uint64_t id : ids) {
        auto policies = ownedRows(connection, tables, tables.policy, id);
        if (!policies) return fail(policies);
        if (!tables.policyAudit.empty())
            if (auto noted = noteRemoved(connection, tables, *policies); !noted) return noted;
        auto secrets = ownedRows(connection, tables, tables.secret, id);
        if (!secrets) return fail(secrets);
        if (auto done = remove(connection, tables.policy, *policies); !done) return done;
        if (auto done = remove(connection, tables.secret, *secrets); !done) return done;
    }
    return remove(connection, tables.user, ids);
}

/// The policies that were removed from ours, and what the old triggers noted in the table that stood in for theirs.
Result<std::uint64_t> addRemovedPolicies(SqlConnection& connection, const LegacyTables& tables,
                                         const std::function<std::string(const std::string&)>& escape)
{
    std::unordered_set<std::uint64_t> known;
    if (tables.policyAudit.empty()) return std::uint64_t{0};
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
            auto stored = connection.run(
                "INSERT INTO `" + tables.policyAudit +
                    "` (id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt, deletedAt)"
                    " VALUES (?, ?, ?, " IAM_TEXT ", " IAM_TEXT ", " IAM_TEXT
                    ", FROM_UNIXTIME(?), FROM_UNIXTIME(?), FROM_UNIXTIME(?))",
                {m.id, m.instanceId, m.name, row.username, escaped(row.policyShadow), escaped(m.extendShadow),
                 seconds(m.createdAt).value_or(1), seconds(m.updatedAt).value_or(1),
                 seconds(row.deletedAt).value_or(1)});
            if (!stored) return noRoom(connection, "policy_audit", {m.id, {}, m.name, {}, {}, {}}, stored.error());
            return {};
        });
    if (!done) return fail(done);
    return added;
}

#undef IAM_TEXT

constexpr const char* removeStandIns = "DROP TEMPORARY TABLE IF EXISTS secret, policy, policy_audit";

/// The triggers of the old tables name others as those are called when they are in use: while they are not, tables of
/// this connection alone stand in for them.
Result<> makeStandIns(AdoptionConnection& connection, const LegacyTables& tables)
{
    std::vector<std::string> statements{removeStandIns, "CREATE TEMPORARY TABLE secret LIKE `" + tables.secret + '`',
                                        "CREATE TEMPORARY TABLE policy LIKE `" + tables.policy + '`'};
    if (!tables.policyAudit.empty())
        statements.push_back("CREATE TEMPORARY TABLE policy_audit LIKE `" + tables.policyAudit + '`');
    return connection.executeAll(statements);
}

Result<std::uint64_t> writeAll(AdoptionConnection& connection, SqlConnection& sql, const LegacyTables& tables,
                               const LegacyChanges& changes)
{
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
    if (auto done = connection.execute(removeStandIns); !done) return fail(done);
    return addRemovedPolicies(sql, tables, changes.escape);
}

Result<> prepare(AdoptionConnection& connection, const LegacyTables& tables)
{
    if (auto done = mayWriteBehindFence(connection); !done) return done;
    return makeStandIns(connection, tables);
}

} // namespace

Result<std::uint64_t> writeLegacyChanges(AdoptionConnection& connection, const LegacyTables& tables,
                                         const LegacyChanges& changes)
{
    if (auto done = prepare(connection, tables); !done) return fail(done);
    return connection.write([&](SqlConnection& sql) { return writeAll(connection, sql, tables, changes); });
}

Result<> rehearseLegacyChanges(AdoptionConnection& connection, const LegacyTables& tables, const LegacyChanges& changes)
{
    for (const std::string& table : {tables.user, tables.secret, tables.policy, tables.policyAudit}) {
        if (table.empty()) continue;
        const auto facts = readTableFacts(connection.sql(), table);
        if (!facts) return fail(facts);
        if (facts->engine != "InnoDB") return {};
    }
    if (auto done = prepare(connection, tables); !done) return done;
    auto written = connection.rehearse([&](SqlConnection& sql) { return writeAll(connection, sql, tables, changes); });
    if (auto done = connection.execute(removeStandIns); !done) return done;
    if (!written) return fail(written);
    return {};
}

} // namespace iam::store::sql
