// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/secretclient.h"
#include "client/requests.h"

namespace iam::client {

using contract::ListPage;
using contract::Secret;

namespace {

/// `part` is what of it is meant: "/rotate"; empty: the secret itself.
ApiRequest secretRequest(std::string method, const OwnedName& name, const std::string& part = {},
                         const std::string& etag = {})
{
    ApiRequest request{.method = std::move(method), .path = "/v1/secrets/" + encodeSegment(name.name) + part};
    addOwner(request.query, name.owner);
    if (!etag.empty()) request.ifMatch = etag;
    return request;
}

Result<Versioned<Secret>> readSecret(const ApiAnswer& answer)
{
    auto secret = decoded(contract::decodeSecret(answer.body));
    if (!secret) return fail(secret);
    return Versioned<Secret>{std::move(*secret), answer.etag};
}

} // namespace

Reply<ListPage<Secret>> SecretClient::list(const contract::ListQuery& query,
                                           const std::optional<std::string>& owner) const
{
    ApiRequest request{.path = "/v1/secrets", .query = listParameters(query)};
    addOwner(request.query, owner);
    return m_api->call<ListPage<Secret>>(
        std::move(request), [](const ApiAnswer& answer) { return decoded(contract::decodeSecretList(answer.body)); });
}

Reply<Versioned<Secret>> SecretClient::get(const OwnedName& name) const
{
    return m_api->call<Versioned<Secret>>(secretRequest("GET", name), readSecret);
}

Reply<Secret> SecretClient::create(const Secret& secret) const
{
    ApiRequest request{.method = "POST", .path = "/v1/secrets", .body = SecretString(contract::encodeSecret(secret))};
    if (!secret.username.empty()) addOwner(request.query, secret.username);
    return m_api->call<Secret>(std::move(request),
                               [](const ApiAnswer& answer) { return decoded(contract::decodeSecret(answer.body)); });
}

Reply<Versioned<Secret>> SecretClient::update(const Secret& secret, const std::string& etag) const
{
    OwnedName name{.owner = {}, .name = secret.metadata.name};
    if (!secret.username.empty()) name.owner = secret.username;
    ApiRequest request = secretRequest("PUT", name, {}, etag);
    request.body = SecretString(contract::encodeSecret(secret));
    return m_api->call<Versioned<Secret>>(std::move(request), readSecret);
}

Reply<Versioned<Secret>> SecretClient::setEnabled(const OwnedName& name, bool enabled, const std::string& etag) const
{
    return m_api->call<Versioned<Secret>>(secretRequest("PUT", name, enabled ? "/enable" : "/disable", etag),
                                          readSecret);
}

Reply<Versioned<Secret>> SecretClient::rotate(const OwnedName& name, const contract::SecretRotation& rotation,
                                              const std::string& etag) const
{
    ApiRequest request = secretRequest("POST", name, "/rotate", etag);
    request.body = SecretString(contract::encodeSecretRotation(rotation));
    return m_api->call<Versioned<Secret>>(std::move(request), readSecret);
}

Reply<Versioned<Secret>> SecretClient::endPrevious(const OwnedName& name, const std::string& etag) const
{
    return m_api->call<Versioned<Secret>>(secretRequest("DELETE", name, "/previous", etag), readSecret);
}

Reply<void> SecretClient::remove(const OwnedName& name) const
{
    return m_api->call<void>(secretRequest("DELETE", name), ignoreBody);
}

Reply<Removal<OwnedName>> SecretClient::remove(std::vector<OwnedName> names) const
{
    return removeEach(std::move(names), [api = m_api](const OwnedName& name, ApiClient::Done done) {
        api->send(secretRequest("DELETE", name), std::move(done));
    });
}

} // namespace iam::client
