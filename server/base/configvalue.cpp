// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include <array>
#include <charconv>
#include <limits>

namespace iam {
namespace {

constexpr std::int64_t longestNanoseconds = std::int64_t{100} * 365 * 24 * 3600 * 1'000'000'000;
constexpr std::int64_t nanosecondsPerMillisecond = 1'000'000;

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

// Longer names first: "ms" must not be read as "m".
constexpr std::array<Unit, 8> timeUnits{{{"ns", 1},
                                         {"us", 1'000},
                                         {"\xC2\xB5s", 1'000},
                                         {"\xCE\xBCs", 1'000},
                                         {"ms", 1'000'000},
                                         {"s", 1'000'000'000},
                                         {"m", 60'000'000'000},
                                         {"h", 3'600'000'000'000}}};

constexpr std::array<Unit, 11> sizeUnits{{{"", 1},
                                          {"B", 1},
                                          {"KiB", std::uint64_t{1} << 10},
                                          {"MiB", std::uint64_t{1} << 20},
                                          {"GiB", std::uint64_t{1} << 30},
                                          {"TiB", std::uint64_t{1} << 40},
                                          {"kB", 1'000},
                                          {"KB", 1'000},
                                          {"MB", 1'000'000},
                                          {"GB", 1'000'000'000},
                                          {"TB", 1'000'000'000'000}}};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes the digits at the front of `text`; at most 18, so that the value always fits.
std::optional<std::string_view> takeDigits(std::string_view& text)
{
    std::size_t count = 0;
    while (count < text.size() && isDigit(text[count])) ++count;
    if (count > 18) return {};
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

std::int64_t toInteger(std::string_view digits)
{
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// whole.fraction × factor, exact to the nanosecond (what is below is cut, as Go does); nothing when it is too long.
std::optional<std::int64_t> scaled(std::string_view whole, std::string_view fraction, std::uint64_t factor)
{
    __extension__ using Wide = unsigned __int128; // a fraction of an hour in ns needs more than 64 bits
    Wide value = static_cast<Wide>(toInteger(whole)) * factor;
    Wide divisor = 1;
    for (std::size_t i = 0; i < fraction.size(); ++i) divisor *= 10;
    value += static_cast<Wide>(toInteger(fraction)) * factor / divisor;
    if (value > static_cast<Wide>(longestNanoseconds)) return {};
    return static_cast<std::int64_t>(value);
}

} // namespace

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::optional<bool> parseBoolean(std::string_view text)
{
    if (text == "true") return true;
    if (text == "false") return false;
    return {};
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    if (text == "0") return std::chrono::milliseconds(0);
    if (text.empty()) return {};
    std::int64_t total = 0;
    while (!text.empty()) {
        const auto whole = takeDigits(text);
        if (!whole) return {};
        std::string_view fraction;
        if (!text.empty() && text.front() == '.') {
            text.remove_prefix(1);
            const auto digits = takeDigits(text);
            if (!digits) return {};
            fraction = *digits;
        }
        if (whole->empty() && fraction.empty()) return {};
        const Unit* unit = nullptr;
        for (const Unit& candidate : timeUnits)
            if (text.starts_with(candidate.name) && (unit == nullptr || candidate.name.size() > unit->name.size())) {
                unit = &candidate;
            }
        if (unit == nullptr) return {};
        text.remove_prefix(unit->name.size());
        const auto part = scaled(*whole, fraction, unit->factor);
        if (!part || *part > longestNanoseconds - total) return {};
        total += *part;
    }
    if (total % nanosecondsPerMillisecond != 0) return {};
    return std::chrono::milliseconds(total / nanosecondsPerMillisecond);
}

std::string formatDuration(std::chrono::milliseconds duration)
{
    std::int64_t rest = duration.count();
    std::string text;
    const auto put = [&](std::int64_t size, const char* unit) {
        if (rest / size != 0) text += std::to_string(rest / size) + unit;
        rest %= size;
    };
    put(3'600'000, "h");
    put(60'000, "m");
    put(1'000, "s");
    put(1, "ms");
    return text.empty() ? "0s" : text;
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    const auto digits = takeDigits(text);
    if (!digits || digits->empty()) return {};
    for (const Unit& unit : sizeUnits) {
        if (text != unit.name) continue;
        const auto value = static_cast<std::uint64_t>(toInteger(*digits));
        if (value > std::numeric_limits<std::uint64_t>::max() / unit.factor) return {};
        return value * unit.factor;
    }
    return {};
}

std::string formatSize(std::uint64_t bytes)
{
    const Unit* best = &sizeUnits[0];
    for (std::size_t i = 2; i < 6; ++i)
        if (bytes != 0 && bytes % sizeUnits[i].factor == 0) best = &sizeUnits[i];
    return std::to_string(bytes / best->factor) + std::string(best->name);
}

} // namespace iam
