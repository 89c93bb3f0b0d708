// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/mariadbserver.h"
#include "support/redisserver.h"
#include "support/serverprocess.h"
#include <functional>

namespace iam::test {

/// Two real servers, each a process of its own, on one real MariaDB and one real Redis.
class TwoNodes {
public:
    /// True when all of them run, both servers are ready and hear Redis.
    bool start();

    /// Starts one of them again after its end: the same data, name and ports.
    bool startAgain(ServerProcess& server);

    [[nodiscard]] ServerProcess& one() { return m_one; }
    [[nodiscard]] ServerProcess& two() { return m_two; }
    [[nodiscard]] RedisServer& redis() { return m_redis; }
    [[nodiscard]] MariaDbServer& database() { return m_database; }
    /// The value of "checks.redis" that the server's /readyz shows.
    [[nodiscard]] static std::string redisState(const ServerProcess& server);
    /// Waits until both servers' "checks.redis" is "ok", or both's is not; true when that was within ten seconds.
    [[nodiscard]] bool waitForRedis(bool up);

private:
    [[nodiscard]] QStringList settings(const ServerProcess& server) const;

    QTemporaryDir m_folder; ///< both share it, and so their keys
    MariaDbServer m_database;
    RedisServer m_redis;
    QString m_schema;
    ServerProcess m_one{m_folder.filePath(QStringLiteral("data"))};
    ServerProcess m_two{m_folder.filePath(QStringLiteral("data"))};
};

/// Asks again and again, without a pause; how long it took until the answer was yes, or nothing after `patience`.
[[nodiscard]] std::optional<std::chrono::microseconds> timeUntil(const std::function<bool()>& ask,
                                                                 std::chrono::milliseconds patience);

} // namespace iam::test
