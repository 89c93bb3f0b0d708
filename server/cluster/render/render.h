// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/definition/clusterdefinition.h"
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// One file as it lies on a machine.
struct RenderedFile {
    std::string path; ///< absolute: "/etc/nginx/nginx.conf"
    std::string content;
    unsigned mode = 0644;
    std::string owner = "root";
    std::string group = "root";
    bool operator==(const RenderedFile&) const = default;
};

/// What the definition does not say.
struct RenderInputs {
    std::string definitionName = "cluster.yaml"; ///< what the files name as their origin
    std::string serverBinary = "/usr/bin/iam-server";
};

/// The machines that something is rendered for: the nodes, then the backends that are none.
[[nodiscard]] std::vector<std::string> machines(const ClusterDefinition& definition);

/// Every file of one machine, by path. A node gets nginx, keepalived, the agent and what goes with them; a backend gets
/// our servers; MariaDB's and Redis' parts go to the machine that has them. The same definition and inputs give the
/// same bytes. The definition has no fault that validate() finds. A machine that machines() does not name:
/// Code::Validation.
Result<std::vector<RenderedFile>> render(const ClusterDefinition& definition, std::string_view machine,
                                         const RenderInputs& inputs = {});

} // namespace iam::cluster
