// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/twonodes.h"

namespace iam::test {

QStringList TwoNodes::settings(const ServerProcess& server) const
{
    QStringList list{QStringLiteral("store.driver=mysql"),
                     QStringLiteral("mysql.host=127.0.0.1:%1").arg(m_database.port()),
                     QStringLiteral("mysql.username=") + QString::fromLatin1(MariaDbServer::username),
                     QStringLiteral("mysql.password=") + QString::fromLatin1(MariaDbServer::password),
                     QStringLiteral("mysql.database=") + m_schema,
                     QStringLiteral("redis.host=127.0.0.1"),
                     QStringLiteral("redis.port=%1").arg(m_redis.port()),
                     QStringLiteral("server.node-name=") +
                         (&server == &m_one ? QStringLiteral("one") : QStringLiteral("two"))};
    if (server.apiPort() != 0) // it ran before
        list << QStringLiteral("apiserver.insecure.bind-port=%1").arg(server.apiPort())
             << QStringLiteral("authz-server.insecure.bind-port=%1").arg(server.authzPort());
    return list;
}

bool TwoNodes::start()
{
    if (!m_database.start() || !m_redis.start()) return false;
    m_schema = m_database.makeDatabase();
    return m_one.start(settings(m_one)) && m_two.start(settings(m_two)) && waitForRedis(true);
}

bool TwoNodes::startAgain(ServerProcess& server)
{
    return server.start(settings(server));
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
