// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/definition/clusterdefinition.h"
#include "cluster/lint/fileset.h"
#include "cluster/lint/finding.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::cluster {

/// What is looked at. Each part may be missing; the more there is, the more can be told.
struct LintInput {
    std::vector<NodeFiles> nodes;
    std::optional<ClusterDefinition> definition;
    std::string definitionName;                ///< what findings call the definition's file
    std::string definitionText;                ///< to name lines; may be empty
    std::vector<ClusterDefinition> neighbours; ///< other clusters on the same network
};

/// Everything that is wrong, ordered by node, file, line and rule; the same input gives the same answer. The files are
/// those of nginx (/etc/nginx), keepalived with its scripts (/etc/keepalived), systemd, iam-server, nftables, MariaDB
/// and Redis, as they lie on a node; others are not looked at.
[[nodiscard]] std::vector<Finding> lint(const LintInput& input);

/// For one worse than a note.
[[nodiscard]] bool needsMending(const std::vector<Finding>& findings) noexcept;

} // namespace iam::cluster
