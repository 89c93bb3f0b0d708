// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/policyservice.h"
#include "authz/validate.h"
#include "contract/validation.h"

namespace iam::service {

PolicyService::PolicyService(store::Storage& storage, AccessDirectory& directory, const Clock& clock)
    : m_storage(storage)
    , m_directory(directory)
    , m_clock(clock)
{
}

Result<contract::Policy> PolicyService::create(const Caller& caller, const std::string& owner, std::string_view body)
{
    auto sent = contract::decodePolicy(body);
    if (!sent) return sent;
    std::vector<FieldFault> faults;
    if (auto complaint = contract::checkName(sent->metadata.name)) faults.push_back({"metadata.name", std::move(*complaint)});
    for (FieldFault& fault : authz::validatePolicy(sent->policy, "policy")) faults.push_back(std::move(fault));
    if (!faults.empty()) return fail(Code::Validation, "policy is not valid", std::move(faults));

    contract::Policy policy = std::move(*sent);
    policy.metadata.id = 0;
    policy.metadata.instanceId.clear();
    policy.username = owner;
    policy.policy.id = policy.metadata.name;
    auto stored = m_storage.policies().create(policy, caller.actor, m_clock.now());
    if (stored) m_directory.changed(Changed::Policies);
    return stored;
}

Result<contract::Policy> PolicyService::get(const std::string& owner, const std::string& name)
{
    return m_storage.policies().find(owner, name);
}

Result<contract::ListPage<contract::Policy>> PolicyService::list(const std::optional<std::string>& owner,
                                                                 const contract::ListQuery& query)
{
    return m_storage.policies().list(owner, query);
}

Result<contract::Policy> PolicyService::update(const Caller& caller, const std::string& owner, const std::string& name,
                                               std::string_view body, const Expectation& expected)
{
    auto sent = contract::decodePolicy(body);
    if (!sent) return sent;
    contract::Json extend = std::move(sent->metadata.extend);
    // Whether it exists comes first: an unknown policy is 404, whatever was sent for it.
    const auto current = m_storage.policies().find(owner, name);
    if (!current && current.error().code == Code::PolicyNotFound) return fail(current);
    if (auto faults = authz::validatePolicy(sent->policy, "policy"); !faults.empty())
        return fail(Code::Validation, "policy is not valid", std::move(faults));
    contract::Policy policy = std::move(*sent);
    policy.username = owner;
    policy.metadata = current ? current->metadata : contract::Metadata{}; // one that cannot be read is repaired
    if (!current) policy.metadata.name = name;
    policy.metadata.extend = std::move(extend);
    policy.policy.id = policy.metadata.name;
    auto stored = m_storage.policies().update(policy, expected.versionOf(policy.metadata), caller.actor, m_clock.now());
    if (stored) m_directory.changed(Changed::Policies);
    return stored;
}

Result<> PolicyService::remove(const Caller& caller, const std::string& owner, const std::vector<std::string>& names)
{
    const auto removed = m_storage.policies().remove(owner, names, caller.actor, m_clock.now());
    if (!removed) return fail(removed);
    if (*removed > 0) m_directory.changed(Changed::Policies);
    return {};
}

} // namespace iam::service
