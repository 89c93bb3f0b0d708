// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <netinet/in.h>
#include <string>

namespace iam::lab {

/// One answer of GET /v1/cluster.
struct StatusAnswer {
    int code = 0; ///< 0: none within the limit
    std::string verdict;
    std::string owner;
    std::string reason;
};

/// Asks a server for its view of the cluster, each time on a connection of its own, waiting at most 250 ms.
[[nodiscard]] StatusAnswer askStatus(in_addr address, std::uint16_t port, const std::string& token);

} // namespace iam::lab
