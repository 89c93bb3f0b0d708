// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorytables.h"
#include "store/policystore.h"

namespace iam::store {

class MemoryPolicyStore final : public PolicyStore {
public:
    explicit MemoryPolicyStore(MemoryTables& tables)
        : m_tables(tables)
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

    MemoryTables& m_tables;
};

} // namespace iam::store
