// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/sessionservice.h"

namespace iam::routes {

/// POST /login, /logout, /refresh; GET and DELETE /v1/sessions, DELETE /v1/sessions/:id. `sessions` and `directory`
/// outlive the routes.
[[nodiscard]] std::vector<http::Route> sessionRoutes(service::SessionService& sessions,
                                                     const service::AccessDirectory& directory, Workers workers,
                                                     const http::Auth& login, const std::string& realm);

} // namespace iam::routes
