// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/auditservice.h"

namespace iam::routes {

/// GET /v1/audit/decisions and /v1/audit/changes. `audit` outlives the routes.
[[nodiscard]] std::vector<http::Route> auditRoutes(service::AuditService& audit, Workers workers,
                                                   const http::Auth& login);

} // namespace iam::routes
