// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/render/rendering.h"

namespace iam::cluster {

/// One line for each other node: its address, then `suffix`.
[[nodiscard]] std::string peerLines(const Rendering& out, const std::string& suffix);
/// What calls the cloud's hook; nothing for an address that ARP announces.
[[nodiscard]] std::string hookLines(const Rendering& out);

} // namespace iam::cluster
