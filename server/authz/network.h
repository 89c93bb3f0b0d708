// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace iam::authz {

/// An address of 128 bits; IPv4 is ::ffff:a.b.c.d.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool isV4() const noexcept;
    bool operator==(const IpAddress&) const = default;
};

/// As Go 1.19's net.ParseIP reads it: dotted decimal without leading zeros, or IPv6 (also with an IPv4 tail), without
/// a zone. Nothing for anything else.
[[nodiscard]] std::optional<IpAddress> parseIp(std::string_view text);

/// A network as Go 1.19's net.ParseCIDR reads it. Bits behind the prefix are ignored.
class IpNetwork {
public:
    [[nodiscard]] static std::optional<IpNetwork> parse(std::string_view cidr);

    /// An IPv4 address (also in its IPv6 form) is in IPv4 networks only, and the other way round.
    [[nodiscard]] bool contains(const IpAddress& address) const noexcept;

private:
    IpAddress m_base;
    int m_prefix = 0; ///< of 128 bits
};

} // namespace iam::authz
