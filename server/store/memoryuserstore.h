// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorytables.h"
#include "store/userstore.h"

namespace iam::store {

class MemoryUserStore final : public UserStore {
public:
    explicit MemoryUserStore(MemoryTables& tables)
        : m_tables(tables)
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
    MemoryTables& m_tables;
};

} // namespace iam::store
