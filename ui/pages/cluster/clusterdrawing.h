// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/clusterstate.h"
#include "widgets/topology.h"

namespace iam::pages {

/// The cluster as boxes and lines: clients, the VIP, every nginx, every backend, database and Redis.
[[nodiscard]] widgets::Topology clusterDrawing(const models::ClusterState& state);

} // namespace iam::pages
