// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/definition/clusterdefinition.h"
#include "contract/cluster.h"
#include <vector>

namespace iam::cluster {

/// Fills in NodeService::share: what part of all that every node's nginx sent to servers of a kind went to this one.
/// Absent where nothing was sent.
void setServiceShares(std::vector<contract::ClusterNode>& nodes, const ClusterDefinition& definition);

} // namespace iam::cluster
