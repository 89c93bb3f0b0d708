// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/secretservice.h"

namespace iam::routes {

/// /v1/secrets, without removing several at once, which this API never had; and enable, disable, rotate, previous of
/// one. Everything outlives the routes.
[[nodiscard]] std::vector<http::Route> secretRoutes(service::SecretService& secrets,
                                                    const service::AccessDirectory& directory, Workers workers,
                                                    const http::Auth& login);

} // namespace iam::routes
