// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

/// Revokes the token; keeps the later `until` when it was revoked already, and returns false then.
Result<bool> revokeToken(SqlConnection& connection, const RevokedToken& token)
{
    auto known = connection.run("UPDATE {revoked_tokens} SET until = " + std::string(connection.dialect().greatest) +
                                    "(until, ?) WHERE token_id = ?",
                                {token.until, token.tokenId});
    if (!known) return fail(known);
    if (known->rows > 0) return false;
    auto done = connection.run("INSERT INTO {revoked_tokens} (token_id, owner, until) VALUES (?, ?, ?)",
                               {token.tokenId, token.owner, token.until});
    if (!done) return fail(done);
    return true;
}

/// Ends the session and revokes its tokens, when it is there and, with an owner given, that owner's.
Result<bool> endOne(SqlConnection& connection, const std::optional<std::string>& owner, const std::string& id,
                    TimePoint until, const contract::Actor& actor, TimePoint now)
{
    std::string name;
    {
        auto rows = connection.query("SELECT u.name, s.expires_at FROM {sessions} s JOIN {users} u ON u.id = s.owner_id"
                                     " WHERE s.token_id = ? AND (? = 1 OR u.name = ?)",
                                     {id, !owner.has_value(), owner.value_or("")});
        if (!rows) return fail(rows);
        const auto row = rows->next();
        if (!row) return fail(row);
        if (!*row) return false;
        name = rows->text(0);
        until = std::max(until, rows->time(1));
    }
    if (auto done = connection.run("DELETE FROM {sessions} WHERE token_id = ?", {id}); !done) return fail(done);
    if (auto revoked = revokeToken(connection, {id, name, until}); !revoked) return fail(revoked);
    auto recorded = recordChange(connection, {0, now, actor, "session", "revoke", name, id, {}, {}});
    if (!recorded) return fail(recorded);
    return true;
}

} // namespace

Result<> removeSessions(SqlConnection& connection, const Owner& owner, const contract::Actor& actor, TimePoint now)
{
    std::vector<RevokedToken> tokens;
    auto read =
        forEachRow(connection, "SELECT token_id, expires_at FROM {sessions} WHERE owner_id = ? ORDER BY token_id",
                   {owner.id}, [&](const SqlRows& row) -> Result<> {
                       tokens.push_back({row.text(0), owner.name, row.time(1)});
                       return {};
                   });
    if (!read) return read;
    for (const RevokedToken& token : tokens) {
        if (auto done = revokeToken(connection, token); !done) return fail(done);
        auto recorded =
            recordChange(connection, {0, now, actor, "session", "revoke", owner.name, token.tokenId, {}, {}});
        if (!recorded) return recorded;
    }
    if (auto done = connection.run("DELETE FROM {sessions} WHERE owner_id = ?", {owner.id}); !done) return fail(done);
    return {};
}

Result<> SqlSessionStore::begin(const NewSession& session)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto done = connection.run("INSERT INTO {sessions} (token_id, owner_id, valid_from, created_at, expires_at,"
                                   " address, user_agent) SELECT ?, u.id, ?, ?, ?, ?, ? FROM {users} u WHERE u.id = ?",
                                   {session.id, session.tokensValidFrom, session.createdAt, session.expiresAt,
                                    session.address, session.userAgent, session.ownerId});
        if (!done) return fail(done);
        if (done->rows == 0) return fail(Code::UserNotFound);
        return {};
    });
}

Result<contract::ListPage<contract::Session>> SqlSessionStore::list(const std::optional<std::string>& owner,
                                                                    const contract::ListQuery& query, TimePoint now)
{
    ListSql list{"{sessions} r JOIN {users} u ON u.id = r.owner_id",
                 "r.token_id, u.name, r.created_at, r.expires_at, r.address, r.user_agent",
                 {"r.expires_at > ?", "u.status = 1", "r.valid_from >= u.tokens_valid_from"},
                 {now}};
    if (owner) {
        list.conditions.emplace_back("u.name = ?");
        list.values.emplace_back(*owner);
    }
    return m_database.read([&](SqlConnection& connection) {
        return readPage<contract::Session>(
            connection, list, query, [](const SqlRows& row) -> Result<contract::Session> {
                return contract::Session{row.text(0), row.text(1), row.time(2), row.time(3),
                                         row.text(4), row.text(5), false};
            });
    });
}

Result<std::uint64_t> SqlSessionStore::end(const std::optional<std::string>& owner, const std::vector<std::string>& ids,
                                           TimePoint until, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        std::uint64_t ended = 0;
        for (const std::string& id : ids) {
            const auto done = endOne(connection, owner, id, until, actor, now);
            if (!done) return fail(done);
            if (*done) ++ended;
        }
        return ended;
    });
}

Result<> SqlSessionStore::revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        if (auto done = connection.run("DELETE FROM {sessions} WHERE token_id = ?", {token.tokenId}); !done)
            return fail(done);
        const auto isNew = revokeToken(connection, token);
        if (!isNew) return fail(isNew);
        if (!*isNew) return {};
        return recordChange(connection, {0, now, actor, "session", "logout", token.owner, token.tokenId, {}, {}});
    });
}

Result<std::vector<RevokedToken>> SqlSessionStore::revoked()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<RevokedToken>> {
        std::vector<RevokedToken> tokens;
        auto done = forEachRow(connection, "SELECT token_id, owner, until FROM {revoked_tokens}", {},
                               [&](const SqlRows& row) -> Result<> {
                                   tokens.push_back({row.text(0), row.text(1), row.time(2)});
                                   return {};
                               });
        if (!done) return fail(done);
        return tokens;
    });
}

Result<std::uint64_t> SqlSessionStore::prune(TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        if (auto done = connection.run("DELETE FROM {sessions} WHERE expires_at <= ?", {now}); !done) return fail(done);
        auto done = connection.run("DELETE FROM {revoked_tokens} WHERE until <= ?", {now});
        if (!done) return fail(done);
        return done->rows;
    });
}

} // namespace iam::store::sql
