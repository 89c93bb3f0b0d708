// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"
#include "store/userstore.h"

namespace iam::store::sql {

class SqlUserStore final : public UserStore {
public:
    explicit SqlUserStore(SqlDatabase& database)
        : m_database(database)
    {
    }

    Result<contract::User> create(const contract::User& user, const std::string& passwordHash,
                                  const contract::Actor& actor, TimePoint now) override;
    Result<contract::User> find(const std::string& name) override;
    Result<contract::ListPage<contract::User>> list(const contract::ListQuery& query,
                                                    contract::WhichUsers which) override;
    Result<contract::User> update(const contract::User& user, std::optional<std::uint64_t> expectedVersion,
                                  const contract::Actor& actor, TimePoint now) override;
    Result<Credentials> credentials(const std::string& name) override;
    Result<std::vector<Account>> accounts() override;
    Result<std::uint64_t> enabledAdministrators() override;
    Result<> setPasswordHash(const std::string& name, const std::string& passwordHash, TimePoint tokensValidFrom,
                             const contract::Actor& actor, TimePoint now) override;
    Result<> replacePasswordHash(const std::string& name, const std::string& oldHash,
                                 const std::string& newHash) override;
    Result<contract::User> setEnabled(const std::string& name, bool enabled, const contract::Actor& actor,
                                      TimePoint now) override;
    /// The same inside a write.
    static Result<contract::User> setEnabled(SqlConnection& connection, const std::string& name, bool enabled,
                                             const contract::Actor& actor, TimePoint now);
    Result<> endTokens(const std::string& name, const contract::Actor& actor, TimePoint now) override;
    Result<std::string> recordUnlock(const std::string& name, const contract::Actor& actor, TimePoint now) override;
    Result<> touchLogin(const std::string& name, TimePoint now) override;
    Result<std::vector<std::string>> remove(const std::vector<std::string>& names, const contract::Actor& actor,
                                            TimePoint now) override;

private:
    SqlDatabase& m_database;
};

} // namespace iam::store::sql
