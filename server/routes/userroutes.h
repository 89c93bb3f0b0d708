// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/userservice.h"

namespace iam::routes {

/// /v1/users. `login` refuses callers without a log-in; `registration` is what POST /v1/users asks for.
/// `users` outlives the routes.
[[nodiscard]] std::vector<http::Route> userRoutes(service::UserService& users, Workers workers, const http::Auth& login,
                                                  const http::Auth& registration);

} // namespace iam::routes
