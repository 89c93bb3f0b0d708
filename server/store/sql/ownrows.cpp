// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/ownrows.h"
#include "contract/codec.h"
#include "store/sql/sqlpolicyhistory.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

Result<> runOne(SqlConnection& connection, std::string_view sql, std::initializer_list<SqlValue> values)
{
    if (auto done = connection.run(sql, values); !done) return fail(done);
    return {};
}

/// The assignment that moves tokensValidFrom up to the `?`, and by one ms at least.
std::string moveTokens(const SqlConnection& connection)
{
    return "tokens_valid_from = " + std::string(connection.dialect().greatest) + "(tokens_valid_from + 1, ?)";
}

/// Gives the row that was just made its instance id, and returns its id.
Result<std::uint64_t> nameRow(SqlConnection& connection, std::string_view update, std::string_view prefix,
                              std::uint64_t id)
{
    if (auto done = nameInstance(connection, update, prefix, id); !done) return fail(done);
    return id;
}

} // namespace

Result<std::uint64_t> OwnUserRows::insert(SqlConnection& connection, const contract::User& user,
                                          const std::string& passwordHash, TimePoint now)
{
    const std::string& name = user.metadata.name;
    auto made = connection.run("INSERT INTO {users} (name, status, nickname, password_hash, email, phone, is_admin,"
                               " extend, logined_at, tokens_valid_from, created_at, updated_at, version)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                               {name, user.status, user.nickname, passwordHash, user.email, user.phone, user.isAdmin,
                                contract::writeJson(user.metadata.extend), user.loginedAt, now, now, now});
    if (!made) return connection.violatedConstraint() ? fail(Code::UserAlreadyExist, name) : fail(made);
    return nameRow(connection, "UPDATE {users} SET instance_id = ? WHERE id = ?", "user-", made->lastId);
}

Result<> OwnUserRows::setProfile(SqlConnection& connection, std::uint64_t id, const contract::User& user, TimePoint now)
{
    return runOne(
        connection,
        "UPDATE {users} SET nickname = ?, email = ?, phone = ?, extend = ?, updated_at = ?, version = version + 1"
        " WHERE id = ?",
        {user.nickname, user.email, user.phone, contract::writeJson(user.metadata.extend), now, id});
}

Result<> OwnUserRows::setPassword(SqlConnection& connection, std::uint64_t id, const std::string& passwordHash,
                                  TimePoint tokensValidFrom, TimePoint now)
{
    return runOne(connection,
                  "UPDATE {users} SET password_hash = ?, " + moveTokens(connection) +
                      ", updated_at = ?, version = version + 1 WHERE id = ?",
                  {passwordHash, tokensValidFrom, now, id});
}

Result<> OwnUserRows::replacePassword(SqlConnection& connection, const std::string& name, const std::string& oldHash,
                                      const std::string& newHash)
{
    return runOne(connection, "UPDATE {users} SET password_hash = ? WHERE name = ? AND password_hash = ?",
                  {newHash, name, oldHash});
}

Result<> OwnUserRows::setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now)
{
    return runOne(connection,
                  "UPDATE {users} SET status = ?, " + moveTokens(connection) +
                      ", updated_at = ?, version = version + 1 WHERE id = ?",
                  {enabled, now, now, id});
}

Result<> OwnUserRows::moveTokensValidFrom(SqlConnection& connection, std::uint64_t id, TimePoint from)
{
    return runOne(connection, "UPDATE {users} SET " + moveTokens(connection) + " WHERE id = ?", {from, id});
}

Result<> OwnUserRows::setLogin(SqlConnection& connection, const std::string& name, TimePoint now)
{
    return runOne(connection, "UPDATE {users} SET logined_at = ? WHERE name = ?", {now, name});
}

Result<> OwnUserRows::erase(SqlConnection& connection, std::uint64_t id)
{
    return runOne(connection, "DELETE FROM {users} WHERE id = ?", {id});
}

Result<std::uint64_t> OwnSecretRows::insert(SqlConnection& connection, const Owner& owner, const StoredSecret& secret,
                                            TimePoint now)
{
    const contract::Secret& given = secret.secret;
    auto made = connection.run("INSERT INTO {secrets} (owner_id, name, secret_id, sealed_key, expires, description,"
                               " extend, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                               {owner.id, given.metadata.name, given.secretId, secret.sealedKey, given.expires,
                                given.description, contract::writeJson(given.metadata.extend), now, now});
    if (!made) return fail(made);
    return nameRow(connection, "UPDATE {secrets} SET instance_id = ? WHERE id = ?", "secret-", made->lastId);
}

Result<> OwnSecretRows::setFacts(SqlConnection& connection, std::uint64_t id, const contract::Secret& secret,
                                 TimePoint now)
{
    return runOne(connection,
                  "UPDATE {secrets} SET expires = ?, description = ?, extend = ?, updated_at = ?, version = version + 1"
                  " WHERE id = ?",
                  {secret.expires, secret.description, contract::writeJson(secret.metadata.extend), now, id});
}

Result<> OwnSecretRows::setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now)
{
    return runOne(connection, "UPDATE {secrets} SET enabled = ?, updated_at = ?, version = version + 1 WHERE id = ?",
                  {enabled, now, id});
}

Result<> OwnSecretRows::setKeys(SqlConnection& connection, std::uint64_t id, const StoredSecret& secret, TimePoint now)
{
    const contract::SecretUse& use = secret.secret.lastUse;
    const std::optional<contract::PreviousKey>& previous = secret.secret.previous;
    const contract::PreviousKey& old = previous ? *previous : contract::PreviousKey();
    const auto text = [](bool there, const std::string& value) { return there ? SqlValue(value) : SqlValue(nullptr); };
    const bool hasUse = use.at.has_value();
    const bool hasOldUse = old.lastUse.at.has_value();
    return runOne(connection,
                  "UPDATE {secrets} SET secret_id = ?, sealed_key = ?, last_used_at = ?, last_used_address = ?,"
                  " last_used_action = ?, previous_secret_id = ?, previous_sealed_key = ?, previous_expires = ?,"
                  " previous_last_used_at = ?, previous_last_used_address = ?, previous_last_used_action = ?,"
                  " updated_at = ?, version = version + 1 WHERE id = ?",
                  {secret.secret.secretId, secret.sealedKey, use.at, text(hasUse, use.address),
                   text(hasUse, use.action), text(previous.has_value(), old.secretId),
                   text(previous.has_value(), secret.previousSealedKey),
                   previous ? SqlValue(old.expires) : SqlValue(nullptr), old.lastUse.at,
                   text(hasOldUse, old.lastUse.address), text(hasOldUse, old.lastUse.action), now, id});
}

Result<> OwnSecretRows::noteUse(SqlConnection& connection, const KeyUse& use)
{
    for (const std::string prefix : {"", "previous_"}) {
        const std::string at = prefix + "last_used_at";
        auto done = runOne(connection,
                           "UPDATE {secrets} SET " + at + " = ?, " + prefix + "last_used_address = ?, " + prefix +
                               "last_used_action = ? WHERE " + prefix + "secret_id = ? AND (" + at + " IS NULL OR " +
                               at + " < ?)",
                           {use.at, use.address, use.action, use.secretId, use.at});
        if (!done) return done;
    }
    return {};
}

Result<std::uint64_t> OwnSecretRows::reseal(SqlConnection& connection, const Resealing& key)
{
    std::uint64_t resealed = 0;
    for (const std::string prefix : {"", "previous_"}) {
        auto done = connection.run("UPDATE {secrets} SET " + prefix + "sealed_key = ? WHERE " + prefix +
                                       "secret_id = ? AND " + prefix + "sealed_key = ?",
                                   {key.after, key.secretId, key.before});
        if (!done) return fail(done);
        resealed += done->rows;
    }
    return resealed;
}

Result<> OwnSecretRows::erase(SqlConnection& connection, std::uint64_t id)
{
    return runOne(connection, "DELETE FROM {secrets} WHERE id = ?", {id});
}

Result<std::uint64_t> OwnPolicyRows::insert(SqlConnection& connection, const Owner& owner,
                                            const contract::Policy& policy, TimePoint now)
{
    auto made = connection.run("INSERT INTO {policies} (owner_id, name, document, extend, created_at, updated_at,"
                               " version) VALUES (?, ?, ?, ?, ?, ?, 1)",
                               {owner.id, policy.metadata.name, contract::encodePolicyDocument(policy.policy),
                                contract::writeJson(policy.metadata.extend), now, now});
    if (!made) return fail(made);
    return nameRow(connection, "UPDATE {policies} SET instance_id = ? WHERE id = ?", "policy-", made->lastId);
}

Result<> OwnPolicyRows::replace(SqlConnection& connection, std::uint64_t id, const contract::Policy& policy,
                                TimePoint now)
{
    return runOne(
        connection,
        "UPDATE {policies} SET document = ?, extend = ?, updated_at = ?, version = version + 1 WHERE id = ?",
        {contract::encodePolicyDocument(policy.policy), contract::writeJson(policy.metadata.extend), now, id});
}

Result<> OwnPolicyRows::erase(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now)
{
    if (auto kept = keepRemovedPolicy(connection, metadata, now); !kept) return kept;
    return runOne(connection, "DELETE FROM {policies} WHERE id = ?", {metadata.id});
}

} // namespace iam::store::sql
