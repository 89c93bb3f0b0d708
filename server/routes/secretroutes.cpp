// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/secretroutes.h"
#include "routes/ownedroutes.h"

namespace iam::routes {

std::vector<http::Route> secretRoutes(service::SecretService& secrets, const service::AccessDirectory& directory,
                                      Workers workers, const http::Auth& login)
{
    auto routes = ownedRoutes("/v1/secrets", secrets, directory, workers, login, contract::encodeSecret,
                              contract::encodeSecretList);
    std::erase_if(routes, [](const http::Route& route) {
        return route.method == http::Method::Delete && route.pattern == "/v1/secrets";
    });
    // Runs `work(request, caller, owner, name)`, which returns the secret.
    const auto one = [&](http::Method method, const std::string& path, auto work) {
        routes.push_back({method, "/v1/secrets/:name/" + path, login, http::LimitClass::Normal,
                          onPool(workers.storage, [&directory, work](http::Exchange& x) {
                              const http::Request& request = x.request();
                              const service::Caller caller = callerOf(request);
                              const auto owner = service::chooseOwner(caller, askedOwner(request), directory);
                              if (!owner) return errorResponse(owner.error());
                              return objectResponse(
                                  work(request, caller, *owner, std::string(request.pathParam("name"))),
                                  contract::encodeSecret);
                          })});
    };
    using Request = http::Request;
    using service::Caller;
    using Text = std::string;
    for (const bool enabled : {true, false})
        one(http::Method::Put, enabled ? "enable" : "disable",
            [&secrets, enabled](const Request& request, const Caller& caller, const Text& owner, const Text& name) {
                return secrets.setEnabled(caller, owner, name, enabled, expectation(request));
            });
    one(http::Method::Post, "rotate",
        [&secrets](const Request& request, const Caller& caller, const Text& owner, const Text& name) {
            return secrets.rotate(caller, owner, name, request.body, expectation(request));
        });
    one(http::Method::Delete, "previous",
        [&secrets](const Request& request, const Caller& caller, const Text& owner, const Text& name) {
            return secrets.endPrevious(caller, owner, name, expectation(request));
        });
    return routes;
}

} // namespace iam::routes
