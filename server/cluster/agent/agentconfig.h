// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "cluster/observe/nodesenses.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace iam::cluster {

/// What an agent is told; all else it knows from the definition.
struct AgentConfig {
    std::string definitionFile;            ///< cluster.definition: cluster.yaml
    std::string node;                      ///< cluster.node: which of its nodes this is
    std::string bindAddress;               ///< agent.bind-address; empty: the node's address
    std::optional<std::uint16_t> bindPort; ///< agent.bind-port; absent: the definition's ports.agent; 0: a free one
    NodeSensesConfig senses;               ///< agent.run-directory, agent.keepalived.*
    std::chrono::milliseconds journalRetention = std::chrono::hours(24 * 30); ///< agent.journal-retention
    std::uint64_t journalMaxSize = std::uint64_t{1} << 30;                    ///< agent.journal-max-size
};

/// The key that the nodes of a cluster share. `key` (cluster.key) counts when it is given, else the file: cluster.key
/// as `cluster init` and `cluster join` leave it, read again when it changes.
struct ClusterKeyConfig {
    std::optional<SecretString> key;
    std::string keyFile; ///< cluster.key-file; empty: cluster.key in the data directory
};

/// Where a server finds the agent of its node.
struct ClusterFeedConfig {
    std::string address; ///< of cluster.agent-url, "http://127.0.0.1:7071"; empty: this server is not part of a cluster
    std::uint16_t port = 0;

    [[nodiscard]] bool enabled() const noexcept { return !address.empty(); }
};

} // namespace iam::cluster
