// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/serverconfig.h"
#include <string>

namespace iam::node {

/// The node's name as part of a file's name: what a file system or a person could misread is written in hexadecimal.
[[nodiscard]] std::string nodeInFileName(const ServerConfig& config);
/// "records.db" of this node's decision log, "records.seq", … with the whole path; with a database server, nodes may
/// share a data directory, and the node's name stands in it.
[[nodiscard]] std::string recordsFile(const ServerConfig& config, const std::string& suffix);
/// The folder with what this node's pump keeps.
[[nodiscard]] std::string pumpFolder(const ServerConfig& config);

} // namespace iam::node
