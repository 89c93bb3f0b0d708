// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/serverconfig.h"
#include "store/storage.h"
#include <memory>

namespace iam::node {

/// The database that the configuration names, made or brought up to date when needed. Error::detail is one clear
/// sentence.
Result<std::unique_ptr<store::Storage>> openStorage(const ServerConfig& config);

/// Whether several nodes may use that database at once.
[[nodiscard]] bool sharesDatabase(const ServerConfig& config);

} // namespace iam::node
