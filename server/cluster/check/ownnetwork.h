// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <set>
#include <string>

namespace iam::cluster {

/// Calls `run` on a thread that has, where that is permitted, a network of its own with these interfaces, and waits.
/// `run` is told whether it has.
void inOwnNetwork(const std::set<std::string>& interfaces, const std::function<void(bool)>& run);

} // namespace iam::cluster
