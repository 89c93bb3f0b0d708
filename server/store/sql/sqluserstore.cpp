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
constexpr const char* countAdministrators = "SELECT COUNT(*) FROM {users} WHERE status = 1 AND is_admin = 1";

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
    auto row = firstRow(connection, std::string("SELECT ") + userColumns + " FROM {users} r WHERE r.name = ?", {name},
                        readUser);
    if (!row) return fail(row);
    if (!*row || !isNamed((*row)->user.metadata.name, name)) return fail(Code::UserNotFound, name);
    return std::move(**row);
}

/// The user for a change; nobody else changes it meanwhile. Code::UserNotFound.
Result<contract::User> takeUser(SqlConnection& connection, const ObjectRows& rows, const std::string& name)
{
    if (auto taken = rows.take(connection, ObjectKind::User, name, name); !taken) return fail(taken);
    auto row = findUser(connection, name);
    if (!row) return fail(row);
    return std::move(row->user);
}

} // namespace

Result<contract::User> recordUserChange(SqlConnection& connection, std::uint64_t id, const char* action,
                                        const std::string& before, const contract::Actor& actor, TimePoint now)
{
    auto row =
        firstRow(connection, std::string("SELECT ") + userColumns + " FROM {users} r WHERE r.id = ?", {id}, readUser);
    if (!row) return fail(row);
    if (!*row) return fail(Code::Database, "a user vanished while it was written");
    contract::User& user = (*row)->user;
    const std::string& name = user.metadata.name;
    auto recorded = recordChange(connection, {0, now, actor, "user", action, name, name, before,
                                              contract::encodeUser(user), id, user.metadata.version});
    if (!recorded) return fail(recorded);
    return std::move(user);
}

Result<contract::User> setUserEnabled(SqlConnection& connection, const ObjectRows& rows, const std::string& name,
                                      bool enabled, const contract::Actor& actor, TimePoint now)
{
    auto before = takeUser(connection, rows, name);
    if (!before || before->enabled() == enabled) return before;
    if (!enabled && before->administrator()) {
        const auto administrators = countRows(connection, countAdministrators, {});
        if (!administrators) return fail(administrators);
        if (*administrators == 1) return lastAdministrator();
    }
    const std::uint64_t id = before->metadata.id;
    if (auto done = rows.users.setEnabled(connection, id, enabled, now); !done) return fail(done);
    return recordUserChange(connection, id, enabled ? "enable" : "disable", contract::encodeUser(*before), actor, now);
}

Result<contract::User> SqlUserStore::create(const contract::User& user, const std::string& passwordHash,
                                            const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<contract::User> {
        auto id = m_rows.users.insert(connection, user, passwordHash, now);
        if (!id) return fail(id);
        return recordUserChange(connection, *id, "create", {}, actor, now);
    });
}

Result<contract::User> SqlUserStore::find(const std::string& name)
{
    if (auto settled = m_rows.settle(ObjectKind::User, name, name); !settled) return fail(settled);
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
    ListSql list{"{users} r",
                 std::string(userColumns) + ", (SELECT COUNT(*) FROM {policies} p WHERE p.owner_id = r.id)",
                 {},
                 {}};
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
        auto before = takeUser(connection, m_rows, user.metadata.name);
        if (!before) return fail(before);
        const contract::Metadata& metadata = before->metadata;
        if (expectedVersion && *expectedVersion != metadata.version) return fail(Code::ObjectChanged, metadata.name);
        if (auto done = m_rows.users.setProfile(connection, metadata.id, user, now); !done) return fail(done);
        return recordUserChange(connection, metadata.id, "update", contract::encodeUser(*before), actor, now);
    });
}

Result<Credentials> SqlUserStore::credentials(const std::string& name)
{
    if (auto settled = m_rows.settle(ObjectKind::User, name, name); !settled) return fail(settled);
    return m_database.read([&](SqlConnection& connection) -> Result<Credentials> {
        auto rows = connection.query(
            std::string("SELECT ") + accountColumns + ", password_hash FROM {users} WHERE name = ?", {name});
        if (!rows) return fail(rows);
        auto row = rows->next();
        if (!row) return fail(row);
        if (!*row || !isNamed(rows->text(1), name)) return fail(Code::UserNotFound, name);
        return Credentials{readAccount(*rows), rows->text(accountColumnCount)};
    });
}

Result<std::vector<Account>> SqlUserStore::accounts()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<Account>> {
        std::vector<Account> accounts;
        auto done = forEachRow(connection, std::string("SELECT ") + accountColumns + " FROM {users} ORDER BY id", {},
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
        auto before = takeUser(connection, m_rows, name);
        if (!before) return fail(before);
        const std::uint64_t id = before->metadata.id;
        auto done = m_rows.users.setPassword(connection, id, passwordHash, tokensValidFrom, now);
        if (!done) return done;
        auto after = recordUserChange(connection, id, "change-password", contract::encodeUser(*before), actor, now);
        if (!after) return fail(after);
        return {};
    });
}

Result<> SqlUserStore::replacePasswordHash(const std::string& name, const std::string& oldHash,
                                           const std::string& newHash)
{
    return m_database.write(
        [&](SqlConnection& connection) { return m_rows.users.replacePassword(connection, name, oldHash, newHash); });
}

Result<contract::User> SqlUserStore::setEnabled(const std::string& name, bool enabled, const contract::Actor& actor,
                                                TimePoint now)
{
    return m_database.write(
        [&](SqlConnection& connection) { return setUserEnabled(connection, m_rows, name, enabled, actor, now); });
}

Result<> SqlUserStore::endTokens(const std::string& name, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        const auto owner = findOwner(connection, name);
        if (!owner) return fail(owner);
        if (!*owner) return fail(Code::UserNotFound, name);
        const auto id = static_cast<std::uint64_t>((*owner)->id);
        if (auto done = m_rows.users.moveTokensValidFrom(connection, id, now); !done) return done;
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
    return m_database.write([&](SqlConnection& connection) { return m_rows.users.setLogin(connection, name, now); });
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
            if (auto done = removePolicies(connection, m_rows.policies, owner, std::nullopt, actor, now); !done)
                return fail(done);
            if (auto done = removeSecrets(connection, m_rows.secrets, owner, std::nullopt, actor, now); !done)
                return fail(done);
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
            if (auto done = m_rows.users.erase(connection, metadata.id); !done) return fail(done);
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
