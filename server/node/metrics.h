// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "http/server.h"
#include "node/services.h"
#include <string>
#include <utility>
#include <vector>

namespace iam::node {

class AgentRole;
class PumpRole;
class WatcherRole;

/// What one server is measured by. Everything outlives the call that it is given to.
struct MetricSources {
    const Services* services = nullptr;   ///< null: none of the servers that use it
    const AgentRole* agent = nullptr;     ///< null: no agent
    const PumpRole* pump = nullptr;       ///< null: no pump
    const WatcherRole* watcher = nullptr; ///< null: no watcher
    std::vector<const http::Server*> servers;
    std::vector<std::pair<std::string, const WorkerPool*>> pools; ///< by the name that they are shown under
};

/// Everything measured, in the Prometheus text exposition format 0.0.4. The number of series depends on the route table
/// and the configuration, never on what clients send. Any thread; waits for no storage.
[[nodiscard]] std::string makeMetrics(const MetricSources& sources);

} // namespace iam::node
