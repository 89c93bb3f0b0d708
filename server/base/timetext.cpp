// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include <charconv>
#include <cstdio>
#include <ctime>

namespace iam {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// "YYYY-MM-DDTHH:MM:SS" of `time` moved by `offset`.
std::string dateAndTime(std::chrono::sys_seconds time, seconds offset)
{
    const auto local = time + offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    char out[64];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()));
    return out;
}

seconds localOffset(std::chrono::sys_seconds time)
{
    const std::time_t t = time.time_since_epoch().count();
    std::tm local{};
    if (::localtime_r(&t, &local) == nullptr) return seconds{0};
    return seconds{local.tm_gmtoff};
}

std::string offsetText(seconds offset)
{
    if (offset.count() == 0) return "Z";
    const long minutes = std::abs(offset.count()) / 60;
    char out[48];
    std::snprintf(out, sizeof out, "%c%02ld:%02ld", offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return out;
}

std::string localText(TimePoint time, bool decimals)
{
    const auto whole = std::chrono::floor<seconds>(time);
    const long ms = (time - whole).count();
    const seconds offset = localOffset(whole);
    std::string out = dateAndTime(whole, offset);
    if (decimals && ms != 0) {
        char fraction[32];
        std::snprintf(fraction, sizeof fraction, ".%03ld", ms);
        out += fraction;
        while (out.back() == '0') out.pop_back();
    }
    return out + offsetText(offset);
}

/// Reads exactly `digits` decimal digits at `pos`.
std::optional<int> number(std::string_view text, std::size_t pos, std::size_t digits)
{
    if (pos + digits > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = pos; i < pos + digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::string toLocalDateTime(TimePoint time)
{
    const auto whole = std::chrono::floor<seconds>(time);
    std::string text = dateAndTime(whole, localOffset(whole));
    text[10] = ' ';
    return text;
}

std::optional<TimePoint> fromLocalDateTime(std::string_view text)
{
    const auto part = [&](std::size_t pos, std::size_t digits) { return number(text, pos, digits).value_or(-1); };
    if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    std::tm local{};
    local.tm_year = part(0, 4) - 1900;
    local.tm_mon = part(5, 2) - 1;
    local.tm_mday = part(8, 2);
    local.tm_hour = part(11, 2);
    local.tm_min = part(14, 2);
    local.tm_sec = part(17, 2);
    local.tm_isdst = -1;
    if (local.tm_year < 0 || local.tm_mon < 0 || local.tm_mon > 11 || local.tm_mday < 1 || local.tm_mday > 31 ||
        local.tm_hour < 0 || local.tm_hour > 23 || local.tm_min < 0 || local.tm_min > 59 || local.tm_sec < 0 ||
        local.tm_sec > 59)
        return std::nullopt;
    return TimePoint(seconds{::mktime(&local)});
}

std::string toRfc3339(TimePoint time)
{
    const auto whole = std::chrono::floor<seconds>(time);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", int((time - whole).count()));
    return dateAndTime(whole, seconds{0}) + fraction;
}

std::string toRfc3339Local(TimePoint time)
{
    return localText(time, true);
}
std::string toRfc3339LocalSeconds(TimePoint time)
{
    return localText(time, false);
}

std::optional<TimePoint> fromRfc3339(std::string_view text)
{
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto year = number(text, 0, 4), month = number(text, 5, 2), day = number(text, 8, 2);
    const auto hour = number(text, 11, 2), minute = number(text, 14, 2), second = number(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(unsigned(*month)),
                                           std::chrono::day(unsigned(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;

    std::size_t pos = 19;
    int ms = 0;
    if (text[pos] == '.') {
        std::size_t digits = 0;
        int scale = 100;
        for (++pos; pos < text.size() && text[pos] >= '0' && text[pos] <= '9'; ++pos, ++digits, scale /= 10)
            ms += (text[pos] - '0') * scale;
        if (digits == 0) return std::nullopt;
    }
    seconds offset{0};
    if (pos < text.size() && text[pos] == 'Z') {
        if (pos + 1 != text.size()) return std::nullopt;
    } else {
        if (pos + 6 != text.size() || (text[pos] != '+' && text[pos] != '-') || text[pos + 3] != ':')
            return std::nullopt;
        const auto hours = number(text, pos + 1, 2), minutes = number(text, pos + 4, 2);
        if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
        offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
        if (text[pos] == '-') offset = -offset;
    }
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + seconds{*second} +
           milliseconds{ms} - offset;
}

} // namespace iam
