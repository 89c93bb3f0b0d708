// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/address.h"
#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace iam::http {

namespace {

constexpr std::array<std::uint8_t, 12> MAPPED{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

bool isPort(std::string_view text)
{
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "10.0.0.1:80", "[::1]:80", "[::1]" without what is not the address.
std::string_view withoutPort(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return {};
        const std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && (rest.front() != ':' || !isPort(rest.substr(1)))) return {};
        const std::string_view inner = text.substr(1, end - 1);
        return inner.find(':') != std::string_view::npos ? inner : std::string_view();
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) return text;
    return isPort(text.substr(colon + 1)) ? text.substr(0, colon) : std::string_view();
}

} // namespace

Address Address::parse(std::string_view text)
{
    const std::string literal(withoutPort(trimmed(text)));
    Address address;
    if (literal.empty() || literal.size() > 45) return address;
    std::array<std::uint8_t, 16> bytes{};
    if (::inet_pton(AF_INET, literal.c_str(), bytes.data()) == 1) {
        address.m_family = Family::V4;
        std::copy_n(bytes.begin(), 4, address.m_bytes.begin());
    } else if (::inet_pton(AF_INET6, literal.c_str(), bytes.data()) == 1) {
        if (std::equal(MAPPED.begin(), MAPPED.end(), bytes.begin())) {
            address.m_family = Family::V4;
            std::copy_n(bytes.begin() + 12, 4, address.m_bytes.begin());
        } else {
            address.m_family = Family::V6;
            address.m_bytes = bytes;
        }
    }
    return address;
}

Address Address::fromSocket(const sockaddr_storage& socket)
{
    Address address;
    if (socket.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &socket, sizeof v4);
        address.m_family = Family::V4;
        std::memcpy(address.m_bytes.data(), &v4.sin_addr, 4);
    } else if (socket.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &socket, sizeof v6);
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, 16);
        if (std::equal(MAPPED.begin(), MAPPED.end(), bytes.begin())) {
            address.m_family = Family::V4;
            std::copy_n(bytes.begin() + 12, 4, address.m_bytes.begin());
        } else {
            address.m_family = Family::V6;
            address.m_bytes = bytes;
        }
    }
    return address;
}

bool Address::isLoopback() const noexcept
{
    if (m_family == Family::V4) return m_bytes[0] == 127;
    std::array<std::uint8_t, 16> loopback{};
    loopback[15] = 1;
    return m_family == Family::V6 && m_bytes == loopback;
}

std::string Address::toString() const
{
    if (isNull()) return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (m_family == Family::V6)
        return ::inet_ntop(AF_INET6, m_bytes.data(), text.data(), text.size()) != nullptr ? text.data() : std::string();
    char* end = text.data(); // asked for with every request, and printf takes its time
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0) *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), m_bytes[i]).ptr;
    }
    return {text.data(), end};
}

std::size_t Address::hash() const noexcept
{
    return std::hash<std::string_view>()({reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()});
}

Result<Network> Network::parse(std::string_view text)
{
    const auto broken = [text] {
        return fail(Code::Validation,
                    "\"" + std::string(text) + "\" is not an address or an address range (a.b.c.d/n)");
    };
    const std::size_t slash = text.find('/');
    const std::string_view literal = text.substr(0, slash);
    Network network;
    // A port or brackets have no place in a range.
    if (literal.find_first_of("[] \t") != std::string_view::npos) return broken();
    if (literal.find('.') != std::string_view::npos && literal.starts_with("::") == false &&
        literal.find(':') != std::string_view::npos)
        return broken();
    network.m_address = Address::parse(literal);
    if (network.m_address.isNull()) return broken();
    const unsigned most = network.m_address.m_family == Address::Family::V4 ? 32 : 128;
    network.m_bits = most;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.m_bits);
        if (error != std::errc() || end != digits.data() + digits.size() || network.m_bits > most) return broken();
    }
    return network;
}

bool Network::contains(const Address& address) const noexcept
{
    if (address.isNull() || address.m_family != m_address.m_family) return false;
    const unsigned whole = m_bits / 8;
    if (!std::equal(m_address.m_bytes.begin(), m_address.m_bytes.begin() + whole, address.m_bytes.begin()))
        return false;
    if (m_bits % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xFF << (8 - m_bits % 8));
    return (m_address.m_bytes[whole] & mask) == (address.m_bytes[whole] & mask);
}

bool containsAddress(const std::vector<Network>& networks, const Address& address) noexcept
{
    return std::any_of(networks.begin(), networks.end(),
                       [&address](const Network& network) { return network.contains(address); });
}

Address resolveClient(const Address& peer, const std::vector<std::string_view>& forwardedFor,
                      const std::vector<Network>& trusted)
{
    Address client = peer;
    for (auto values = forwardedFor.rbegin(); values != forwardedFor.rend(); ++values) {
        std::string_view rest = *values;
        for (bool more = true; more;) {
            if (!containsAddress(trusted, client)) return client;
            const std::size_t comma = rest.rfind(',');
            more = comma != std::string_view::npos;
            const Address next = Address::parse(more ? rest.substr(comma + 1) : rest);
            if (next.isNull()) return client;
            client = next;
            if (more) rest = rest.substr(0, comma);
        }
    }
    return client;
}

} // namespace iam::http
