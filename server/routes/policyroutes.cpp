// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/policyroutes.h"
#include "routes/ownedroutes.h"

namespace iam::routes {

std::vector<http::Route> policyRoutes(service::PolicyService& policies, const service::AccessDirectory& directory,
                                      Workers workers, const http::Auth& login)
{
    return ownedRoutes("/v1/policies", policies, directory, workers, login, contract::encodePolicy,
                       contract::encodePolicyList);
}

} // namespace iam::routes
