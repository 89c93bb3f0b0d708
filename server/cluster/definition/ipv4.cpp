// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/ipv4.h"
#include <arpa/inet.h>

namespace iam::cluster {

std::optional<std::uint32_t> parseIpv4(const std::string& text)
{
    // inet_pton(3) would stop at a null byte and call the rest good.
    in_addr address{};
    if (text.find('\0') != std::string::npos || inet_pton(AF_INET, text.c_str(), &address) != 1) return {};
    return ntohl(address.s_addr);
}

std::uint32_t networkMask(int prefix)
{
    return prefix <= 0 ? 0 : ~std::uint32_t{0} << (32 - prefix);
}

} // namespace iam::cluster
