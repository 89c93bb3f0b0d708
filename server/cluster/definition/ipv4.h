// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace iam::cluster {

/// "10.0.4.20" as a number, the first part in the highest byte. Nothing for anything else; leading zeros are refused.
[[nodiscard]] std::optional<std::uint32_t> parseIpv4(const std::string& text);
/// Of a network of `prefix` bits (0..32).
[[nodiscard]] std::uint32_t networkMask(int prefix);

} // namespace iam::cluster
