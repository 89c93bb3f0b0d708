// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/clusterfeed.h"
#include "http/server.h"
#include "node/agentrole.h"
#include "node/housekeeping.h"
#include "node/pumprole.h"
#include "node/pumpview.h"
#include "node/watcherrole.h"
#include "routes/clusterroutes.h"
#include "routes/workers.h"
#include <memory>
#include <vector>

namespace iam::node {

/// What one server consists of; each is null where no role needs it. Belongs to the thread that makes it.
struct ServerParts {
    ServerParts(const ServerConfig& nodeConfig, const Clock& nodeClock);
    /// What uses something dies before it.
    ~ServerParts();
    ServerParts(const ServerParts&) = delete;
    ServerParts& operator=(const ServerParts&) = delete;

    /// Services with the workers that do their work.
    Result<> openServices();
    /// Stores what is pending and ends the work: first what is to be safe, then what a database that hangs can keep.
    void stopServices();
    /// Of all roles that listen.
    [[nodiscard]] std::vector<http::Server*> servers() const;
    [[nodiscard]] routes::Workers workers() const { return {*storagePool, *passwordPool, *decisionPool}; }

    const ServerConfig config;
    const Clock& clock;
    PumpView pumpView;

    // Of apiserver and authz-server.
    std::unique_ptr<Services> services;
    std::unique_ptr<Housekeeping> housekeeping;
    std::unique_ptr<WorkerPool> storagePool;
    std::unique_ptr<WorkerPool> passwordPool;
    std::unique_ptr<WorkerPool> decisionPool;
    std::unique_ptr<WorkerPool> keysPool;

    std::unique_ptr<WorkerPool> metricsPool; ///< never null
    std::unique_ptr<http::IoThreads> ioThreads;
    std::unique_ptr<http::Server> apiServer;
    std::unique_ptr<http::Server> authzServer;
    std::unique_ptr<AgentRole> agent;
    std::unique_ptr<PumpRole> pump;
    std::unique_ptr<WatcherRole> watcher;
    std::unique_ptr<cluster::ClusterFeed> clusterFeed; ///< of an apiserver
    std::unique_ptr<routes::EventStreams> eventStreams;
};

} // namespace iam::node
