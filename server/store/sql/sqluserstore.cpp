// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqluserstore.h"
#include "contract/codec.h"
#include "store/sql/sqlpolicystore.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqlsecretstore.h"
#include "store/sql/sqlsessionstore.h"

namespace iam::store::sql {

namespace {

constexpr const char* userColumns = "r.id, r.instance_id, r.name, r.extend, r.created_at, r.updated_at, r.version,"
                                    " r.status, r.nickname, r.email, r.phone, r.is_admin, r.logined_at";
constexpr const char* accountColumns = "id, name, status, is_admin, tokens_valid_from, created_at, logined_at";
constexpr int accountColumnCount = 7;
constexpr const char* countAdministrators = "SELECT COUNT(*) FROM users WHERE status = 1 AND is_admin = 1";

struct UserRow {
    contract::User user;
    std::optional<std::string> fault;
};

std::optional<TimePoint> optionalTime(const SqlRows& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.time(column));
}

UserRow readUser(const SqlRows& row)
{
    UserRow read;
    read.user.metadata = readMetadata(row, "user-", read.fault);
    int column = metadataColumns;
    read.user.status = static_cast<int>(row.integer(column++));
    read.user.nickname = row.text(column++);
    read.user.email = row.text(column++);
    read.user.phone = row.text(column++);
    read.user.isAdmin = static_cast<int>(row.integer(column++));
    read.user.loginedAt = optionalTime(row, column);
    return read;
}

Account readAccount(const SqlRows& row)
{
    return {static_cast<std::uint64_t>(row.integer(0)),
            row.text(1),
            row.integer(2) == 1,
            row.integer(3) == 1,
            row.time(4),
            row.time(5),
            optionalTime(row, 6)};
}

/// Code::UserNotFound.
Result<UserRow> findUser(SqlConnection& connection, const std::string& name)
{
    auto row =
        firstRow(connection, std::string("SELECT ") + userColumns + " FROM users r WHERE r.name = ?", {name}, readUser);
    if (!row) return fail(row);
    if (!*row) return fail(Code::UserNotFound, name);
    return std::move(**row);
}

/// Runs `update`, whose last value is the id of `before`, and records it. Returns what is stored then.
Result<contract::User> changeUser(SqlConnection& connection, const contract::User& before, const char* action,
                                  const contract::Actor& actor, TimePoint now, std::string_view update,
                                  std::initializer_list<SqlValue> values)
{
    if (auto done = connection.run(update, values); !done) return fail(done);
    const std::string& name = before.metadata.name;
    auto after = findUser(connection, name);
    if (!after) return fail(after);
    auto recorded =
        recordChange(connection, {0, now, actor, "user", action, name, name, contract::encodeUser(before),
                                  contract::encodeUser(after->user), before.metadata.id, after->user.metadata.version});
    if (!recorded) return fail(recorded);
    return after->user;
}

/// The assignment that moves tokensValidFrom up to the `?`, and by one ms at least.
std::string moveTokensValidFrom(const SqlConnection& connection)
{
    return "tokens_valid_from = " + std::string(connection.dialect().greatest) + "(tokens_valid_from + 1, ?)";
}

} // namespace

Result<contract::User> SqlUserStore::create(const contract::User& user, const std::string& passwordHash,
                                            const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<contract::User> {
        const std::string& name = user.metadata.name;
        auto made =
            connection.run("INSERT INTO users (name, status, nickname, password_hash, email, phone, is_admin,"
                           " extend, logined_at, tokens_valid_from, created_at, updated_at, version)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                           {name, user.status, user.nickname, passwordHash, user.email, user.phone, user.isAdmin,
                            contract::writeJson(user.metadata.extend), user.loginedAt, now, now, now});
        if (!made) return connection.violatedConstraint() ? fail(Code::UserAlreadyExist, name) : fail(made);
        auto named = nameInstance(connection, "UPDATE users SET instance_id = ? WHERE id = ?", "user-", made->lastId);
        if (!named) return fail(named);
        auto stored = findUser(connection, name);
        if (!stored) return fail(stored);
        auto recorded = recordChange(
            connection,
            {0, now, actor, "user", "create", name, name, {}, contract::encodeUser(stored->user), made->lastId, 1});
        if (!recorded) return fail(recorded);
        return stored->user;
    });
}

Result<contract::User> SqlUserStore::find(const std::string& name)
{
    return m_database.read([&](SqlConnection& connection) -> Result<contract::User> {
        auto row = findUser(connection, name);
        if (!row) return fail(row);
        if (row->fault) return unreadable(row->user.metadata, *row->fault);
        return row->user;
    });
}

Result<contract::ListPage<contract::User>> SqlUserStore::list(const contract::ListQuery& query,
                                                              contract::WhichUsers which)
{
    ListSql list{
        "users r", std::string(userColumns) + ", (SELECT COUNT(*) FROM policies p WHERE p.owner_id = r.id)", {}, {}};
    if (which != contract::WhichUsers::All)
        list.conditions.emplace_back(which == contract::WhichUsers::Enabled ? "r.status = 1" : "r.status <> 1");
    list.restrictNames(query);
    return m_database.read([&](SqlConnection& connection) {
        return readPage<contract::User>(connection, list, query, [](const SqlRows& row) -> Result<contract::User> {
            UserRow read = readUser(row);
            if (read.fault) return unreadable(read.user.metadata, *read.fault);
            read.user.totalPolicy = row.integer(metadataColumns + 6);
            return std::move(read.user);
        });
    });
}

Result<contract::User> SqlUserStore::update(const contract::User& user, std::optional<std::uint64_t> expectedVersion,
                                            const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<contract::User> {
        auto before = findUser(connection, user.metadata.name);
        if (!before) return fail(before);
        const contract::Metadata& metadata = before->user.metadata;
        if (expectedVersion && *expectedVersion != metadata.version) return fail(Code::ObjectChanged, metadata.name);
        return changeUser(
            connection, before->user, "update", actor, now,
            "UPDATE users SET nickname = ?, email = ?, phone = ?, extend = ?, updated_at = ?,"
            " version = version + 1 WHERE id = ?",
            {user.nickname, user.email, user.phone, contract::writeJson(user.metadata.extend), now, metadata.id});
    });
}

Result<Credentials> SqlUserStore::credentials(const std::string& name)
{
    return m_database.read([&](SqlConnection& connection) -> Result<Credentials> {
        auto rows = connection.query(
            std::string("SELECT ") + accountColumns + ", password_hash FROM users WHERE name = ?", {name});
        if (!rows) return fail(rows);
        auto row = rows->next();
        if (!row) return fail(row);
        if (!*row) return fail(Code::UserNotFound, name);
        return Credentials{readAccount(*rows), rows->text(accountColumnCount)};
    });
}

Result<std::vector<Account>> SqlUserStore::accounts()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<Account>> {
        std::vector<Account> accounts;
        auto done = forEachRow(connection, std::string("SELECT ") + accountColumns + " FROM users ORDER BY id", {},
                               [&](const SqlRows& row) -> Result<> {
                                   accounts.push_back(readAccount(row));
                                   return {};
                               });
        if (!done) return fail(done);
        return accounts;
    });
}

Result<std::uint64_t> SqlUserStore::enabledAdministrators()
{
    return m_database.read([](SqlConnection& connection) { return countRows(connection, countAdministrators, {}); });
}

Result<> SqlUserStore::setPasswordHash(const std::string& name, const std::string& passwordHash,
                                       TimePoint tokensValidFrom, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto before = findUser(connection, name);
        if (!before) return fail(before);
        auto after = changeUser(connection, before->user, "change-password", actor, now,
                                "UPDATE users SET password_hash = ?, " + moveTokensValidFrom(connection) +
                                    ","
                                    " updated_at = ?, version = version + 1 WHERE id = ?",
                                {passwordHash, tokensValidFrom, now, before->user.metadata.id});
        if (!after) return fail(after);
        return {};
    });
}

Result<> SqlUserStore::replacePasswordHash(const std::string& name, const std::string& oldHash,
                                           const std::string& newHash)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto done = connection.run("UPDATE users SET password_hash = ? WHERE name = ? AND password_hash = ?",
                                   {newHash, name, oldHash});
        if (!done) return fail(done);
        return {};
    });
}

Result<contract::User> SqlUserStore::setEnabled(const std::string& name, bool enabled, const contract::Actor& actor,
                                                TimePoint now)
{
    return m_database.write(
        [&](SqlConnection& connection) { return setEnabled(connection, name, enabled, actor, now); });
}

Result<contract::User> SqlUserStore::setEnabled(SqlConnection& connection, const std::string& name, bool enabled,
                                                const contract::Actor& actor, TimePoint now)
{
    auto before = findUser(connection, name);
    if (!before) return fail(before);
    if (before->user.enabled() == enabled) return before->user;
    if (!enabled && before->user.administrator()) {
        const auto administrators = countRows(connection, countAdministrators, {});
        if (!administrators) return fail(administrators);
        if (*administrators == 1) return lastAdministrator();
    }
    return changeUser(connection, before->user, enabled ? "enable" : "disable", actor, now,
                      "UPDATE users SET status = ?, " + moveTokensValidFrom(connection) +
                          ", updated_at = ?, version = version + 1 WHERE id = ?",
                      {enabled, now, now, before->user.metadata.id});
}

Result<> SqlUserStore::endTokens(const std::string& name, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        const auto owner = findOwner(connection, name);
        if (!owner) return fail(owner);
        if (!*owner) return fail(Code::UserNotFound, name);
        auto done = connection.run("UPDATE users SET " + moveTokensValidFrom(connection) + " WHERE id = ?",
                                   {now, (*owner)->id});
        if (!done) return fail(done);
        return recordChange(connection,
                            {0, now, actor, "user", "end-sessions", (*owner)->name, (*owner)->name, {}, {}});
    });
}

Result<std::string> SqlUserStore::recordUnlock(const std::string& name, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::string> {
        const auto owner = findOwner(connection, name);
        if (!owner) return fail(owner);
        if (!*owner) return fail(Code::UserNotFound, name);
        auto recorded =
            recordChange(connection, {0, now, actor, "user", "unlock", (*owner)->name, (*owner)->name, {}, {}});
        if (!recorded) return fail(recorded);
        return (*owner)->name;
    });
}

Result<> SqlUserStore::touchLogin(const std::string& name, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto done = connection.run("UPDATE users SET logined_at = ? WHERE name = ?", {now, name});
        if (!done) return fail(done);
        return {};
    });
}

Result<std::vector<std::string>> SqlUserStore::remove(const std::vector<std::string>& names,
                                                      const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::vector<std::string>> {
        std::vector<std::string> removed;
        std::optional<std::string> administrator; // one of those that may have been the last
        for (const std::string& given : names) {
            auto row = findUser(connection, given);
            if (!row && row.error().code == Code::UserNotFound) continue;
            if (!row) return fail(row);
            const contract::Metadata& metadata = row->user.metadata;
            const Owner owner{static_cast<std::int64_t>(metadata.id), metadata.name};
            if (auto done = removePolicies(connection, owner, std::nullopt, actor, now); !done) return fail(done);
            if (auto done = removeSecrets(connection, owner, std::nullopt, actor, now); !done) return fail(done);
            if (auto done = removeSessions(connection, owner, actor, now); !done) return fail(done);
            auto recorded = recordChange(connection, {0,
                                                      now,
                                                      actor,
                                                      "user",
                                                      "delete",
                                                      owner.name,
                                                      owner.name,
                                                      contract::encodeUser(row->user),
                                                      {},
                                                      metadata.id,
                                                      metadata.version});
            if (!recorded) return fail(recorded);
            if (auto done = connection.run("DELETE FROM users WHERE id = ?", {owner.id}); !done) return fail(done);
            removed.push_back(owner.name);
            if (row->user.enabled() && row->user.administrator()) administrator = owner.name;
        }
        if (administrator) {
            const auto left = countRows(connection, countAdministrators, {});
            if (!left) return fail(left);
            if (*left == 0) return lastAdministratorRemoved(*administrator);
        }
        return removed;
    });
}

} // namespace iam::store::sql
