// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/definition/clusterdefinition.h"
#include <string>
#include <utility>
#include <vector>

namespace iam::test {

/// Two nodes with everything on them.
[[nodiscard]] cluster::ClusterDefinition smallCluster();

/// Both profiles with two to eight backends, each way of balancing, TLS and the cloud's addresses, by name. Their
/// certificates lie in `folder`.
[[nodiscard]] std::vector<std::pair<std::string, cluster::ClusterDefinition>> variants(const std::string& folder);

} // namespace iam::test
