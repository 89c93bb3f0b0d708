// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whole servers on a MariaDB: the roles as two processes of one node, the database away for a while, a password reset
// beside running servers.
#include "support/mariadbserver.h"
#include "support/serverprocess.h"
#include <QTest>
#include <thread>

using namespace iam;
using namespace iam::test;

class MariaDbServersTest : public QObject {
    Q_OBJECT

    MariaDbServer m_server;
    QString m_database;

    QStringList settings(const QStringList& more = {}) const
    {
        return QStringList{u"store.driver=mysql"_qs, u"mysql.host=127.0.0.1:%1"_qs.arg(m_server.port()),
                           u"mysql.username=%1"_qs.arg(QLatin1String(MariaDbServer::username)),
                           u"mysql.password=%1"_qs.arg(QLatin1String(MariaDbServer::password)),
                           u"mysql.database="_qs + m_database} +
               more;
    }
    static const char* request() { return R"({"subject":"s","action":"a","resource":"r","context":{}})"; }
    static const char* policy()
    {
        return R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],)"
               R"("resources":["r"]}})";
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
    }
    void init() { m_database = m_server.makeDatabase(); }

    void rolesMayBeProcessesOfTheirOwn()
    {
        ServerProcess api;
        const QStringList noRedis{u"redis.host=127.0.0.1"_qs, u"redis.port=1"_qs}; // nobody is there
        QVERIFY2(api.start(settings(QStringList{u"roles=apiserver"_qs} + noRedis)), api.log().constData());
        ServerProcess authz(api.dataDir());
        QVERIFY2(authz.start(settings(QStringList{u"roles=authz-server"_qs} + noRedis)), authz.log().constData());
        ServerProcess second(api.dataDir());
        QVERIFY(!second.start(settings({u"roles=authz-server"_qs})));
        QVERIFY2(second.log().contains("runs already"), second.log().constData());
        ServerProcess sqlite(api.dataDir());
        QVERIFY(!sqlite.start());
        QVERIFY2(sqlite.log().contains("in use by another server"), sqlite.log().constData());

        const std::string token = api.logInAsAdmin();
        QVERIFY(!token.empty());
        const MadeSecret secret = makeSecret(api, token, "s");
        QVERIFY(!secret.id.empty());
        QCOMPARE(api.api("POST", "/v1/policies", token, policy()).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(memberOf(authz.decide(secret.id, secret.key, request()).body, "allowed"),
                                  std::string("true"), 20'000);
        // What the one process decided is looked up in the other.
        QTRY_VERIFY_WITH_TIMEOUT(
            memberOf(api.api("GET", "/v1/audit/decisions", token).body, "items").find("\"subject\":\"s\"") !=
                std::string::npos,
            20'000);
        // A warning, in words that say nothing of the inside.
        const HttpAnswer ready = api.api("GET", "/readyz", {});
        QCOMPARE(ready.status, 200);
        QCOMPARE(memberOf(ready.body, "checks.redis"),
                 std::string("Redis cannot be reached; the database is polled instead"));
        QVERIFY2(api.log().contains("no connection to Redis at 127.0.0.1:1"), api.log().constData());
        QVERIFY(authz.stop());
        QVERIFY(api.stop());
        QVERIFY2(!(api.log() + authz.log()).contains(MariaDbServer::password), "the password is in the log");
    }

    void aServerOutlivesItsDatabase()
    {
        ServerProcess server;
        QVERIFY2(server.start(settings() + QStringList{u"authz-server.max-staleness=1s"_qs}), server.log().constData());
        const std::string token = server.logInAsAdmin();
        const MadeSecret secret = makeSecret(server, token, "s");
        QCOMPARE(server.api("POST", "/v1/policies", token, policy()).status, 200);
        QCOMPARE(memberOf(server.decide(secret.id, secret.key, request()).body, "allowed"), std::string("true"));
        m_server.kill();
        QTRY_COMPARE_WITH_TIMEOUT(server.api("GET", "/readyz", {}).status, 503, 20'000);
        const auto snapshot = [&] { return memberOf(server.api("GET", "/readyz", {}).body, "checks.snapshot"); };
        QTRY_VERIFY_WITH_TIMEOUT(snapshot().starts_with("decisions use data that is "), 20'000);
        QCOMPARE(memberOf(server.decide(secret.id, secret.key, request()).body, "allowed"), std::string("true"));
        const HttpAnswer refused = server.api("DELETE", "/v1/policies/p", token);
        QCOMPARE(refused.status, 503);
        QVERIFY(m_server.start());
        QTRY_COMPARE_WITH_TIMEOUT(server.api("GET", "/readyz", {}).status, 200, 20'000);
        QCOMPARE(server.api("GET", "/v1/policies/p", token).status, 200);
        QCOMPARE(server.api("DELETE", "/v1/policies/p", token).status, 200);
        QCOMPARE(memberOf(server.decide(secret.id, secret.key, request()).body, "allowed"), std::string("false"));
        QVERIFY(server.stop());
    }

    void aStartWaitsForTheDatabase()
    {
        m_server.stop();
        bool started = false;
        QByteArray log;
        std::thread waiting([&] {
            ServerProcess server;
            started = server.start(settings()) && server.stop();
            log = server.log();
        });
        m_server.start();
        waiting.join();
        QVERIFY2(started, log.constData());
    }

    void aPasswordIsResetBesideRunningServers()
    {
        ServerProcess server;
        QVERIFY2(server.start(settings()), server.log().constData());
        const std::string token = server.logInAsAdmin();
        QVERIFY(!token.empty());
        QProcess reset;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"IAM_ADMIN_PASSWORD"_qs, u"Other@2022"_qs);
        environment.insert(u"IAM_MYSQL_PASSWORD"_qs, QLatin1String(MariaDbServer::password));
        reset.setProcessEnvironment(environment);
        QStringList arguments{u"admin"_qs, u"reset-password"_qs, u"--data-dir"_qs, server.dataDir()};
        for (const QString& setting : settings())
            if (!setting.startsWith(u"mysql.password"_qs)) arguments << u"--set"_qs << setting;
        reset.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
        QVERIFY(reset.waitForFinished(30'000));
        QVERIFY2(reset.exitCode() == 0, reset.readAllStandardError().constData());
        QTRY_COMPARE_WITH_TIMEOUT(server.api("GET", "/v1/secrets", token).status, 401, 20'000);
        QVERIFY(!server.logIn("admin", "Other@2022").empty());
        QVERIFY(server.logInAsAdmin().empty());
    }
};

QTEST_GUILESS_MAIN(MariaDbServersTest)
#include "mariadbtest.moc"
