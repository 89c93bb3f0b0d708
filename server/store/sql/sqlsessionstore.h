// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sessionstore.h"
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

struct Owner;

/// Ends the sessions of `owner`, revokes their tokens until their end and records each.
Result<> removeSessions(SqlConnection& connection, const Owner& owner, const contract::Actor& actor, TimePoint now);

class SqlSessionStore final : public SessionStore {
public:
    explicit SqlSessionStore(SqlDatabase& database)
        : m_database(database)
    {
    }

    Result<> begin(const NewSession& session) override;
    Result<contract::ListPage<contract::Session>> list(const std::optional<std::string>& owner,
                                                       const contract::ListQuery& query, TimePoint now) override;
    Result<std::uint64_t> end(const std::optional<std::string>& owner, const std::vector<std::string>& ids,
                              TimePoint until, const contract::Actor& actor, TimePoint now) override;
    Result<> revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now) override;
    Result<std::vector<RevokedToken>> revoked() override;
    Result<std::uint64_t> prune(TimePoint now) override;

private:
    SqlDatabase& m_database;
};

} // namespace iam::store::sql
