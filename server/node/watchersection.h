// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "service/watcher.h"
#include <chrono>
#include <cstdint>
#include <string>

namespace iam::node {

/// What watcher.* says.
struct WatcherSection {
    std::string bindAddress = "127.0.0.1";
    std::uint16_t bindPort = 5050;
    std::chrono::minutes at = std::chrono::hours(2); ///< the time of day, in UTC, at which the work is due
    service::WatcherRules rules;
};

/// Takes watcher.* out of the sources.
void readWatcherSection(ConfigReader& reader, WatcherSection& section);

} // namespace iam::node
