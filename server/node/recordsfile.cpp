// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/recordsfile.h"
#include "node/openstorage.h"

namespace iam::node {

std::string nodeInFileName(const ServerConfig& config)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    constexpr std::string_view digits = "0123456789abcdef";
    std::string name;
    for (const char c : config.server.nodeName) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos)
            name += c;
        else
            name.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return name;
}

std::string recordsFile(const ServerConfig& config, const std::string& suffix)
{
    return config.dataDir + "/records" + (sharesDatabase(config) ? "-" + nodeInFileName(config) : "") + suffix;
}

std::string pumpFolder(const ServerConfig& config)
{
    return config.dataDir + "/pump" + (sharesDatabase(config) ? "-" + nodeInFileName(config) : "");
}

} // namespace iam::node
