// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/callerprincipal.h"

namespace iam::routes {

contract::Actor actorOf(const http::Request& request)
{
    return {request.principal ? request.principal->name : std::string(), request.client.toString(), request.id};
}

service::Caller callerOf(const http::Request& request)
{
    const auto* principal = dynamic_cast<const CallerPrincipal*>(request.principal.get());
    service::Caller caller;
    caller.actor = actorOf(request);
    caller.name = caller.actor.name;
    if (principal != nullptr) {
        caller.administrator = principal->administrator;
        caller.session = principal->session;
    }
    return caller;
}

std::optional<std::string> askedOwner(const http::Request& request)
{
    const std::string* owner = request.query.find("username");
    return owner != nullptr && !owner->empty() ? std::optional(*owner) : std::nullopt;
}

std::vector<std::string> askedNames(const http::Request& request)
{
    std::vector<std::string> names;
    for (const std::string_view name : request.query.all("name")) names.emplace_back(name);
    return names;
}

} // namespace iam::routes
