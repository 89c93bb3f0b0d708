// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "cluster/agent/agent.h"
#include "cluster/agent/clusterkeysource.h"
#include "http/router.h"
#include "routes/proberoutes.h"

namespace iam::routes {

/// What an agent answers: who it is, to whoever asks through the nginx of its node; what it sees, to holders of the
/// cluster's key. All of it outlives the routes. `files`: for reading the journal.
struct AgentParts {
    cluster::Agent& agent;
    const cluster::ClusterKeySource& keys;
    const Clock& clock;
    WorkerPool& files;
};

/// GET /.well-known/iam-node?nonce= (from this machine only), /v1/agent/observations, /v1/agent/cluster?after=,
/// /v1/agent/events?from=&limit= (signed).
[[nodiscard]] std::vector<http::Route> agentRoutes(const AgentParts& parts);

/// What /readyz of an agent says: which of its senses say nothing, whom it does not hear, whether its journal is
/// written. Does not block.
[[nodiscard]] std::vector<ReadinessCheck> agentReadiness(const AgentParts& parts);

} // namespace iam::routes
