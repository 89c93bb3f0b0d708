// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "cluster/bus/redisconfig.h"
#include <functional>

namespace iam::node {

/// Takes redis.* out of the sources, named as in the old system. There is a Redis only when redis.host or redis.addrs
/// is given. Their faults come from reader.finish().
void readRedisSection(ConfigReader& reader, cluster::RedisConfig& redis);

/// The same for a file of the old system, whose Redis is on this machine unless it says otherwise. Nothing when we
/// cannot use that Redis. What is left out is told to `comment(key, why)`, with what follows from it.
[[nodiscard]] std::optional<cluster::RedisConfig>
readOldRedisSection(ConfigReader& old, const std::string& consequence,
                    const std::function<void(const std::string& key, const std::string& why)>& comment);

} // namespace iam::node
