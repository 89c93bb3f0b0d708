// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "cluster/agent/agentconfig.h"

namespace iam::node {

/// What cluster.* and agent.* say.
struct ClusterSection {
    cluster::ClusterKeyConfig key;
    cluster::AgentConfig agent;
    cluster::ClusterFeedConfig feed;
};

/// Takes cluster.* and agent.* out of the sources. `isAgent`: the role agent is asked for, which needs some of them.
/// Their faults come from reader.finish().
void readClusterSection(ConfigReader& reader, ClusterSection& section, bool isAgent);

} // namespace iam::node
