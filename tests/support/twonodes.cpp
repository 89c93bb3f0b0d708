// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/twonodes.h"

namespace iam::test {

bool TwoNodes::start()
{
    if (!m_database.start() || !m_redis.start()) return false;
    const QString schema = m_database.makeDatabase();
    const auto settings = [&](const char* node) {
        return QStringList{QStringLiteral("store.driver=mysql"),
                           QStringLiteral("mysql.host=127.0.0.1:%1").arg(m_database.port()),
                           QStringLiteral("mysql.username=") + QString::fromLatin1(MariaDbServer::username),
                           QStringLiteral("mysql.password=") + QString::fromLatin1(MariaDbServer::password),
                           QStringLiteral("mysql.database=") + schema,
                           QStringLiteral("redis.host=127.0.0.1"),
                           QStringLiteral("redis.port=%1").arg(m_redis.port()),
                           QStringLiteral("server.node-name=") + QString::fromLatin1(node)};
    };
    return m_one.start(settings("one")) && m_two.start(settings("two")) && waitForRedis(true);
}

std::string TwoNodes::redisState(const ServerProcess& server)
{
    return memberOf(server.api("GET", "/readyz", {}).body, "checks.redis");
}

bool TwoNodes::waitForRedis(bool up)
{
    const auto both = [&] { return (redisState(m_one) == "ok") == up && (redisState(m_two) == "ok") == up; };
    return timeUntil(both, std::chrono::seconds(10)).has_value();
}

std::optional<std::chrono::microseconds> timeUntil(const std::function<bool()>& ask, std::chrono::milliseconds patience)
{
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        const bool yes = ask();
        const auto passed = std::chrono::steady_clock::now() - start;
        if (yes) return std::chrono::duration_cast<std::chrono::microseconds>(passed);
        if (passed > patience) return std::nullopt;
    }
}

} // namespace iam::test
