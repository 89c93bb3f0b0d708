// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "node/serverparts.h"
#include <vector>

namespace iam::node {

// What each role answers. The parts outlive what is made of them.
[[nodiscard]] http::Router apiRouter(ServerParts& parts);
[[nodiscard]] http::Router authzRouter(ServerParts& parts);
/// Besides the agent's own.
[[nodiscard]] std::vector<http::Route> moreAgentRoutes(ServerParts& parts);
[[nodiscard]] std::vector<http::Route> allPumpRoutes(ServerParts& parts);
[[nodiscard]] std::vector<http::Route> allWatcherRoutes(ServerParts& parts);

} // namespace iam::node
