// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <string>
#include <string_view>

namespace iam::node {

/// Whose file it is: the Go system has one per process.
enum class ImportRole { ApiServer, AuthzServer, Pump, Watcher };

/// "apiserver", "authz-server", "pump" or "watcher", as the role is called in `roles`.
[[nodiscard]] std::string_view nameOf(ImportRole role);

/// Writes a configuration file of the Go system (YAML) in our form. Every option of the old file that has a
/// counterpart is carried over, jwt.key included; every other one stands in a comment that says why it does not
/// (no password or key is in a comment). A sink of the old pump that is of no type of ours is left out and named there;
/// were it the only one, that is a fault. readServerConfig() takes the answer; where it would not, because a value was
/// no good in the old file either, that is a fault here.
Result<std::string> importConfig(std::string_view oldYaml, const std::string& name, ImportRole role);
/// The same for a file; one that cannot be read is a fault.
Result<std::string> importConfigFile(const std::string& path, ImportRole role);

} // namespace iam::node
