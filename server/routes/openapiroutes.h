// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include <vector>

namespace iam::routes {

/// GET /openapi.json: the description of both roles' routes in OpenAPI 3.1, for everybody. With an ETag, so that who
/// has it already is told so (304).
[[nodiscard]] std::vector<http::Route> openApiRoutes();

} // namespace iam::routes
