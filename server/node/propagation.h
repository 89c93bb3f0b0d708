// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redisbus.h"
#include "routes/proberoutes.h"
#include "service/changefollower.h"
#include <optional>

namespace iam::node {

/// Message keys made of those that ClusterKeys::messageKeys() gives, anew when these change.
[[nodiscard]] cluster::MessageKeySource
messageKeySource(std::function<std::shared_ptr<const std::vector<SecretString>>()> secrets);

/// Brings changes from node to node: the database is looked at every now and then, and Redis, where there is one, says
/// when to look at once. Any thread.
class Propagation {
public:
    struct Setup {
        cluster::RedisConfig redis;
        std::string node;
        cluster::MessageKeySource keys;
        std::chrono::milliseconds poll{}; ///< zero: other processes do not write to the database
        /// Servers that do not sign their messages write to the database, too, and what they write is found there like
        /// everything else: a message of theirs is no reason to read all of it.
        bool othersAreFound = false;
    };

    /// To be made before the directory is used. All references outlive this.
    Propagation(Setup setup, store::Storage& storage, service::AccessDirectory& directory, const Clock& clock);

    /// What /readyz says of Redis; nothing when there is none. Its absence is a warning, as changes are found without.
    [[nodiscard]] std::optional<routes::ReadinessCheck> readiness() const;
    /// Nothing without Redis.
    [[nodiscard]] std::optional<cluster::BusStats> busStats() const;

private:
    service::ChangeFollower m_follower;
    std::unique_ptr<cluster::RedisBus> m_bus; ///< dies first: it calls the follower
};

} // namespace iam::node
