// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server that hands its decisions to the pump of the system it replaces, as a process with a real Redis.
#include "cluster/bus/redislink.h"
#include "records/legacy/legacyform.h"
#include "records/legacy/legacylist.h"
#include "support/redisserver.h"
#include "support/serverprocess.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::test;

class LegacyQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOldPumpIsToldOfDecisions();
    void itNeedsRedis();
};

void LegacyQueueTest::theOldPumpIsToldOfDecisions()
{
    RedisServer redis;
    QVERIFY(redis.start());
    ServerProcess server;
    QVERIFY2(server.start({QStringLiteral("redis.host=127.0.0.1"), QStringLiteral("redis.database=3"),
                           QStringLiteral("redis.port=%1").arg(redis.port()),
                           QStringLiteral("analytics.enable-legacy-queue=true")}),
             server.log());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "key");
    const std::string policy = "{\"metadata\":{\"name\":\"readers\"},\"policy\":{\"description\":\"d\",\"effect\":"
                               "\"allow\",\"subjects\":[\"peter\"],\"actions\":[\"read\"],\"resources\":[\"<.*>\"]}}";
    QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
    const std::string head = "{\"subject\":\"peter\",\"resource\":\"r\",\"action\":\"";
    QTRY_COMPARE(server.decide(secret.id, secret.key, head + "read\"}").body, std::string("{\"allowed\":true}"));
    QCOMPARE(server.decide(secret.id, secret.key, head + "write\"}").status, 200);

    const auto ask = [&](const QStringList& words) {
        return redis.ask(QStringList{QStringLiteral("-n"), QStringLiteral("3")} + words).trimmed();
    };
    const QString list = QString::fromLatin1(records::legacyListName);
    QTRY_VERIFY(ask({QStringLiteral("llen"), list}).toInt() >= 2);
    cluster::RedisConfig config;
    config.host = "127.0.0.1";
    config.port = redis.port();
    config.database = 3;
    auto link = cluster::RedisLink::open(config, {});
    VERIFY_OK(link);
    const auto entries = link->ask({"LRANGE", records::legacyListName, "-2", "-1"});
    VERIFY_OK(entries);
    QCOMPARE(entries->items.size(), std::size_t{2});
    const auto granted = records::unpackLegacyRecord(entries->items[0].text);
    VERIFY_OK(granted);
    QCOMPARE(granted->username, std::string("admin"));
    QCOMPARE(granted->effect, std::string("allow"));
    QCOMPARE(granted->conclusion, std::string("policies readers allow access"));
    QCOMPARE(granted->request, "{\"resource\":\"r\",\"action\":\"read\",\"subject\":\"peter\",\"context\":"
                               "{\"username\":\"admin\"}}");
    const std::string text = "[{\"id\":\"readers\",\"description\":\"d\",\"subjects\":[\"peter\"],\"effect\":\"allow\","
                             "\"resources\":[\"\\u003c.*\\u003e\"],\"actions\":[\"read\"],\"conditions\":{},"
                             "\"meta\":null}]";
    QCOMPARE(granted->policies, text);
    QCOMPARE(granted->deciders, text);
    const auto denied = records::unpackLegacyRecord(entries->items[1].text);
    VERIFY_OK(denied);
    QCOMPARE(denied->effect, std::string("deny"));
    QCOMPARE(denied->conclusion, std::string("no policy allowed access"));
    QCOMPARE(denied->deciders, std::string("[]"));

    // Without Redis decisions go on, and the operator sees it.
    redis.kill();
    const auto readyz = [&] { return httpCall(server.authzPort(), {"GET", "/readyz", {}, {}}); };
    QTRY_VERIFY(readyz().body.find("the old system's pump gets no decisions") != std::string::npos);
    QCOMPARE(readyz().status, 200);
    QCOMPARE(server.decide(secret.id, secret.key, head + "read\"}").body, std::string("{\"allowed\":true}"));
    const std::string metrics = httpCall(server.authzPort(), {"GET", "/metrics", {}, {}}).body;
    QVERIFY(metrics.find("iam_legacy_queue_up 0") != std::string::npos);
    QVERIFY(metrics.find("iam_legacy_queue_pending_records 1") != std::string::npos);
    QVERIFY(server.stop());
}

void LegacyQueueTest::itNeedsRedis()
{
    ServerProcess server;
    QVERIFY(!server.start({QStringLiteral("analytics.enable-legacy-queue=true")}));
    QVERIFY2(server.log().contains("analytics.enable-legacy-queue: needs redis.host"), server.log());
}

QTEST_GUILESS_MAIN(LegacyQueueTest)
#include "legacyqueuetest.moc"
