// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/userclient.h"
#include "client/requests.h"

namespace iam::client {

using contract::ListPage;
using contract::User;

namespace {

std::string userPath(const std::string& name)
{
    return "/v1/users/" + encodeSegment(name);
}

Result<Versioned<User>> readUser(const ApiAnswer& answer)
{
    auto user = decoded(contract::decodeUser(answer.body));
    if (!user) return fail(user);
    return Versioned<User>{std::move(*user), answer.etag};
}

} // namespace

Reply<ListPage<User>> UserClient::list(const contract::ListQuery& query,
                                       std::optional<contract::WhichUsers> which) const
{
    Query parameters = listParameters(query);
    if (which) parameters.emplace_back("status", contract::nameOf(*which));
    return m_api->call<ListPage<User>>({.path = "/v1/users", .query = std::move(parameters)},
                                       [which](const ApiAnswer& answer) {
                                           auto page = decoded(contract::decodeUserList(answer.body));
                                           // Other servers say 0 in every list.
                                           if (page && which == contract::WhichUsers::Enabled)
                                               for (User& user : page->items) user.status = 1;
                                           return page;
                                       });
}

Reply<Versioned<User>> UserClient::get(const std::string& name) const
{
    return m_api->call<Versioned<User>>({.path = userPath(name)}, readUser);
}

Reply<User> UserClient::create(const User& user) const
{
    return m_api->call<User>(
        {.method = "POST", .path = "/v1/users", .body = SecretString(contract::encodeUserBody(user))},
        [](const ApiAnswer& answer) { return decoded(contract::decodeUser(answer.body)); });
}

Reply<Versioned<User>> UserClient::update(const User& user, const std::string& etag) const
{
    ApiRequest request{
        .method = "PUT", .path = userPath(user.metadata.name), .body = SecretString(contract::encodeUserBody(user))};
    if (!etag.empty()) request.ifMatch = etag;
    return m_api->call<Versioned<User>>(std::move(request), readUser);
}

Reply<void> UserClient::changePassword(const std::string& name, const contract::PasswordChange& change) const
{
    return m_api->call<void>({.method = "PUT",
                              .path = userPath(name) + "/change-password",
                              .body = SecretString(contract::encodePasswordChange(change))},
                             ignoreBody);
}

Reply<User> UserClient::setEnabled(const std::string& name, bool enabled) const
{
    return m_api->call<User>({.method = "PUT", .path = userPath(name) + (enabled ? "/enable" : "/disable")},
                             [](const ApiAnswer& answer) { return decoded(contract::decodeUser(answer.body)); });
}

Reply<void> UserClient::unlock(const std::string& name) const
{
    return m_api->call<void>({.method = "PUT", .path = userPath(name) + "/unlock"}, ignoreBody);
}

Reply<void> UserClient::remove(const std::string& name) const
{
    return m_api->call<void>({.method = "DELETE", .path = userPath(name)}, ignoreBody);
}

Reply<Removal<std::string>> UserClient::remove(std::vector<std::string> names) const
{
    return removeEach(std::move(names), [api = m_api](const std::string& name, ApiClient::Done done) {
        api->send({.method = "DELETE", .path = userPath(name)}, std::move(done));
    });
}

} // namespace iam::client
