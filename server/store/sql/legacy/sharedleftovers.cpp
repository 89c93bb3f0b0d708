// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedleftovers.h"
#include "store/sql/sqlrows.h"
#include <algorithm>
#include <iterator>

namespace iam::store::sql {

namespace {

struct FormerKey {
    std::int64_t id;
    std::string secretId;
    std::string key;
};

constexpr const char* changeColumns = "id, time, actor, address, request_id, kind, action, owner, name, before_json,"
                                      " after_json, object_id, object_version";
constexpr const char* sessionColumns =
    "id, token_id, owner_id, valid_from, created_at, expires_at, address, user_agent";
constexpr const char* generationColumns = "number, fingerprint, sealed, created_at, active_from";

Result<> runAll(SqlConnection& connection, const std::vector<std::string>& statements)
{
    for (const std::string& statement : statements) {
        if (auto done = connection.run(statement); !done) return fail(done);
    }
    return {};
}

std::vector<std::string> carryingStatements(bool hasGenerations)
{
    const std::string changes = changeColumns;
    const std::string sessions = sessionColumns;
    const std::string generations = generationColumns;
    std::vector<std::string> statements{
        "DELETE FROM adoption_changes",
        "DELETE FROM adoption_revoked_tokens",
        "DELETE FROM adoption_sessions",
        "INSERT INTO adoption_changes (" + changes + ") SELECT " + changes + " FROM iamx_changes",
        "INSERT INTO adoption_revoked_tokens (token_id, owner, until) SELECT token_id, owner, until"
        " FROM iamx_revoked_tokens",
        "INSERT INTO adoption_sessions (" + sessions + ") SELECT " + sessions +
            " FROM iamx_sessions WHERE owner_id IN (SELECT id FROM adoption_users)",
        "UPDATE adoption_users u JOIN iamx_user_notes n ON n.id = u.id SET u.version = GREATEST(n.version, 1),"
        " u.tokens_valid_from = n.tokens_valid_from",
        "UPDATE adoption_policies p JOIN iamx_policy_notes n ON n.id = p.id SET p.version = GREATEST(n.version, 1)",
        "UPDATE adoption_secrets s JOIN iamx_secret_notes n ON n.id = s.id SET s.version = GREATEST(n.version, 1),"
        " s.last_used_at = n.last_used_at, s.last_used_address = n.last_used_address,"
        " s.last_used_action = n.last_used_action, s.previous_expires = n.previous_expires,"
        " s.previous_last_used_at = n.previous_last_used_at,"
        " s.previous_last_used_address = n.previous_last_used_address,"
        " s.previous_last_used_action = n.previous_last_used_action",
    };
    if (hasGenerations) {
        statements.emplace_back("DELETE FROM adoption_key_generations");
        statements.push_back("INSERT INTO adoption_key_generations (" + generations + ") SELECT " + generations +
                             " FROM iamx_key_generations");
    }
    return statements;
}

Result<std::vector<std::string>> readSharedNames(SqlConnection& connection, const char* type)
{
    std::vector<std::string> names;
    auto done = forEachRow(connection,
                           "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                           " AND table_type = ? AND LEFT(table_name, 5) = 'iamx_'",
                           {type}, [&](const SqlRows& row) -> Result<> {
                               names.push_back(row.text(0));
                               return {};
                           });
    if (!done) return fail(done);
    return names;
}

} // namespace

bool wasShared(const DatabaseTables& tables)
{
    const char* const made[] = {"iamx_user_notes", "iamx_changes", "iamx_revoked_tokens", "iamx_key_generations"};
    return std::all_of(std::begin(made), std::end(made), [&](const char* name) { return tables.names.contains(name); });
}

Result<std::vector<KeyGeneration>> readSharedGenerations(AdoptionConnection& connection, const DatabaseTables& tables)
{
    std::vector<KeyGeneration> generations;
    if (!wasShared(tables)) return generations;
    auto done = forEachRow(connection.sql(),
                           std::string("SELECT ") + generationColumns + " FROM iamx_key_generations ORDER BY number",
                           {}, [&](const SqlRows& row) -> Result<> {
                               generations.push_back({static_cast<std::uint64_t>(row.integer(0)), row.text(1),
                                                      row.text(2), row.time(3), row.time(4)});
                               return {};
                           });
    if (!done) return fail(done);
    return generations;
}

Result<>
carrySharedOver(AdoptionConnection& connection, const DatabaseTables& tables,
                const std::function<Result<std::string>(const SecretString& key, const std::string& secretId)>& seal)
{
    if (!wasShared(tables)) return {};
    const auto generations = readSharedGenerations(connection, tables);
    if (!generations) return fail(generations);
    return connection.write([&](SqlConnection& sql) -> Result<> {
        if (auto done = runAll(sql, carryingStatements(!generations->empty())); !done) return done;
        std::vector<FormerKey> keys;
        auto read = forEachRow(sql,
                               "SELECT id, previous_secret_id, previous_key FROM iamx_secret_notes"
                               " WHERE previous_secret_id IS NOT NULL",
                               {}, [&](const SqlRows& row) -> Result<> {
                                   keys.push_back({row.integer(0), row.text(1), row.text(2)});
                                   return {};
                               });
        if (!read) return read;
        for (const FormerKey& key : keys) {
            auto sealed = seal(SecretString(key.key), key.secretId);
            if (!sealed) return fail(sealed);
            auto done = sql.run("UPDATE adoption_secrets SET previous_secret_id = ?, previous_sealed_key = ?"
                                " WHERE id = ?",
                                {key.secretId, *sealed, key.id});
            if (!done) return fail(done);
        }
        return {};
    });
}

Result<std::map<std::uint64_t, std::string>> readSharedFormerKeys(SqlConnection& connection,
                                                                  const DatabaseTables& tables)
{
    std::map<std::uint64_t, std::string> keys;
    if (!wasShared(tables)) return keys;
    auto done = forEachRow(connection,
                           "SELECT id, previous_secret_id FROM iamx_secret_notes WHERE previous_secret_id IS NOT NULL",
                           {}, [&](const SqlRows& row) -> Result<> {
                               keys.emplace(static_cast<std::uint64_t>(row.integer(0)), row.text(1));
                               return {};
                           });
    if (!done) return fail(done);
    return keys;
}

Result<std::vector<std::uint64_t>> readUsersWithNewPasswords(SqlConnection& connection, const DatabaseTables& tables)
{
    // Versions count from the one that was taken over, and every further one is recorded with its number: where one of
    // them is missing because old records were removed, nobody knows what it was.
    const std::string base = wasShared(tables) ? "(SELECT id, GREATEST(version, 1) AS version FROM iamx_user_notes)"
                                               : "(SELECT id, 1 AS version FROM users)";
    std::vector<std::uint64_t> ids;
    auto done =
        forEachRow(connection,
                   "SELECT u.id FROM users u LEFT JOIN " + base +
                       " b ON b.id = u.id LEFT JOIN (SELECT c.object_id, COUNT(DISTINCT c.object_version) AS known,"
                       " SUM(c.action = 'change-password') AS passwords FROM changes c LEFT JOIN " +
                       base +
                       " d ON d.id = c.object_id WHERE c.kind = 'user' AND"
                       " c.object_version > COALESCE(d.version, 1) GROUP BY c.object_id) k ON k.object_id = u.id"
                       " WHERE u.version > COALESCE(b.version, 1) AND (COALESCE(k.known, 0) <"
                       " u.version - COALESCE(b.version, 1) OR k.passwords > 0) ORDER BY u.id",
                   {}, [&](const SqlRows& row) -> Result<> {
                       ids.push_back(static_cast<std::uint64_t>(row.integer(0)));
                       return {};
                   });
    if (!done) return fail(done);
    return ids;
}

Result<> dropSharedViews(AdoptionConnection& connection)
{
    auto names = readSharedNames(connection.sql(), "VIEW");
    if (!names) return fail(names);
    for (const std::string& name : *names) {
        if (auto done = connection.execute("DROP VIEW IF EXISTS `" + name + '`'); !done) return done;
    }
    return {};
}

Result<> letSharedViewsReturn(AdoptionConnection& connection, const DatabaseTables& tables)
{
    if (!tables.names.contains("iamx_schema_steps")) return {};
    return connection.execute("DELETE FROM iamx_schema_steps"); // each step bears being done again
}

Result<> dropSharedTables(AdoptionConnection& connection)
{
    if (auto dropped = dropSharedViews(connection); !dropped) return dropped;
    auto names = readSharedNames(connection.sql(), "BASE TABLE");
    if (!names) return fail(names);
    for (const std::string& name : *names) {
        if (auto done = connection.execute("DROP TABLE IF EXISTS `" + name + '`'); !done) return done;
    }
    return {};
}

} // namespace iam::store::sql
