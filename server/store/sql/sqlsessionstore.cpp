// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

Result<> SqlSessionStore::revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto known = connection.run("UPDATE revoked_tokens SET until = " + std::string(connection.dialect().greatest) +
                                        "(until, ?) WHERE token_id = ?",
                                    {token.until, token.tokenId});
        if (!known) return fail(known);
        if (known->rows > 0) return {};
        auto done = connection.run("INSERT INTO revoked_tokens (token_id, owner, until) VALUES (?, ?, ?)",
                                   {token.tokenId, token.owner, token.until});
        if (!done) return fail(done);
        return recordChange(connection, {0, now, actor, "session", "logout", token.owner, token.tokenId, {}, {}});
    });
}

Result<std::vector<RevokedToken>> SqlSessionStore::revoked()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<RevokedToken>> {
        std::vector<RevokedToken> tokens;
        auto done = forEachRow(connection, "SELECT token_id, owner, until FROM revoked_tokens", {},
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
        auto done = connection.run("DELETE FROM revoked_tokens WHERE until <= ?", {now});
        if (!done) return fail(done);
        return done->rows;
    });
}

} // namespace iam::store::sql
