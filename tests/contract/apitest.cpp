// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the case list cannot say: something about every endpoint, every record, and records that come a little later.
#include "contract/endpoints.h"
#include "support/serverprocess.h"
#include <QTest>
#include <functional>
#include <latch>
#include <map>
#include <thread>

using namespace iam;
using namespace iam::test;

class ApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void changesAreRecordedWithoutSecrets();
    void decisionsComeBackFromTheLog();
    void theLastUseOfAKeyIsShown();
    void twentyCreatesAtTheLimit();
    void manyEditsWithOneTag();
    void everyEndpointIsServedAndGuarded();

private:
    /// How many of 20 answers to calls at the same moment had which code (0: none). `call(i)` makes one.
    static std::map<std::string, int> atOnce(const std::function<HttpAnswer(int)>& call);

    ServerProcess m_server;
    std::string m_admin;
    std::string m_user;
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings

void ApiTest::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log().constData());
    m_admin = m_server.logInAsAdmin();
    QVERIFY(!m_admin.empty());
    const std::string user = R"({"metadata":{"name":"u1"},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})";
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, user).status, 200);
    m_user = m_server.logIn("u1", "Pass@2021");
    QVERIFY(!m_user.empty());
}

void ApiTest::changesAreRecordedWithoutSecrets()
{
    QCOMPARE(m_server.api("POST", "/v1/secrets", m_user, R"({"metadata":{"name":"s"}})").status, 200);
    QCOMPARE(m_server.api("PUT", "/v1/users/u1/change-password", m_admin, R"({"newPassword":"Next@2021"})").status,
             200);
    m_user = m_server.logIn("u1", "Next@2021");
    QCOMPARE(m_server.api("POST", "/v1/policies", m_user, R"({"metadata":{"name":"gone"},"policy":{"effect":"allow"}})")
                 .status,
             200);
    QCOMPARE(m_server.api("DELETE", "/v1/policies/gone", m_user).status, 200);
    const std::string changes = m_server.api("GET", "/v1/audit/changes?limit=1000", m_admin).body;
    for (const char* part : {R"("kind":"user")", R"("kind":"secret")", R"("kind":"policy")", R"("action":"delete")",
                             R"("actor":"u1")", R"("address":"127.0.0.1")"})
        QVERIFY2(changes.find(part) != std::string::npos, part);
    for (const char* part : {"Pass@2021", "Next@2021", "argon2", "v1:"})
        QVERIFY2(changes.find(part) == std::string::npos, part);
}

void ApiTest::decisionsComeBackFromTheLog()
{
    const MadeSecret secret = makeSecret(m_server, m_user, "asking");
    const auto decide = [&](const std::string& body) { return m_server.decide(secret.id, secret.key, body).body; };
    const std::string denied = R"({"allowed":false,"denied":true,"reason":"Request was denied by default"})";
    QCOMPARE(
        m_server
            .api(
                "POST", "/v1/policies", m_user,
                R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})")
            .status,
        200);
    QCOMPARE(decide(R"({"subject":"s","action":"a","resource":"r","context":{"k":1}})"),
             std::string(R"({"allowed":true})"));
    QCOMPARE(decide(R"({"subject":"x","action":"a","resource":"r"})"), denied);
    std::string records;
    QTRY_VERIFY_WITH_TIMEOUT(memberOf(records = m_server.api("GET", "/v1/audit/decisions", m_user).body, "items")
                                     .find("\"subject\":\"x\"") != std::string::npos,
                             1000);
    for (const std::string& part : {std::string(R"("owner":"u1")"), std::string(R"("context":{"k":1,"username":")"),
                                    std::string(R"("deciders":["p"])"), std::string(R"("allowed":true)"),
                                    std::string(R"("reason":"Request was denied by default")")})
        QVERIFY2(records.find(part) != std::string::npos, part.c_str());
    QVERIFY(records.find("\"subject\":\"x\"") < records.find("\"subject\":\"s\"")); // newest first
    const std::string filtered = m_server.api("GET", "/v1/audit/decisions?allowed=true&limit=1", m_user).body;
    QVERIFY(filtered.find("\"subject\":\"x\"") == std::string::npos &&
            filtered.find("\"subject\":\"s\"") != std::string::npos);
    const std::string all = m_server.api("GET", "/v1/audit/decisions?owner=u1", m_admin).body;
    QVERIFY(all.find("\"subject\":\"s\"") != std::string::npos);
}

void ApiTest::theLastUseOfAKeyIsShown()
{
    const MadeSecret old = makeSecret(m_server, m_user, "used");
    const auto shown = [&](const std::string& member) {
        return memberOf(m_server.api("GET", "/v1/secrets/used", m_user).body, member);
    };
    QCOMPARE(shown("lastUsedAt"), std::string());
    const std::string tag = m_server.api("GET", "/v1/secrets/used", m_user).header("ETag");
    QCOMPARE(m_server.decide(old.id, old.key, R"({"action":"read"})").status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(shown("lastUsedAction"), std::string("read"), 15'000);
    QCOMPARE(shown("lastUsedFrom"), std::string("127.0.0.1"));
    QVERIFY(shown("lastUsedAt").find(":00") != std::string::npos); // to the minute
    QCOMPARE(m_server.api("GET", "/v1/secrets/used", m_user).header("ETag"), tag);

    const std::string rotated = m_server.api("POST", "/v1/secrets/used/rotate", m_user, R"({"overlap":60})").body;
    QCOMPARE(shown("lastUsedAt"), std::string());
    QCOMPARE(shown("previous.lastUsedAction"), std::string("read"));
    QCOMPARE(
        m_server.decide(memberOf(rotated, "secretID"), memberOf(rotated, "secretKey"), R"({"action":"new"})").status,
        200);
    QTRY_COMPARE_WITH_TIMEOUT(shown("lastUsedAction"), std::string("new"), 15'000);
    QCOMPARE(shown("previous.lastUsedAction"), std::string("read"));
}

std::map<std::string, int> ApiTest::atOnce(const std::function<HttpAnswer(int)>& call)
{
    std::vector<std::string> codes(20);
    {
        std::latch start(20);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 20; ++i)
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                const HttpAnswer answer = call(i);
                codes[static_cast<std::size_t>(i)] = answer.status == 200 ? "0" : memberOf(answer.body, "code");
            });
    }
    std::map<std::string, int> counts;
    for (const std::string& code : codes) ++counts[code];
    return counts;
}

void ApiTest::twentyCreatesAtTheLimit()
{
    const std::string user = R"({"metadata":{"name":"full"},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})";
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, user).status, 200);
    const std::string token = m_server.logIn("full", "Pass@2021");
    for (int i = 0; i < 7; ++i) QVERIFY(!makeSecret(m_server, token, "old" + std::to_string(i)).id.empty());
    const auto counts = atOnce([&](int i) {
        return m_server.api("POST", "/v1/secrets", token, R"({"metadata":{"name":"new)" + std::to_string(i) + R"("}})");
    });
    QVERIFY(counts == (std::map<std::string, int>{{"0", 3}, {"110101", 17}}));
    QCOMPARE(memberOf(m_server.api("GET", "/v1/secrets", token).body, "totalCount"), std::string("10"));
}

void ApiTest::manyEditsWithOneTag()
{
    QVERIFY(!makeSecret(m_server, m_user, "edited").id.empty());
    const std::string path = "/v1/secrets/edited";
    const std::string tag = m_server.api("GET", path, m_user).header("ETag");
    const auto counts = atOnce([&](int i) {
        HttpCall call{"PUT", path, {{"Authorization", "Bearer " + m_user}, {"If-Match", tag}}, {}};
        if (i % 4 == 0)
            call.target += "/disable";
        else if (i % 4 == 1)
            call.method = "POST", call.target += "/rotate";
        else
            call.body = R"({"description":")" + std::to_string(i) + "\"}";
        return httpCall(m_server.apiPort(), call);
    });
    QVERIFY(counts == (std::map<std::string, int>{{"0", 1}, {"110205", 19}}));
    QVERIFY(m_server.api("GET", path, m_user).header("ETag").ends_with(".2\""));
}

void ApiTest::everyEndpointIsServedAndGuarded()
{
    using contract::Access;
    for (const contract::Endpoint& endpoint : contract::endpoints()) {
        const bool authz = endpoint.service == contract::Service::AuthzServer;
        const std::uint16_t port = authz ? m_server.authzPort() : m_server.apiPort();
        std::string target(endpoint.path);
        if (const auto name = target.find(":name"); name != std::string::npos) target.replace(name, 5, "nobody");
        const HttpAnswer bare = httpCall(port, {std::string(endpoint.method), target, {}, ""});
        const std::string code = memberOf(bare.body, "code");
        const std::string where = std::string(endpoint.method) + " " + target + ": " + bare.body;
        switch (endpoint.access) {
        case Access::Open:
        case Access::Refresh:
            QVERIFY2(code.empty(), where.c_str());
            break; // no error of ours: it is there
        case Access::Login:
            QVERIFY2(code == "100204", where.c_str());
            break;
        case Access::SecretToken:
            QVERIFY2(code == "100205", where.c_str());
            break;
        case Access::Network:
            QCOMPARE(bare.status, 200);
            break; // the test is near
        }
        if (endpoint.access == Access::Login) {
            const std::string body = m_server.api(std::string(endpoint.method), target, m_admin, "{").body;
            QVERIFY2(memberOf(body, "code") != "100006", (where + body).c_str()); // not "page not found"
        }
        if (endpoint.service == contract::Service::Both)
            QVERIFY2(httpCall(m_server.authzPort(), {std::string(endpoint.method), target, {}, ""}).status == 200,
                     where.c_str());
    }
}

#endif

QTEST_GUILESS_MAIN(ApiTest)
#include "apitest.moc"
