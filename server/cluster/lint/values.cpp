// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/values.h"
#include "base/configvalue.h"
#include "cluster/definition/ipv4.h"
#include <cctype>

namespace iam::cluster {

using std::chrono::milliseconds;

bool inOneNetwork(const std::string& a, const std::string& b, int prefix)
{
    const auto first = parseIpv4(a);
    const auto second = parseIpv4(b);
    if (!first || !second || prefix < 0 || prefix > 32) return false;
    return (*first & networkMask(prefix)) == (*second & networkMask(prefix));
}

bool isLoopback(std::string_view host)
{
    return host.starts_with("127.") || host == "::1" || host == "[::1]" || host == "localhost" ||
           host.starts_with("unix:");
}

std::optional<milliseconds> nginxTime(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    while (!text.empty()) {
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        std::size_t digits = 0;
        while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0) ++digits;
        if (digits == 0 || digits > 9) return std::nullopt;
        const std::int64_t number = *parseInteger(text.substr(0, digits));
        text.remove_prefix(digits);
        std::int64_t unit = 1000;
        if (text.starts_with("ms")) {
            unit = 1;
            text.remove_prefix(2);
        } else if (!text.empty() && text.front() != ' ') {
            switch (text.front()) {
            case 's':
                unit = 1000;
                break;
            case 'm':
                unit = 60'000;
                break;
            case 'h':
                unit = 3'600'000;
                break;
            case 'd':
                unit = 86'400'000;
                break;
            case 'w':
                unit = 604'800'000;
                break;
            case 'M':
                unit = 2'592'000'000;
                break;
            case 'y':
                unit = 31'536'000'000;
                break;
            default:
                return std::nullopt;
            }
            text.remove_prefix(1);
        }
        total += number * unit;
        if (total > std::int64_t{1} << 50) return std::nullopt;
    }
    return milliseconds(total);
}

std::optional<std::uint64_t> nginxSize(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    std::uint64_t unit = 1;
    switch (std::tolower(static_cast<unsigned char>(text.back()))) {
    case 'k':
        unit = 1024;
        break;
    case 'm':
        unit = 1024 * 1024;
        break;
    case 'g':
        unit = 1024 * 1024 * 1024;
        break;
    default:
        break;
    }
    if (unit != 1) text.remove_suffix(1);
    const auto number = parseInteger(text);
    if (!number || *number < 0 || *number > 1'000'000'000'000) return std::nullopt;
    return static_cast<std::uint64_t>(*number) * unit;
}

std::optional<milliseconds> decimalSeconds(std::string_view text)
{
    const std::size_t dot = text.find('.');
    const auto whole = dot == 0 ? std::optional<std::int64_t>(0) : parseInteger(text.substr(0, dot));
    if (!whole || *whole < 0 || *whole > 1'000'000) return std::nullopt;
    std::int64_t parts = 0;
    if (dot != std::string_view::npos) {
        std::int64_t worth = 100;
        for (const char c : text.substr(dot + 1)) {
            if (c < '0' || c > '9') return std::nullopt;
            parts += worth * (c - '0');
            worth /= 10;
        }
    }
    return milliseconds(*whole * 1000 + parts);
}

std::string timeText(milliseconds time)
{
    const auto count = time.count();
    if (count % 1000 == 0) return std::to_string(count / 1000) + " s";
    if (count < 1000 || count % 100 != 0) return std::to_string(count) + " ms";
    return std::to_string(count / 1000) + '.' + std::to_string(count % 1000 / 100) + " s";
}

std::vector<std::string> listWords(std::string_view text)
{
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t,", at)) != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(" \t,", at), text.size());
        found.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

HostPort hostPort(std::string_view text)
{
    if (text.starts_with("unix:")) return {std::string(text), 0};
    std::size_t colon = text.rfind(':');
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return {std::string(text), 0};
        colon = end + 1 < text.size() && text[end + 1] == ':' ? end + 1 : std::string_view::npos;
        const std::string host(text.substr(1, end - 1));
        if (colon == std::string_view::npos) return {host, 0};
        return {host, static_cast<int>(parseInteger(text.substr(colon + 1)).value_or(0))};
    }
    if (colon == std::string_view::npos || text.find(':') != colon) return {std::string(text), 0};
    const auto port = parseInteger(text.substr(colon + 1));
    return {std::string(text.substr(0, colon)), port && *port > 0 && *port < 65536 ? static_cast<int>(*port) : 0};
}

} // namespace iam::cluster
