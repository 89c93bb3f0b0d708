// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/explainservice.h"
#include "service/policyservice.h"

namespace iam::routes {

/// /v1/policies, the versions, diff and rollback of one, and what they would decide. Everything outlives the routes.
[[nodiscard]] std::vector<http::Route> policyRoutes(service::PolicyService& policies,
                                                    const service::ExplainService& explanations,
                                                    const service::AccessDirectory& directory, Workers workers,
                                                    const http::Auth& login);

} // namespace iam::routes
