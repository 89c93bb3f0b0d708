// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include <functional>
#include <string>
#include <vector>

namespace iam::routes {

/// One thing that a server needs, and whether it is as it should be.
struct ReadinessCheck {
    std::string name;   ///< "database", "snapshot", "records"
    bool ready = true;
    std::string detail; ///< one sentence when it is not
    bool warning = false; ///< ready all the same, but the detail is to be seen
    bool shown = false;   ///< the detail stands behind "ok", too
};

/// Called where the request came in, so it must not block.
using Readiness = std::function<std::vector<ReadinessCheck>()>;

/// GET /healthz: the process answers, with `health`. GET /readyz: it can do its work, or 503 and what is missing.
/// GET /version.
[[nodiscard]] std::vector<http::Route> probeRoutes(Readiness readiness, std::string health = R"({"status":"ok"})");
/// What the old system's pump and watcher answer to GET /healthz.
inline constexpr const char* oldHealth = R"({"status": "ok"})";

} // namespace iam::routes
