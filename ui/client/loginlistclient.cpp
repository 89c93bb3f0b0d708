// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/loginlistclient.h"
#include "client/requests.h"

namespace iam::client {

using contract::ListPage;

namespace {
constexpr const char* sessionsPath = "/v1/sessions";
}

Reply<ListPage<contract::Session>> LoginListClient::list(const contract::ListQuery& query,
                                                         const std::optional<std::string>& owner) const
{
    Query parameters = listParameters(query);
    addOwner(parameters, owner);
    return m_api->call<ListPage<contract::Session>>(
        {.path = sessionsPath, .query = std::move(parameters)},
        [](const ApiAnswer& answer) { return decoded(contract::decodeSessionList(answer.body)); });
}

Reply<void> LoginListClient::end(const std::vector<std::string>& ids, const std::optional<std::string>& owner) const
{
    Query parameters;
    for (const std::string& id : ids) parameters.emplace_back("id", id);
    if (ids.empty()) parameters.emplace_back("id", ""); // none at all would mean every one
    addOwner(parameters, owner);
    return m_api->call<void>({.method = "DELETE", .path = sessionsPath, .query = std::move(parameters)}, ignoreBody);
}

Reply<void> LoginListClient::endAll(const std::optional<std::string>& owner) const
{
    Query parameters;
    addOwner(parameters, owner);
    return m_api->call<void>({.method = "DELETE", .path = sessionsPath, .query = std::move(parameters)}, ignoreBody);
}

} // namespace iam::client
