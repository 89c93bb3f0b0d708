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
    return routes;
}

} // namespace iam::routes
