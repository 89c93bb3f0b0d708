// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/tokenid.h"
#include "base/randomuuid.h"
#include <charconv>
#include <cstdio>

namespace iam::service {

std::string makeTokenId(TimePoint tokensValidFrom)
{
    const auto ms = static_cast<unsigned long long>(tokensValidFrom.time_since_epoch().count()) & 0xFFFF'FFFF'FFFFull;
    char time[16];
    std::snprintf(time, sizeof time, "%08llx-%04llx", ms >> 16, ms & 0xFFFF);
    std::string id = randomUuid(); // version 4: xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx
    id.replace(0, 13, time, 13);
    id[14] = '8';
    return id;
}

std::optional<TimePoint> tokensValidFromOf(std::string_view id)
{
    if (id.size() != 36 || id[8] != '-' || id[13] != '-' || id[14] != '8' || id[18] != '-' || id[23] != '-')
        return std::nullopt;
    const std::string digits = std::string(id.substr(0, 8)) + std::string(id.substr(9, 4));
    std::uint64_t ms = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), ms, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return TimePoint(std::chrono::milliseconds(ms));
}

} // namespace iam::service
