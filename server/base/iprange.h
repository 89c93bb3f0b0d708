// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iam {

/// One IPv4 or IPv6 address as a plain value. An IPv4 address and its IPv4-mapped IPv6 form (RFC 4291 §2.5.5.2) are
/// the same address here.
class IpAddress {
public:
    IpAddress() = default; ///< "::"
    explicit IpAddress(const std::array<std::uint8_t, 16>& bytes)
        : m_bytes(bytes)
    {
    }
    /// Dotted decimal or RFC 4291 text as inet_pton(3) takes it; nothing for names, zones ("%eth0"), spaces.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool isV4() const noexcept;
    /// 127.0.0.0/8 or ::1.
    [[nodiscard]] bool isLoopback() const noexcept;
    /// The usual text: "10.0.4.20", "::1".
    [[nodiscard]] std::string toString() const;
    /// Sixteen bytes in network order, IPv4 in its mapped form.
    [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const noexcept { return m_bytes; }
    bool operator==(const IpAddress&) const = default;

private:
    std::array<std::uint8_t, 16> m_bytes{};
};

/// A block of addresses: "10.0.4.0/24", "fd00::/8", or one address alone.
class IpRange {
public:
    /// Bits behind the prefix are ignored ("10.0.4.7/24" is 10.0.4.0/24). Nothing for anything else.
    [[nodiscard]] static std::optional<IpRange> parse(std::string_view text);

    [[nodiscard]] bool contains(const IpAddress& address) const noexcept;
    /// The network and its prefix: "10.0.4.0/24".
    [[nodiscard]] std::string toString() const;
    bool operator==(const IpRange&) const = default;

private:
    IpAddress m_network;
    unsigned m_prefix = 0; ///< of 128 bits; an IPv4 prefix counts from 96
};

} // namespace iam
