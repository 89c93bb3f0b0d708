// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/serverparts.h"
#include "node/recordsfile.h"

namespace iam::node {
namespace {

constexpr unsigned storageThreads = 4;
constexpr std::size_t storageQueue = 1024;
constexpr unsigned decisionThreads = 2;
constexpr std::size_t decisionQueue = 64;
constexpr std::size_t metricsQueue = 8;

} // namespace

ServerParts::ServerParts(const ServerConfig& nodeConfig, const Clock& nodeClock)
    : config(nodeConfig)
    , clock(nodeClock)
    , pumpView(pumpFolder(config) + "/" + pumpDatabase, nodeClock)
    , metricsPool(std::make_unique<WorkerPool>("iam-metrics", 1, metricsQueue))
{
}

// Listeners, then the work they started, then the threads that take its answers.
ServerParts::~ServerParts()
{
    if (housekeeping) housekeeping->stop();
    metricsPool->stop(); // it looks at the servers
    apiServer.reset();
    authzServer.reset();
    eventStreams.reset();
    clusterFeed.reset();
    agent.reset();
    pump.reset();
    watcher.reset();
    if (services) services->stopRecords();
    if (decisionPool) decisionPool->stop();
    if (passwordPool) passwordPool->stop();
    if (storagePool) storagePool->stop();
    if (keysPool) keysPool->stop();
    ioThreads.reset();
}

Result<> ServerParts::openServices()
{
    auto opened = Services::open(config, clock);
    if (!opened) return fail(opened);
    services = std::move(*opened);
    storagePool = std::make_unique<WorkerPool>("iam-storage", storageThreads, storageQueue);
    passwordPool = std::make_unique<WorkerPool>("iam-password", static_cast<unsigned>(config.auth.hashThreads),
                                                static_cast<std::size_t>(config.auth.hashQueue));
    decisionPool = std::make_unique<WorkerPool>("iam-decisions", decisionThreads, decisionQueue);
    keysPool = std::make_unique<WorkerPool>("iam-keys", 1, 1);
    housekeeping = std::make_unique<Housekeeping>(*services, *storagePool, *keysPool, clock);
    return {};
}

void ServerParts::stopServices()
{
    services->stopRecords();
    decisionPool->stop();
    passwordPool->stop();
    storagePool->stop();
    keysPool->stop();
    if (services->databaseHealth()) housekeeping->writeKeyUses();
}

std::vector<http::Server*> ServerParts::servers() const
{
    std::vector<http::Server*> running;
    for (http::Server* server : {apiServer.get(), authzServer.get(), agent ? &agent->server() : nullptr,
                                 pump ? &pump->server() : nullptr, watcher ? &watcher->server() : nullptr})
        if (server != nullptr) running.push_back(server);
    return running;
}

} // namespace iam::node
