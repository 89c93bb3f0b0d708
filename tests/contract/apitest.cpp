// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the case list cannot say: something about every endpoint, every record, and records that come a little later.
#include "contract/endpoints.h"
#include "support/serverprocess.h"
#include <QTest>

using namespace iam;
using namespace iam::test;

class ApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void changesAreRecordedWithoutSecrets();
    void decisionsComeBackFromTheLog();
    void everyEndpointIsServedAndGuarded();

private:
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
