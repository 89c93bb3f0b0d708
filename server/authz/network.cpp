// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/network.h"
#include <algorithm>
#include <cstring>

namespace iam::authz {

namespace {

constexpr std::uint32_t tooBig = 0xFFFFFF; // where Go's readers of numbers give up
constexpr std::size_t v4Offset = 12;

int digitValue(char c, std::uint32_t base)
{
    int value = -1;
    if (c >= '0' && c <= '9')
        value = c - '0';
    else if (base == 16 && c >= 'a' && c <= 'f')
        value = c - 'a' + 10;
    else if (base == 16 && c >= 'A' && c <= 'F')
        value = c - 'A' + 10;
    return value;
}

// Takes a number from the front of `text`; nothing when there is none or it is too big.
std::optional<std::uint32_t> takeNumber(std::string_view& text, std::uint32_t base, std::uint32_t most)
{
    std::uint32_t number = 0;
    std::size_t length = 0;
    for (; length < text.size(); ++length) {
        const int digit = digitValue(text[length], base);
        if (digit < 0) break;
        number = number * base + static_cast<std::uint32_t>(digit);
        if (number >= tooBig) return std::nullopt;
    }
    if (length == 0 || number > most) return std::nullopt;
    text.remove_prefix(length);
    return number;
}

std::optional<IpAddress> parseV4(std::string_view text)
{
    IpAddress address;
    address.bytes[10] = address.bytes[11] = 0xFF;
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0) {
            if (text.empty() || text.front() != '.') return std::nullopt;
            text.remove_prefix(1);
        }
        const std::string_view before = text;
        const auto number = takeNumber(text, 10, 0xFF);
        if (!number || (before.size() - text.size() > 1 && before.front() == '0')) return std::nullopt;
        address.bytes[v4Offset + i] = static_cast<std::uint8_t>(*number);
    }
    if (!text.empty()) return std::nullopt;
    return address;
}

std::optional<IpAddress> parseV6(std::string_view text)
{
    IpAddress address;
    std::size_t filled = 0;
    std::optional<std::size_t> ellipsis;
    if (text.starts_with("::")) {
        ellipsis = 0;
        text.remove_prefix(2);
        if (text.empty()) return address;
    }
    while (filled < 16) {
        const std::string_view before = text;
        const auto number = takeNumber(text, 16, 0xFFFF);
        if (!number) return std::nullopt;
        if (!text.empty() && text.front() == '.') { // the rest is dotted decimal
            if ((!ellipsis && filled != v4Offset) || filled + 4 > 16) return std::nullopt;
            const auto tail = parseV4(before);
            if (!tail) return std::nullopt;
            std::copy_n(tail->bytes.begin() + v4Offset, 4, address.bytes.begin() + static_cast<long>(filled));
            filled += 4;
            text = {};
            break;
        }
        address.bytes[filled++] = static_cast<std::uint8_t>(*number >> 8);
        address.bytes[filled++] = static_cast<std::uint8_t>(*number & 0xFF);
        if (text.empty()) break;
        if (text.front() != ':' || text.size() == 1) return std::nullopt;
        text.remove_prefix(1);
        if (text.front() == ':') {
            if (ellipsis) return std::nullopt;
            ellipsis = filled;
            text.remove_prefix(1);
            if (text.empty()) break;
        }
    }
    if (!text.empty()) return std::nullopt;
    if (filled < 16) {
        if (!ellipsis) return std::nullopt;
        const auto gap = address.bytes.begin() + static_cast<long>(*ellipsis);
        const auto end = address.bytes.begin() + static_cast<long>(filled);
        std::copy_backward(gap, end, address.bytes.end());
        std::fill_n(gap, 16 - filled, std::uint8_t{0});
    } else if (ellipsis) { // it has to stand for at least one group
        return std::nullopt;
    }
    return address;
}

} // namespace

bool IpAddress::isV4() const noexcept
{
    constexpr std::array<std::uint8_t, v4Offset> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return std::memcmp(bytes.data(), mapped.data(), mapped.size()) == 0;
}

std::optional<IpAddress> parseIp(std::string_view text)
{
    const std::size_t sign = text.find_first_of(".:");
    if (sign == std::string_view::npos) return std::nullopt;
    return text[sign] == '.' ? parseV4(text) : parseV6(text);
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view cidr)
{
    const std::size_t slash = cidr.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    std::optional<IpAddress> address = parseV4(cidr.substr(0, slash));
    const bool dotted = address.has_value();
    if (!dotted) address = parseV6(cidr.substr(0, slash));
    std::string_view mask = cidr.substr(slash + 1);
    const auto bits = takeNumber(mask, 10, dotted ? 32 : 128);
    if (!address || !bits || !mask.empty()) return std::nullopt;

    IpNetwork network;
    network.m_prefix = static_cast<int>(*bits) + (dotted ? 96 : 0);
    network.m_base = *address;
    for (int bit = network.m_prefix; bit < 128; ++bit)
        network.m_base.bytes[static_cast<std::size_t>(bit / 8)] &= static_cast<std::uint8_t>(~(0x80 >> (bit % 8)));
    return network;
}

bool IpNetwork::contains(const IpAddress& address) const noexcept
{
    if (address.isV4() != m_base.isV4()) return false;
    // An IPv6 prefix that reaches into an IPv4-mapped base counts from bit 96 on, as for an IPv4 network.
    const auto whole = static_cast<std::size_t>(m_prefix / 8);
    if (std::memcmp(address.bytes.data(), m_base.bytes.data(), whole) != 0) return false;
    const int rest = m_prefix % 8;
    return rest == 0 || ((address.bytes[whole] ^ m_base.bytes[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
}

} // namespace iam::authz
