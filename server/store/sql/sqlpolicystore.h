// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/policystore.h"
#include "store/sql/objectrows.h"

namespace iam::store::sql {

struct Owner;

/// Removes the policies of `owner` with that name, or all of them, and records each. Returns how many.
Result<std::uint64_t> removePolicies(SqlConnection& connection, PolicyRows& rows, const Owner& owner,
                                     const std::optional<std::string>& name, const contract::Actor& actor,
                                     TimePoint now);

/// Writes the change record of the policy `id`, as it stands there now, also when it cannot be read.
Result<> recordPolicyChange(SqlConnection& connection, std::uint64_t id, const char* action, const std::string& before,
                            const contract::Actor& actor, TimePoint now);

class SqlPolicyStore final : public PolicyStore {
public:
    SqlPolicyStore(SqlDatabase& database, const ObjectRows& rows)
        : m_database(database)
        , m_rows(rows)
    {
    }

    Result<contract::Policy> create(const contract::Policy& policy, const contract::Actor& actor,
                                    TimePoint now) override;
    Result<contract::Policy> find(const std::string& owner, const std::string& name) override;
    Result<contract::ListPage<contract::Policy>> list(const std::optional<std::string>& owner,
                                                      const contract::ListQuery& query) override;
    Result<contract::Policy> update(const contract::Policy& policy, std::optional<std::uint64_t> expectedVersion,
                                    const contract::Actor& actor, TimePoint now) override;
    Result<contract::Policy> rollBack(const contract::Policy& policy, std::optional<std::uint64_t> expectedVersion,
                                      const contract::Actor& actor, TimePoint now) override;
    Result<contract::PolicyHistory> versions(const std::string& owner, const std::string& name,
                                             const contract::ListQuery& query) override;
    Result<contract::Policy> version(const std::string& owner, const std::string& name, std::uint64_t number) override;
    Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                 const contract::Actor& actor, TimePoint now) override;
    Result<> forEach(const std::optional<std::string>& owner,
                     const std::function<void(const PolicyEntry&)>& visit) override;
    Result<> forEachNamed(const std::string& owner, const std::vector<std::string>& names,
                          const std::function<void(const PolicyEntry&)>& visit) override;
    Result<std::vector<std::string>> owners() override;

private:
    Result<contract::Policy> replace(const contract::Policy& policy, std::optional<std::uint64_t> expectedVersion,
                                     const char* action, const contract::Actor& actor, TimePoint now);

    SqlDatabase& m_database;
    const ObjectRows& m_rows;
};

} // namespace iam::store::sql
