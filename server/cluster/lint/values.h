// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// Whether both addresses are in one network of that prefix length; false when one is no IPv4 address.
[[nodiscard]] bool inOneNetwork(const std::string& a, const std::string& b, int prefix);
/// 127.0.0.0/8, ::1, localhost, a Unix socket.
[[nodiscard]] bool isLoopback(std::string_view host);

/// nginx's times: "500ms", "30s", "1m", "1h 30m" as one word, "60".
[[nodiscard]] std::optional<std::chrono::milliseconds> nginxTime(std::string_view text);
/// nginx's sizes: "5m", "512k", "1g", "8192".
[[nodiscard]] std::optional<std::uint64_t> nginxSize(std::string_view text);
/// keepalived's seconds: "1", "0.2".
[[nodiscard]] std::optional<std::chrono::milliseconds> decimalSeconds(std::string_view text);
/// "0.2 s", "300 ms", "60 s".
[[nodiscard]] std::string timeText(std::chrono::milliseconds time);

/// The words of a list, parted by blanks or commas.
[[nodiscard]] std::vector<std::string> listWords(std::string_view text);

struct HostPort {
    std::string host;
    int port = 0; ///< 0: none given
};
/// "10.0.4.20:8080", "[::1]:80", "unix:/run/x.sock" (host "unix:/run/x.sock"), "name".
[[nodiscard]] HostPort hostPort(std::string_view text);

} // namespace iam::cluster
