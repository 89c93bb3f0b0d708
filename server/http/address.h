// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr_storage;

namespace iam::http {

/// An IPv4 or IPv6 address. IPv4-mapped IPv6 addresses are the IPv4 address they carry.
class Address {
public:
    /// The unknown address: isNull(), in no network.
    Address() = default;
    /// A literal such as "10.0.0.1", "::1", "[::1]"; also with a port ("10.0.0.1:80", "[::1]:80"), which is dropped.
    /// Null for anything else: names are never looked up.
    [[nodiscard]] static Address parse(std::string_view text);
    [[nodiscard]] static Address fromSocket(const sockaddr_storage& socket);

    [[nodiscard]] bool isNull() const noexcept { return m_family == Family::None; }
    [[nodiscard]] bool isLoopback() const noexcept;
    /// The canonical text form, empty for the unknown address.
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] std::size_t hash() const noexcept;
    auto operator<=>(const Address&) const = default;

private:
    friend class Network;
    enum class Family : std::uint8_t { None, V4, V6 };
    Family m_family = Family::None;
    std::array<std::uint8_t, 16> m_bytes{}; // V4: the first four
};

/// An address range in CIDR form.
class Network {
public:
    /// "10.0.0.0/8", "127.0.0.1/8" (host bits are ignored), "::1" (a single address). The error names the text.
    [[nodiscard]] static Result<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(const Address& address) const noexcept;

private:
    Address m_address;
    unsigned m_bits = 0;
};

[[nodiscard]] bool containsAddress(const std::vector<Network>& networks, const Address& address) noexcept;

/// Who the client is: `peer`, unless that is one of `trusted`, and then the right-most entry of the X-Forwarded-For
/// values (in the order they came) that is not itself trusted; the left-most if all are. An entry that is no address
/// ends the search at the last one believed.
[[nodiscard]] Address resolveClient(const Address& peer, const std::vector<std::string_view>& forwardedFor,
                                    const std::vector<Network>& trusted);

} // namespace iam::http

template <>
struct std::hash<iam::http::Address> {
    std::size_t operator()(const iam::http::Address& address) const noexcept { return address.hash(); }
};
