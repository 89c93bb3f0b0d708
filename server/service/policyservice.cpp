// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/policyservice.h"
#include "authz/validate.h"
#include "contract/validation.h"
#include <algorithm>

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
    if (auto complaint = contract::checkName(sent->metadata.name))
        faults.push_back({"metadata.name", std::move(*complaint)});
    for (FieldFault& fault : authz::validatePolicy(sent->policy, "policy")) faults.push_back(std::move(fault));
    if (!faults.empty()) return fail(Code::Validation, "policy is not valid", std::move(faults));

    contract::Policy policy = std::move(*sent);
    policy.metadata.id = 0;
    policy.metadata.instanceId.clear();
    policy.username = owner;
    policy.policy.id = policy.metadata.name;
    return inForce(m_storage.policies().create(policy, caller.actor, m_clock.now()));
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
    const auto version = expected.versionOf(policy.metadata);
    if (!version) policy.metadata.id = 0; // whichever has the name
    return inForce(m_storage.policies().update(policy, version, caller.actor, m_clock.now()));
}

Result<contract::PolicyHistory> PolicyService::versions(const std::string& owner, const std::string& name,
                                                        const contract::ListQuery& query)
{
    return m_storage.policies().versions(owner, name, query);
}

Result<contract::Policy> PolicyService::version(const std::string& owner, const std::string& name, std::uint64_t number)
{
    return m_storage.policies().version(owner, name, number);
}

Result<contract::PolicyDiff> PolicyService::diff(const std::string& owner, const std::string& name,
                                                 std::optional<std::uint64_t> from, std::optional<std::uint64_t> to)
{
    store::PolicyStore& policies = m_storage.policies();
    auto history = policies.versions(owner, name, {.limit = std::nullopt});
    if (!history) return fail(history);
    contract::PolicyDiff diff{std::move(history->metadata), 0, 0, {}};
    diff.to = to.value_or(diff.metadata.version);
    diff.from = from.value_or(diff.to);
    if (!from) {
        const auto& known = history->versions.items;
        const auto previous = std::find_if(known.begin(), known.end(), [&](const contract::PolicyVersion& version) {
            return version.number < diff.to;
        });
        if (previous != known.end()) diff.from = previous->number;
    }
    const auto before = policies.version(owner, name, diff.from);
    if (!before) return fail(before);
    const auto after = policies.version(owner, name, diff.to);
    if (!after) return fail(after);
    diff.patch = contract::policyPatch(*before, *after);
    return diff;
}

Result<contract::Policy> PolicyService::rollBack(const Caller& caller, const std::string& owner,
                                                 const std::string& name, std::string_view body,
                                                 const Expectation& expected)
{
    const auto number = contract::decodeRollback(body);
    if (!number) return fail(number);
    store::PolicyStore& policies = m_storage.policies();
    const auto history = policies.versions(owner, name, {.limit = 1});
    if (!history) return fail(history);
    auto former = policies.version(owner, name, *number);
    if (!former) return former;
    if (auto faults = authz::validatePolicy(former->policy, "policy"); !faults.empty())
        return fail(Code::Validation, "the version is not valid any more", std::move(faults));
    contract::Policy policy = std::move(*former);
    contract::Json extend = std::move(policy.metadata.extend);
    policy.metadata = history->metadata; // with the id: the store refuses when another policy has the name by then
    policy.metadata.extend = std::move(extend);
    policy.username = owner;
    policy.policy.id = policy.metadata.name;
    const auto version = expected.versionOf(policy.metadata);
    return inForce(policies.rollBack(policy, version, caller.actor, m_clock.now()));
}

Result<> PolicyService::remove(const Caller& caller, const std::string& owner, const std::vector<std::string>& names)
{
    const auto removed = m_storage.policies().remove(owner, names, caller.actor, m_clock.now());
    if (!removed) return fail(removed);
    if (*removed > 0) m_directory.changed(Changed::Policies);
    return {};
}

Result<contract::Policy> PolicyService::inForce(Result<contract::Policy> stored)
{
    if (stored) m_directory.changed(Changed::Policies);
    return stored;
}

} // namespace iam::service
