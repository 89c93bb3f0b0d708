// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/pump.h"
#include "http/router.h"
#include <functional>

namespace iam {
class WorkerPool;
}

namespace iam::routes {

/// How the sinks do; may block.
using SinkStatuses = std::function<Result<std::vector<contract::SinkStatus>>()>;

/// GET /v1/pump for administrators.
[[nodiscard]] std::vector<http::Route> pumpRoutes(SinkStatuses statuses, WorkerPool& pool, const http::Auth& login);
/// GET /v1/pump on the pump's own listener, for `readers`.
[[nodiscard]] std::vector<http::Route> ownPumpRoutes(SinkStatuses statuses, WorkerPool& pool,
                                                     const http::Auth& readers);

} // namespace iam::routes
