// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/definition/clusterdefinition.h"
#include <string>

namespace iam::app {

struct GivenDefinition {
    std::string name; ///< the file as it was given
    std::string text;
    cluster::ClusterDefinition definition;
};

/// Reads --definition FILE. The error has faults when the file could be read and is not good.
Result<GivenDefinition> readDefinition(const std::string& path);
/// Says on standard error why there is none.
void printDefinitionError(const Error& error);

} // namespace iam::app
