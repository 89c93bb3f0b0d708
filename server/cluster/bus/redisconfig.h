// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include <chrono>
#include <cstdint>
#include <string>

namespace iam::cluster {

struct RedisConfig {
    std::string host; ///< name or address; empty: there is no Redis
    std::uint16_t port = 6379;
    std::string username; ///< empty: the password alone is sent
    SecretString password;
    int database = 0;
    std::chrono::milliseconds timeout = std::chrono::seconds(2); ///< for connecting and for each answer

    [[nodiscard]] bool enabled() const noexcept { return !host.empty(); }
    [[nodiscard]] std::string address() const { return host + ":" + std::to_string(port); }
};

} // namespace iam::cluster
