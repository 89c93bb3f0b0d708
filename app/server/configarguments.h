// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "arguments.h"
#include "node/serverconfig.h"
#include <optional>

namespace iam::app {

/// --config FILE.yaml, --data-dir DIR, --set KEY=VALUE…: for every verb that wants a ServerConfig.
[[nodiscard]] const std::vector<OptionRule>& configRules();

/// The configuration they name, with this process's environment. Nothing when it has faults: those stand on standard
/// error then, one line each, and the verb returns exitConfiguration.
[[nodiscard]] std::optional<node::ServerConfig> readConfig(const Arguments& arguments);

/// One line each: where, then what.
void printFaults(const std::vector<FieldFault>& faults);

} // namespace iam::app
