// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/agent.h"
#include "cluster/agent/bootclock.h"
#include "http/server.h"
#include "node/datadirectory.h"
#include "node/serverconfig.h"
#include "routes/agentroutes.h"
#include <QTimer>

namespace iam::node {

/// The role agent: the agent of one node of a cluster, its senses, its journal and its listener. It needs no database
/// and no administrator. What it keeps lies in the folder "agent" of the data directory, which is its alone.
class AgentRole {
public:
    /// Reads the definition and begins to look; listen() lets others ask. Error::detail is one clear sentence.
    static Result<std::unique_ptr<AgentRole>> open(const ServerConfig& config);
    ~AgentRole();

    /// What `more` answers besides the agent's own routes: /healthz, /metrics.
    Result<> listen(http::IoThreads& threads, std::vector<http::Route> more, http::ServerConfig config);
    [[nodiscard]] http::Server& server() { return *m_server; }
    [[nodiscard]] const http::Server& server() const { return *m_server; }
    /// What /readyz says. Does not block.
    [[nodiscard]] std::vector<routes::ReadinessCheck> readiness() const { return routes::agentReadiness(*m_parts); }

    // For those that only look; from any thread.
    [[nodiscard]] std::shared_ptr<const cluster::AgentHealth> health() const { return m_agent->health(); }
    [[nodiscard]] const cluster::Journal& journal() const { return *m_journal; }
    [[nodiscard]] std::chrono::steady_clock::time_point now() const { return m_clock.steadyNow(); }

private:
    class OwnSenses;
    AgentRole(const ServerConfig& config, DataDirectory data);
    Result<> begin();

    const ServerConfig& m_config;
    const cluster::BootClock m_clock;
    const DataDirectory m_data;
    cluster::ClusterDefinition m_definition;
    std::unique_ptr<cluster::ClusterKeySource> m_keys;
    std::unique_ptr<cluster::Journal> m_journal;
    std::unique_ptr<OwnSenses> m_senses;
    std::unique_ptr<WorkerPool> m_files;
    std::unique_ptr<cluster::Agent> m_agent;
    std::unique_ptr<routes::AgentParts> m_parts;
    std::unique_ptr<http::Server> m_server;
    QTimer m_keyTimer;
};

} // namespace iam::node
