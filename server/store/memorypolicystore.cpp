// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorypolicystore.h"
#include "base/text.h"
#include "contract/codec.h"
#include <algorithm>
#include <set>

namespace iam::store {

namespace {

/// The oldest of that name, or nullptr.
contract::Policy* findPolicy(MemoryTables& tables, const std::string& owner, const std::string& name)
{
    for (auto& [id, row] : tables.policies) {
        if (text::equalIgnoringCase(row.metadata.name, name) && text::equalIgnoringCase(row.username, owner))
            return &row;
    }
    return nullptr;
}

/// What made each version of the policy, by number.
std::map<std::uint64_t, const contract::ChangeRecord*> versionsOf(const MemoryTables& tables, std::uint64_t id)
{
    std::map<std::uint64_t, const contract::ChangeRecord*> records;
    for (const contract::ChangeRecord& change : tables.changes) {
        if (change.kind == "policy" && change.objectId == id && change.action != "delete")
            records.emplace(change.objectVersion, &change);
    }
    return records;
}

} // namespace

Result<contract::Policy> MemoryPolicyStore::create(const contract::Policy& policy, const contract::Actor& actor,
                                                   TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    const MemoryTables::UserRow* user = m_tables.findUser(policy.username);
    if (!user) return fail(Code::UserNotFound, policy.username);
    const std::string& owner = user->user.metadata.name;
    const std::string& name = policy.metadata.name;
    if (findPolicy(m_tables, owner, name)) return fail(Code::PolicyAlreadyExist, owner + "/" + name);
    const std::uint64_t id = ++m_tables.lastPolicyId;
    contract::Policy row = policy;
    row.metadata = newMetadata(policy.metadata, "policy-", id, now);
    row.username = owner;
    m_tables.record({0, now, actor, "policy", "create", owner, name, {}, contract::encodePolicy(row), id, 1});
    return m_tables.policies.emplace(id, std::move(row)).first->second;
}

Result<contract::Policy> MemoryPolicyStore::find(const std::string& owner, const std::string& name)
{
    const std::lock_guard lock(m_tables.mutex);
    const contract::Policy* row = findPolicy(m_tables, owner, name);
    if (!row) return fail(Code::PolicyNotFound, owner + "/" + name);
    return *row;
}

Result<contract::ListPage<contract::Policy>> MemoryPolicyStore::list(const std::optional<std::string>& owner,
                                                                     const contract::ListQuery& query)
{
    const std::lock_guard lock(m_tables.mutex);
    return pageOf<contract::Policy>(
        m_tables.policies, query,
        [&](const contract::Policy& row) {
            return (!owner || text::equalIgnoringCase(row.username, *owner)) &&
                   (!query.nameContains || containsIgnoringCase(row.metadata.name, *query.nameContains));
        },
        [](const contract::Policy& row) { return row; });
}

Result<contract::Policy> MemoryPolicyStore::update(const contract::Policy& policy,
                                                   std::optional<std::uint64_t> expectedVersion,
                                                   const contract::Actor& actor, TimePoint now)
{
    return replace(policy, expectedVersion, "update", actor, now);
}

Result<contract::Policy> MemoryPolicyStore::rollBack(const contract::Policy& policy,
                                                     std::optional<std::uint64_t> expectedVersion,
                                                     const contract::Actor& actor, TimePoint now)
{
    return replace(policy, expectedVersion, "rollback", actor, now);
}

Result<contract::Policy> MemoryPolicyStore::replace(const contract::Policy& policy,
                                                    std::optional<std::uint64_t> expectedVersion, const char* action,
                                                    const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    contract::Policy* row = findPolicy(m_tables, policy.username, policy.metadata.name);
    if (!row) return fail(Code::PolicyNotFound, policy.username + "/" + policy.metadata.name);
    if (policy.metadata.id != 0 && policy.metadata.id != row->metadata.id)
        return fail(Code::ObjectChanged, row->metadata.name + " is another policy now");
    if (expectedVersion && *expectedVersion != row->metadata.version) {
        return fail(Code::ObjectChanged, policy.metadata.name);
    }
    const std::string before = contract::encodePolicy(*row);
    row->policy = policy.policy;
    renew(row->metadata, policy.metadata.extend, now);
    m_tables.record({0, now, actor, "policy", action, row->username, row->metadata.name, before,
                     contract::encodePolicy(*row), row->metadata.id, row->metadata.version});
    return *row;
}

Result<contract::PolicyHistory> MemoryPolicyStore::versions(const std::string& owner, const std::string& name,
                                                            const contract::ListQuery& query)
{
    const std::lock_guard lock(m_tables.mutex);
    const contract::Policy* row = findPolicy(m_tables, owner, name);
    if (!row) return fail(Code::PolicyNotFound, owner + "/" + name);
    const auto records = versionsOf(m_tables, row->metadata.id);
    return contract::PolicyHistory{
        row->metadata,
        pageOf<contract::PolicyVersion>(
            records, query, [](const contract::ChangeRecord*) { return true; },
            [](const contract::ChangeRecord* record) {
                return contract::PolicyVersion{record->objectVersion, record->time, record->actor, record->action};
            })};
}

Result<contract::Policy> MemoryPolicyStore::version(const std::string& owner, const std::string& name,
                                                    std::uint64_t number)
{
    const std::lock_guard lock(m_tables.mutex);
    const contract::Policy* row = findPolicy(m_tables, owner, name);
    if (!row) return fail(Code::PolicyNotFound, owner + "/" + name);
    const auto records = versionsOf(m_tables, row->metadata.id);
    const auto found = records.find(number);
    if (found == records.end()) return fail(Code::PolicyNotFound, name + " has no version " + std::to_string(number));
    auto policy = contract::decodePolicy(found->second->after);
    if (policy) policy->metadata.version = number;
    return policy;
}

Result<std::uint64_t> MemoryPolicyStore::remove(const std::string& owner, const std::vector<std::string>& names,
                                                const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    std::uint64_t removed = 0;
    for (const std::string& name : names) {
        while (const contract::Policy* row = findPolicy(m_tables, owner, name)) {
            m_tables.removePolicy(row->metadata.id, actor, now);
            ++removed;
        }
    }
    return removed;
}

Result<> MemoryPolicyStore::forEach(const std::optional<std::string>& owner,
                                    const std::function<void(const PolicyEntry&)>& visit)
{
    std::map<std::string, std::vector<PolicyEntry>> entries;
    {
        const std::lock_guard lock(m_tables.mutex);
        for (auto row = m_tables.policies.rbegin(); row != m_tables.policies.rend(); ++row) {
            if (owner && !text::equalIgnoringCase(row->second.username, *owner)) continue;
            entries[row->second.username].push_back({row->second, std::nullopt});
        }
    }
    for (const auto& [name, policies] : entries) {
        for (const PolicyEntry& entry : policies) visit(entry);
    }
    return {};
}

Result<> MemoryPolicyStore::forEachNamed(const std::string& owner, const std::vector<std::string>& names,
                                         const std::function<void(const PolicyEntry&)>& visit)
{
    return forEach(owner, [&](const PolicyEntry& entry) {
        const auto asked = [&](const std::string& name) {
            return text::equalIgnoringCase(name, entry.policy.metadata.name);
        };
        if (std::any_of(names.begin(), names.end(), asked)) visit(entry);
    });
}

Result<std::vector<std::string>> MemoryPolicyStore::owners()
{
    const std::lock_guard lock(m_tables.mutex);
    std::set<std::string> names;
    for (const auto& [id, policy] : m_tables.policies) names.insert(policy.username);
    return std::vector<std::string>(names.begin(), names.end());
}

} // namespace iam::store
