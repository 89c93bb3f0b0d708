// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"
#include "store/userstore.h"

namespace iam::store::sql {

/// Writes the change record of the user `id`, as it stands there now, also when it cannot be read. Returns it.
Result<contract::User> recordUserChange(SqlConnection& connection, std::uint64_t id, const char* action,
                                        const std::string& before, const contract::Actor& actor, TimePoint now);

/// As UserStore::setEnabled(), inside a write.
Result<contract::User> setUserEnabled(SqlConnection& connection, const ObjectRows& rows, const std::string& name,
                                      bool enabled, const contract::Actor& actor, TimePoint now);

class SqlUserStore final : public UserStore {
public:
    SqlUserStore(SqlDatabase& database, const ObjectRows& rows)
        : m_database(database)
        , m_rows(rows)
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
    Result<> endTokens(const std::string& name, const contract::Actor& actor, TimePoint now) override;
    Result<std::string> recordUnlock(const std::string& name, const contract::Actor& actor, TimePoint now) override;
    Result<> touchLogin(const std::string& name, TimePoint now) override;
    Result<std::vector<std::string>> remove(const std::vector<std::string>& names, const contract::Actor& actor,
                                            TimePoint now) override;

private:
    SqlDatabase& m_database;
    const ObjectRows& m_rows;
};

} // namespace iam::store::sql
