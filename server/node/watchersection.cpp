// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/watchersection.h"
#include "base/configvalue.h"

namespace iam::node {
namespace {

constexpr int mostDays = 36'500;

/// "02:00".
std::optional<std::chrono::minutes> timeOfDay(const std::string& text)
{
    if (text.size() != 5 || text[2] != ':' || text.find_first_not_of("0123456789:") != std::string::npos) return {};
    const auto hours = parseInteger(text.substr(0, 2));
    const auto minutes = parseInteger(text.substr(3));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

void readDays(ConfigReader& reader, std::string_view key, std::chrono::days& value)
{
    int days = static_cast<int>(value.count());
    reader.integer(key, days, 0, mostDays);
    value = std::chrono::days(days);
}

} // namespace

void readWatcherSection(ConfigReader& reader, WatcherSection& section)
{
    reader.address("watcher.bind-address", section.bindAddress);
    reader.port("watcher.bind-port", section.bindPort);
    std::string at;
    reader.string("watcher.at", at);
    if (const auto time = timeOfDay(at))
        section.at = *time;
    else if (reader.isGiven("watcher.at"))
        reader.fault("watcher.at", "must be a time of day in UTC such as \"02:00\"");
    readDays(reader, "watcher.clean.max-reserve-days", section.rules.keepRemovedPolicies);
    readDays(reader, "watcher.clean.max-reserve-change-days", section.rules.keepChanges);
    readDays(reader, "watcher.task.max-inactive-days", section.rules.maxIdle);
}

} // namespace iam::node
