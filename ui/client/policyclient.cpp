// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/policyclient.h"
#include "client/requests.h"

namespace iam::client {

using contract::ListPage;
using contract::Policy;
using contract::PolicyDiff;
using contract::PolicyVersion;

namespace {

ApiRequest policyRequest(std::string method, const OwnedName& name, const std::string& part = {})
{
    ApiRequest request{.method = std::move(method), .path = "/v1/policies/" + encodeSegment(name.name) + part};
    addOwner(request.query, name.owner);
    return request;
}

Result<Versioned<Policy>> readPolicy(const ApiAnswer& answer)
{
    auto policy = decoded(contract::decodePolicy(answer.body));
    if (!policy) return fail(policy);
    return Versioned<Policy>{std::move(*policy), answer.etag};
}

} // namespace

Reply<ListPage<Policy>> PolicyClient::list(const contract::ListQuery& query,
                                           const std::optional<std::string>& owner) const
{
    ApiRequest request{.path = "/v1/policies", .query = listParameters(query)};
    addOwner(request.query, owner);
    return m_api->call<ListPage<Policy>>(
        std::move(request), [](const ApiAnswer& answer) { return decoded(contract::decodePolicyList(answer.body)); });
}

Reply<Versioned<Policy>> PolicyClient::get(const OwnedName& name) const
{
    return m_api->call<Versioned<Policy>>(policyRequest("GET", name), readPolicy);
}

Reply<Policy> PolicyClient::create(const Policy& policy) const
{
    ApiRequest request{.method = "POST", .path = "/v1/policies", .body = SecretString(contract::encodePolicy(policy))};
    if (!policy.username.empty()) addOwner(request.query, policy.username);
    return m_api->call<Policy>(std::move(request),
                               [](const ApiAnswer& answer) { return decoded(contract::decodePolicy(answer.body)); });
}

Reply<Versioned<Policy>> PolicyClient::update(const Policy& policy, const std::string& etag) const
{
    OwnedName name{.owner = {}, .name = policy.metadata.name};
    if (!policy.username.empty()) name.owner = policy.username;
    ApiRequest request = policyRequest("PUT", name);
    request.body = SecretString(contract::encodePolicy(policy));
    if (!etag.empty()) request.ifMatch = etag;
    return m_api->call<Versioned<Policy>>(std::move(request), readPolicy);
}

Reply<Versioned<ListPage<PolicyVersion>>> PolicyClient::versions(const OwnedName& name,
                                                                 const contract::ListQuery& query) const
{
    ApiRequest request = policyRequest("GET", name, "/versions");
    for (auto& parameter : listParameters(query)) request.query.push_back(std::move(parameter));
    using Versions = Versioned<ListPage<PolicyVersion>>;
    return m_api->call<Versions>(std::move(request), [](const ApiAnswer& answer) -> Result<Versions> {
        auto page = decoded(contract::decodePolicyVersions(answer.body));
        if (!page) return fail(page);
        return Versions{std::move(*page), answer.etag};
    });
}

Reply<Policy> PolicyClient::version(const OwnedName& name, std::uint64_t number) const
{
    return m_api->call<Policy>(policyRequest("GET", name, "/versions/" + std::to_string(number)),
                               [](const ApiAnswer& answer) { return decoded(contract::decodePolicy(answer.body)); });
}

Reply<PolicyDiff> PolicyClient::diff(const OwnedName& name, std::optional<std::uint64_t> from,
                                     std::optional<std::uint64_t> to) const
{
    ApiRequest request = policyRequest("GET", name, "/diff");
    if (from) request.query.emplace_back("from", std::to_string(*from));
    if (to) request.query.emplace_back("to", std::to_string(*to));
    return m_api->call<PolicyDiff>(
        std::move(request), [](const ApiAnswer& answer) { return decoded(contract::decodePolicyDiff(answer.body)); });
}

Reply<Versioned<Policy>> PolicyClient::rollBack(const OwnedName& name, std::uint64_t number,
                                                const std::string& etag) const
{
    ApiRequest request = policyRequest("POST", name, "/rollback");
    request.body = SecretString(contract::encodeRollback(number));
    if (!etag.empty()) request.ifMatch = etag;
    return m_api->call<Versioned<Policy>>(std::move(request), readPolicy);
}

Reply<contract::Explanation> PolicyClient::explain(const contract::DecisionRequest& asked,
                                                   const std::optional<std::string>& owner) const
{
    ApiRequest request{
        .method = "POST", .path = "/v1/policies/explain", .body = SecretString(contract::encodeDecisionRequest(asked))};
    addOwner(request.query, owner);
    return m_api->call<contract::Explanation>(
        std::move(request), [](const ApiAnswer& answer) { return decoded(contract::decodeExplanation(answer.body)); });
}

Reply<void> PolicyClient::remove(const OwnedName& name) const
{
    return m_api->call<void>(policyRequest("DELETE", name), ignoreBody);
}

Reply<Removal<OwnedName>> PolicyClient::remove(std::vector<OwnedName> names) const
{
    return removeEach(std::move(names), [api = m_api](const OwnedName& name, ApiClient::Done done) {
        api->send(policyRequest("DELETE", name), std::move(done));
    });
}

} // namespace iam::client
