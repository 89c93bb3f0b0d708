// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "shell/mainwindow.h"
#include <memory>

namespace iam::models {
class AdoptionProgram;
class ClusterMemory;
} // namespace iam::models

namespace iam::shell {

/// The main window with all its pages: users, secrets, policies, decisions, cluster, definition. With `adoption` it
/// offers to take over databases of the old system.
[[nodiscard]] std::unique_ptr<MainWindow> makeMainWindow(client::ApiClient& api, Connection& connection,
                                                         models::ClusterMemory& memory,
                                                         models::AdoptionProgram* adoption = nullptr);

} // namespace iam::shell
