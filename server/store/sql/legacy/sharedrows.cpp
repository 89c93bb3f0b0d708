// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedrows.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "store/sql/legacy/sharednotes.h"
#include "store/sql/sqlrows.h"
#include <cstdio>

namespace iam::store::sql {

namespace {

// The old tables may have any character set. Texts beyond ASCII are bound as bytes (MariaDbEngine::toVariant): CONVERT
// says what they are.

constexpr const char* moveSharedTokens = "tokens_valid_from = GREATEST(tokens_valid_from + 1, ?)";

Result<> runShared(SqlConnection& connection, std::string_view sql, std::initializer_list<SqlValue> values)
{
    if (auto done = connection.run(sql, values); !done) return fail(done);
    return {};
}

bool goesBeyondBasic(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
}

/// Code::Validation with every text that the old tables have no room for.
Result<> checkTexts(std::initializer_list<std::pair<const char*, const std::string*>> texts)
{
    std::vector<FieldFault> faults;
    for (const auto& [field, text] : texts)
        if (goesBeyondBasic(*text))
            faults.push_back({field, "must not hold characters beyond U+FFFF while the database is shared with servers"
                                     " of the old system"});
    if (faults.empty()) return {};
    return fail(Code::Validation, "a text that the old tables cannot hold", std::move(faults));
}

Result<> checkUser(const contract::User& user)
{
    return checkTexts({{"nickname", &user.nickname}, {"email", &user.email}, {"phone", &user.phone}});
}

std::string extendOf(const contract::Metadata& metadata)
{
    return escapeBeyondBasic(contract::writeJson(metadata.extend));
}

std::string documentOf(const contract::Policy& policy)
{
    return escapeBeyondBasic(contract::encodePolicyDocument(policy.policy));
}

/// The row that was just made gets its instance id and its note. Returns its id.
Result<std::uint64_t> finishRow(SqlConnection& connection, ObjectKind kind, std::uint64_t id, const std::string& owner,
                                TimePoint now)
{
    const std::string table(sharedTable(kind).name);
    auto done = nameInstance(
        connection, "UPDATE `" + table + "` SET instanceID = ?, updatedAt = updatedAt WHERE id = ?", table + "-", id);
    if (done) done = SharedNotes::added(connection, kind, id, owner, now);
    if (!done) return fail(done);
    return id;
}

/// Runs the change of a row and notes its next version.
Result<> changeRow(SqlConnection& connection, ObjectKind kind, std::uint64_t id, std::string_view sql,
                   std::initializer_list<SqlValue> values)
{
    if (auto done = runShared(connection, sql, values); !done) return done;
    return SharedNotes::changed(connection, kind, id);
}

Result<> eraseRow(SqlConnection& connection, ObjectKind kind, std::uint64_t id)
{
    const std::string table(sharedTable(kind).name);
    if (auto done = runShared(connection, "DELETE FROM `" + table + "` WHERE id = ?", {id}); !done) return done;
    return SharedNotes::removed(connection, kind, id);
}

} // namespace

std::string escapeBeyondBasic(std::string_view json)
{
    std::string out;
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(json[at])); };
        if (byte(i) < 0xf0 || i + 3 >= json.size()) {
            out += json[i++];
            continue;
        }
        const unsigned rune =
            ((byte(i) & 7) << 18 | (byte(i + 1) & 63) << 12 | (byte(i + 2) & 63) << 6 | (byte(i + 3) & 63)) - 0x10000;
        char pair[16];
        std::snprintf(pair, sizeof pair, "\\u%04x\\u%04x", 0xd800 + (rune >> 10 & 0x3ff), 0xdc00 + (rune & 0x3ff));
        out += pair;
        i += 4;
    }
    return out;
}

Result<std::uint64_t> SharedUserRows::insert(SqlConnection& connection, const contract::User& user,
                                             const std::string& passwordHash, TimePoint now)
{
    if (auto good = checkUser(user); !good) return fail(good);
    const std::string& name = user.metadata.name;
    const std::string date = toLocalDateTime(now);
    auto made =
        connection.run("INSERT INTO `user` (name, status, nickname, password, email, phone, isAdmin,"
                       " extendShadow, loginedAt, createdAt, updatedAt) VALUES (?, ?, CONVERT(? USING utf8mb4), ?,"
                       " CONVERT(? USING utf8mb4), CONVERT(? USING utf8mb4), ?, CONVERT(? USING utf8mb4), ?, ?, ?)",
                       {name, user.status, user.nickname, passwordHash, user.email, user.phone, user.isAdmin,
                        extendOf(user.metadata), date, date, date});
    if (!made) return connection.violatedConstraint() ? fail(Code::UserAlreadyExist, name) : fail(made);
    return finishRow(connection, ObjectKind::User, made->lastId, name, now);
}

Result<> SharedUserRows::setProfile(SqlConnection& connection, std::uint64_t id, const contract::User& user,
                                    TimePoint now)
{
    if (auto good = checkUser(user); !good) return good;
    return changeRow(
        connection, ObjectKind::User, id,
        "UPDATE `user` SET nickname = CONVERT(? USING utf8mb4), email = CONVERT(? USING utf8mb4),"
        " phone = CONVERT(? USING utf8mb4), extendShadow = CONVERT(? USING utf8mb4), updatedAt = ? WHERE id = ?",
        {user.nickname, user.email, user.phone, extendOf(user.metadata), toLocalDateTime(now), id});
}

Result<> SharedUserRows::setPassword(SqlConnection& connection, std::uint64_t id, const std::string& passwordHash,
                                     TimePoint tokensValidFrom, TimePoint now)
{
    if (auto done = moveTokensValidFrom(connection, id, tokensValidFrom); !done) return done;
    return changeRow(connection, ObjectKind::User, id, "UPDATE `user` SET password = ?, updatedAt = ? WHERE id = ?",
                     {passwordHash, toLocalDateTime(now), id});
}

Result<> SharedUserRows::replacePassword(SqlConnection& connection, const std::string& name, const std::string& oldHash,
                                         const std::string& newHash)
{
    const auto owner = findOwner(connection, name);
    if (!owner) return fail(owner);
    if (!*owner) return {};
    const auto id = static_cast<std::uint64_t>((*owner)->id);
    auto done = runShared(connection,
                          "UPDATE `user` SET password = ?, updatedAt = updatedAt WHERE id = ? AND BINARY password = ?",
                          {newHash, id, oldHash});
    if (!done) return done;
    return SharedNotes::renewed(connection, ObjectKind::User, id);
}

Result<> SharedUserRows::setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now)
{
    if (auto done = moveTokensValidFrom(connection, id, now); !done) return done;
    return changeRow(connection, ObjectKind::User, id, "UPDATE `user` SET status = ?, updatedAt = ? WHERE id = ?",
                     {enabled, toLocalDateTime(now), id});
}

Result<> SharedUserRows::moveTokensValidFrom(SqlConnection& connection, std::uint64_t id, TimePoint from)
{
    return runShared(connection, std::string("UPDATE iamx_user_notes SET ") + moveSharedTokens + " WHERE id = ?",
                     {from, id});
}

Result<> SharedUserRows::setLogin(SqlConnection& connection, const std::string& name, TimePoint now)
{
    return runShared(connection, "UPDATE `user` SET loginedAt = ?, updatedAt = updatedAt WHERE name = ?",
                     {toLocalDateTime(now), name});
}

Result<> SharedUserRows::erase(SqlConnection& connection, std::uint64_t id)
{
    return eraseRow(connection, ObjectKind::User, id);
}

Result<std::uint64_t> SharedSecretRows::insert(SqlConnection& connection, const Owner& owner,
                                               const StoredSecret& secret, TimePoint now)
{
    const contract::Secret& given = secret.secret;
    if (auto good = checkTexts({{"description", &given.description}}); !good) return fail(good);
    const std::string date = toLocalDateTime(now);
    auto made = connection.run("INSERT INTO `secret` (name, username, secretID, secretKey, expires, description,"
                               " extendShadow, createdAt, updatedAt) VALUES (?, CONVERT(? USING utf8mb4), ?, ?, ?,"
                               " CONVERT(? USING utf8mb4), CONVERT(? USING utf8mb4), ?, ?)",
                               {given.metadata.name, owner.name, given.secretId, secret.sealedKey, given.expires,
                                given.description, extendOf(given.metadata), date, date});
    if (!made) return fail(made);
    return finishRow(connection, ObjectKind::Secret, made->lastId, owner.name, now);
}

Result<> SharedSecretRows::setFacts(SqlConnection& connection, std::uint64_t id, const contract::Secret& secret,
                                    TimePoint now)
{
    if (auto good = checkTexts({{"description", &secret.description}}); !good) return good;
    return changeRow(connection, ObjectKind::Secret, id,
                     "UPDATE `secret` SET expires = ?, description = CONVERT(? USING utf8mb4),"
                     " extendShadow = CONVERT(? USING utf8mb4), updatedAt = ? WHERE id = ?",
                     {secret.expires, secret.description, extendOf(secret.metadata), toLocalDateTime(now), id});
}

Result<> SharedSecretRows::setEnabled(SqlConnection&, std::uint64_t, bool, TimePoint)
{
    return fail(Code::Validation, "a secret of a shared database",
                {{"status", "must stay 1 while the database is shared with servers of the old system, which would go on"
                            " taking the key: remove the secret, or let it expire"}});
}

Result<> SharedSecretRows::setKeys(SqlConnection& connection, std::uint64_t id, const StoredSecret& secret,
                                   TimePoint now)
{
    const contract::SecretUse& use = secret.secret.lastUse;
    const std::optional<contract::PreviousKey>& previous = secret.secret.previous;
    const contract::PreviousKey& old = previous ? *previous : contract::PreviousKey();
    const auto text = [](bool there, const std::string& value) { return there ? SqlValue(value) : SqlValue(nullptr); };
    const bool hasUse = use.at.has_value();
    const bool hasOldUse = old.lastUse.at.has_value();
    auto noted = runShared(
        connection,
        "UPDATE iamx_secret_notes SET last_used_at = ?, last_used_address = ?, last_used_action = ?,"
        " previous_secret_id = ?, previous_key = ?, previous_expires = ?, previous_last_used_at = ?,"
        " previous_last_used_address = ?, previous_last_used_action = ? WHERE id = ?",
        {use.at, text(hasUse, use.address), text(hasUse, use.action), text(previous.has_value(), old.secretId),
         text(previous.has_value(), secret.previousSealedKey), previous ? SqlValue(old.expires) : SqlValue(nullptr),
         old.lastUse.at, text(hasOldUse, old.lastUse.address), text(hasOldUse, old.lastUse.action), id});
    if (!noted) return noted;
    return changeRow(connection, ObjectKind::Secret, id,
                     "UPDATE `secret` SET secretID = ?, secretKey = ?, updatedAt = ? WHERE id = ?",
                     {secret.secret.secretId, secret.sealedKey, toLocalDateTime(now), id});
}

Result<> SharedSecretRows::noteUse(SqlConnection& connection, const KeyUse& use)
{
    auto done = runShared(connection,
                          "UPDATE iamx_secret_notes n JOIN `secret` r ON r.id = n.id SET n.last_used_at = ?,"
                          " n.last_used_address = ?, n.last_used_action = ? WHERE r.secretID = ? AND"
                          " (n.last_used_at IS NULL OR n.last_used_at < ?)",
                          {use.at, use.address, use.action, use.secretId, use.at});
    if (!done) return done;
    return runShared(connection,
                     "UPDATE iamx_secret_notes SET previous_last_used_at = ?, previous_last_used_address = ?,"
                     " previous_last_used_action = ? WHERE previous_secret_id = ? AND"
                     " (previous_last_used_at IS NULL OR previous_last_used_at < ?)",
                     {use.at, use.address, use.action, use.secretId, use.at});
}

Result<std::uint64_t> SharedSecretRows::reseal(SqlConnection&, const Resealing&)
{
    return std::uint64_t{0};
}

Result<> SharedSecretRows::erase(SqlConnection& connection, std::uint64_t id)
{
    return eraseRow(connection, ObjectKind::Secret, id);
}

Result<std::uint64_t> SharedPolicyRows::insert(SqlConnection& connection, const Owner& owner,
                                               const contract::Policy& policy, TimePoint now)
{
    const std::string date = toLocalDateTime(now);
    auto made = connection.run(
        "INSERT INTO `policy` (name, username, policyShadow, extendShadow, createdAt, updatedAt)"
        " VALUES (?, CONVERT(? USING utf8mb4), CONVERT(? USING utf8mb4), CONVERT(? USING utf8mb4), ?, ?)",
        {policy.metadata.name, owner.name, documentOf(policy), extendOf(policy.metadata), date, date});
    if (!made) return fail(made);
    return finishRow(connection, ObjectKind::Policy, made->lastId, owner.name, now);
}

Result<> SharedPolicyRows::replace(SqlConnection& connection, std::uint64_t id, const contract::Policy& policy,
                                   TimePoint now)
{
    return changeRow(connection, ObjectKind::Policy, id,
                     "UPDATE `policy` SET policyShadow = CONVERT(? USING utf8mb4),"
                     " extendShadow = CONVERT(? USING utf8mb4), updatedAt = ? WHERE id = ?",
                     {documentOf(policy), extendOf(policy.metadata), toLocalDateTime(now), id});
}

Result<> SharedPolicyRows::erase(SqlConnection& connection, const contract::Metadata& metadata, TimePoint)
{
    return eraseRow(connection, ObjectKind::Policy, metadata.id);
}

} // namespace iam::store::sql
