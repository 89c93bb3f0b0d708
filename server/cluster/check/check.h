// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/check/programtests.h"
#include "cluster/lint/lint.h"

namespace iam::cluster {

/// What the node's files would be if they were rendered, for every machine of the definition or the one named. Fails
/// when the definition has no such machine.
Result<std::vector<NodeFiles>> renderedFiles(const ClusterDefinition& definition, const std::string& definitionName,
                                             const std::string& machine = {});

/// lint(), and where `programs` is given what nginx and keepalived themselves say about each node's files.
[[nodiscard]] std::vector<Finding> check(const LintInput& input, const ProgramTestOptions* programs);

} // namespace iam::cluster
