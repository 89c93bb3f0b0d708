// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/iprange.h"
#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace iam {
namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned mappedBits = 96;

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    // inet_pton(3) would stop at a null byte and call the rest good.
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return {};
    const std::string copy(text);
    IpAddress address;
    if (inet_pton(AF_INET6, copy.c_str(), address.m_bytes.data()) == 1) return address;
    std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.m_bytes.begin());
    if (inet_pton(AF_INET, copy.c_str(), address.m_bytes.data() + mappedPrefix.size()) == 1) return address;
    return {};
}

bool IpAddress::isV4() const noexcept
{
    return std::equal(mappedPrefix.begin(), mappedPrefix.end(), m_bytes.begin());
}

bool IpAddress::isLoopback() const noexcept
{
    if (isV4()) return m_bytes[mappedPrefix.size()] == 127;
    return m_bytes.back() == 1 && std::all_of(m_bytes.begin(), m_bytes.end() - 1, [](auto byte) { return byte == 0; });
}

std::string IpAddress::toString() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool v4 = isV4();
    inet_ntop(v4 ? AF_INET : AF_INET6, m_bytes.data() + (v4 ? mappedPrefix.size() : 0), text.data(), text.size());
    return text.data();
}

std::optional<IpRange> IpRange::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::string_view host = text.substr(0, slash);
    const auto address = IpAddress::parse(host);
    if (!address) return {};
    // "::ffff:10.0.0.0/104" counts its prefix of 128 bits, "10.0.0.0/8" of 32.
    const bool dotted = host.find(':') == std::string_view::npos;
    IpRange range;
    range.m_prefix = 128;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        unsigned prefix = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
        if (error != std::errc() || end != digits.data() + digits.size() || prefix > (dotted ? 32U : 128U)) return {};
        range.m_prefix = dotted ? prefix + mappedBits : prefix;
    }
    std::array<std::uint8_t, 16> bytes = address->bytes();
    for (unsigned i = 0; i < bytes.size(); ++i) {
        const unsigned kept = std::clamp<int>(static_cast<int>(range.m_prefix) - static_cast<int>(i * 8), 0, 8);
        bytes[i] = static_cast<std::uint8_t>(bytes[i] & (0xFF00U >> kept));
    }
    range.m_network = IpAddress(bytes);
    return range;
}

bool IpRange::contains(const IpAddress& address) const noexcept
{
    const unsigned whole = m_prefix / 8;
    const auto& network = m_network.bytes();
    const auto& bytes = address.bytes();
    if (!std::equal(network.begin(), network.begin() + whole, bytes.begin())) return false;
    const unsigned rest = m_prefix % 8;
    return rest == 0 || (bytes[whole] & (0xFF00U >> rest) & 0xFFU) == network[whole];
}

std::string IpRange::toString() const
{
    const bool v4 = m_network.isV4() && m_prefix >= mappedBits;
    return m_network.toString() + '/' + std::to_string(v4 ? m_prefix - mappedBits : m_prefix);
}

} // namespace iam
