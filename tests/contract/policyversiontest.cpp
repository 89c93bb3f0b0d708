// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Versions of policies over HTTP: list, one, diff, roll-back, and which state a change is meant for.
#include "support/serverprocess.h"
#include <QTest>
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace iam;
using namespace iam::test;

class PolicyVersionApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void versionsAreListedAndRead();
    void diffSaysWhatChanged();
    void aBigPartIsReplacedWhole();
    void rollBackWritesTheOldAsANewVersion();
    void rollBackHonoursTheTag();
    void wrongRequestsAreRefused_data();
    void wrongRequestsAreRefused();
    void whoeverMayReadThePolicyMayReadItsVersions();
    void ofParallelEditsWithOneTagOneWins();
    void auditSaysWhichObjectAndVersion();

private:
    /// Makes the policy with this effect as the first version, and each further one by a change.
    void write(const std::string& name, const std::vector<std::string>& bodies);
    HttpAnswer send(const std::string& method, const std::string& target, const std::string& body,
                    const std::string& match) const;

    ServerProcess m_server;
    std::string m_admin;
    std::string m_user;
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings

namespace {

std::string body(const std::string& name, const std::string& rule, const std::string& extend = R"({"team":"blue"})")
{
    return R"({"metadata":{"name":")" + name + R"(","extend":)" + extend + R"(},"policy":{)" + rule + "}}";
}

const std::string allow = R"("effect":"allow","actions":["read"],"subjects":["<.*>"],"resources":["r"])";
const std::string deny = R"("effect":"deny","actions":["read","write"],"subjects":["<.*>"],"resources":["r"])";

} // namespace

void PolicyVersionApiTest::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log().constData());
    m_admin = m_server.logInAsAdmin();
    for (const char* name : {"u1", "u2"}) {
        const std::string user = std::string(R"({"metadata":{"name":")") + name +
                                 R"("},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})";
        QCOMPARE(m_server.api("POST", "/v1/users", m_admin, user).status, 200);
    }
    m_user = m_server.logIn("u1", "Pass@2021");
    QVERIFY(!m_user.empty());
}

void PolicyVersionApiTest::write(const std::string& name, const std::vector<std::string>& bodies)
{
    bool first = true;
    for (const std::string& text : bodies) {
        const HttpAnswer answer = first ? m_server.api("POST", "/v1/policies", m_user, text)
                                        : m_server.api("PUT", "/v1/policies/" + name, m_user, text);
        QVERIFY2(answer.status == 200, answer.body.c_str());
        first = false;
    }
}

HttpAnswer PolicyVersionApiTest::send(const std::string& method, const std::string& target, const std::string& text,
                                      const std::string& match) const
{
    return httpCall(m_server.apiPort(),
                    {method, target, {{"Authorization", "Bearer " + m_user}, {"If-Match", match}}, text});
}

void PolicyVersionApiTest::versionsAreListedAndRead()
{
    write("list", {body("list", allow), body("list", deny, R"({"team":"red"})")});
    const HttpAnswer present = m_server.api("GET", "/v1/policies/list", m_user);
    const HttpAnswer list = m_server.api("GET", "/v1/policies/list/versions", m_user);
    QCOMPARE(list.status, 200);
    QVERIFY2(list.body.starts_with(R"({"totalCount":2,"items":[{"version":2,"time":")"), list.body.c_str());
    QVERIFY2(list.body.find(R"("actor":"u1","address":"127.0.0.1","requestID":")") != std::string::npos,
             list.body.c_str());
    QVERIFY(list.body.find(R"("action":"update"},{"version":1,)") != std::string::npos);
    QVERIFY(list.body.ends_with(R"("action":"create"}]})"));
    QCOMPARE(list.header("ETag"), present.header("ETag"));

    const HttpAnswer second = m_server.api("GET", "/v1/policies/list/versions/2", m_user);
    QCOMPARE(second.body, present.body);
    QCOMPARE(second.header("ETag"), present.header("ETag"));
    const HttpAnswer first = m_server.api("GET", "/v1/policies/list/versions/1", m_user);
    QCOMPARE(memberOf(first.body, "policy.effect"), std::string("allow"));
    QCOMPARE(memberOf(first.body, "metadata.extend"), std::string(R"({"team":"blue"})"));
    QVERIFY(first.header("ETag").ends_with(".1\""));

    const std::string page = m_server.api("GET", "/v1/policies/list/versions?offset=1&limit=5", m_user).body;
    QVERIFY2(page.starts_with(R"({"totalCount":2,"items":[{"version":1,)"), page.c_str());
}

void PolicyVersionApiTest::diffSaysWhatChanged()
{
    write("diff", {body("diff", allow, "{}"), body("diff", deny, R"({"a/b":{"~":1}})"),
                   body("diff", deny, R"({"a/b":{"~":2}})")});
    const HttpAnswer last = m_server.api("GET", "/v1/policies/diff/diff", m_user);
    QCOMPARE(
        last.body,
        std::string(R"({"from":2,"to":3,"patch":[{"op":"replace","path":"/metadata/extend/a~1b/~0","value":2}]})"));
    QCOMPARE(last.header("ETag"), m_server.api("GET", "/v1/policies/diff", m_user).header("ETag"));
    const auto patch = [&](const std::string& query) {
        return m_server.api("GET", "/v1/policies/diff/diff?" + query, m_user).body;
    };
    QCOMPARE(patch("to=2"),
             std::string(R"({"from":1,"to":2,"patch":[{"op":"add","path":"/metadata/extend","value":{"a/b":{"~":1}}},)"
                         R"({"op":"replace","path":"/policy/effect","value":"deny"},)"
                         R"({"op":"add","path":"/policy/actions/-","value":"write"}]})"));
    QCOMPARE(patch("from=2&to=1"), std::string(R"({"from":2,"to":1,"patch":[{"op":"remove","path":"/metadata/extend"},)"
                                               R"({"op":"replace","path":"/policy/effect","value":"allow"},)"
                                               R"({"op":"remove","path":"/policy/actions/1"}]})"));
    QCOMPARE(patch("from=1"), patch("from=1&to=3"));
    QCOMPARE(patch("to=1"), std::string(R"({"from":1,"to":1,"patch":[]})"));
    QCOMPARE(patch("from=3&to=3"), std::string(R"({"from":3,"to":3,"patch":[]})"));
}

void PolicyVersionApiTest::aBigPartIsReplacedWhole()
{
    const auto wide = [](char digit) {
        std::string text = R"({"wide":[)";
        for (int i = 0; i < 50'000; ++i) text += std::string(i > 0 ? "," : "") + digit;
        return text + "]}";
    };
    const std::string deep = R"({"deep":)" + std::string(5000, '[') + "1" + std::string(5000, ']') + "}";
    write("big", {body("big", allow, wide('0')), body("big", allow, wide('1')), body("big", allow, deep)});
    for (const char* query : {"to=2", "to=3"}) {
        const std::string patch = m_server.api("GET", std::string("/v1/policies/big/diff?") + query, m_user).body;
        QVERIFY(patch.size() < 120'000);
        QVERIFY2(patch.find(R"("patch":[{"op":"replace","path":"/metadata/extend","value":{)") != std::string::npos,
                 patch.substr(0, 200).c_str());
        QCOMPARE(patch.find(R"("op")"), patch.rfind(R"("op")"));
    }
}

void PolicyVersionApiTest::rollBackWritesTheOldAsANewVersion()
{
    write("back", {body("back", allow), body("back", deny, R"({"team":"red"})")});
    const HttpAnswer back = m_server.api("POST", "/v1/policies/back/rollback", m_user, R"({"version":1})");
    QCOMPARE(back.status, 200);
    QVERIFY(back.header("ETag").ends_with(".3\""));
    QCOMPARE(memberOf(back.body, "policy.effect"), std::string("allow"));
    QCOMPARE(memberOf(back.body, "policy.id"), std::string("back"));
    QCOMPARE(memberOf(back.body, "metadata.extend"), std::string(R"({"team":"blue"})"));
    QCOMPARE(m_server.api("GET", "/v1/policies/back", m_user).body, back.body);
    const std::string list = m_server.api("GET", "/v1/policies/back/versions?limit=1", m_user).body;
    QVERIFY2(list.find(R"("version":3)") != std::string::npos &&
                 list.find(R"("action":"rollback")") != std::string::npos,
             list.c_str());
    QCOMPARE(m_server.api("GET", "/v1/policies/back/diff?from=1&to=3", m_user).body,
             std::string(R"({"from":1,"to":3,"patch":[]})"));
    // In force for decisions at once, in both directions.
    const MadeSecret secret = makeSecret(m_server, m_user, "rollback");
    const auto allowed = [&] {
        const std::string asked = R"({"subject":"x","action":"write","resource":"r2"})";
        return memberOf(m_server.decide(secret.id, secret.key, asked).body, "allowed");
    };
    write("force", {body("force", R"("effect":"allow","actions":["write"],"subjects":["x"],"resources":["r2"])"),
                    body("force", R"("effect":"deny","actions":["write"],"subjects":["x"],"resources":["r2"])")});
    QCOMPARE(allowed(), std::string("false"));
    QCOMPARE(m_server.api("POST", "/v1/policies/force/rollback", m_user, R"({"version":1})").status, 200);
    QCOMPARE(allowed(), std::string("true"));
    QCOMPARE(m_server.api("POST", "/v1/policies/force/rollback", m_user, R"({"version":2})").status, 200);
    QCOMPARE(allowed(), std::string("false"));
}

void PolicyVersionApiTest::rollBackHonoursTheTag()
{
    write("tag", {body("tag", allow)});
    const std::string first = m_server.api("GET", "/v1/policies/tag", m_user).header("ETag");
    QCOMPARE(send("PUT", "/v1/policies/tag", body("tag", deny), first).status, 200);
    const HttpAnswer refused = send("POST", "/v1/policies/tag/rollback", R"({"version":1})", first);
    QCOMPARE(refused.status, 412);
    QCOMPARE(memberOf(refused.body, "code"), std::string("110205"));
    const std::string second = m_server.api("GET", "/v1/policies/tag/versions", m_user).header("ETag");
    QCOMPARE(send("POST", "/v1/policies/tag/rollback", R"({"version":1})", second).status, 200);
    QCOMPARE(send("POST", "/v1/policies/tag/rollback", R"({"version":1})", second).status, 412);
    QCOMPARE(send("POST", "/v1/policies/tag/rollback", R"({"version":1})", "*").status, 200);
    // Another policy of the same name has no part in it.
    QCOMPARE(m_server.api("DELETE", "/v1/policies/tag", m_user).status, 200);
    QCOMPARE(m_server.api("GET", "/v1/policies/tag/versions", m_user).status, 404);
    write("tag", {body("tag", deny)});
    QCOMPARE(send("POST", "/v1/policies/tag/rollback", R"({"version":1})", first).status, 412);
    QCOMPARE(memberOf(m_server.api("GET", "/v1/policies/tag/versions", m_user).body, "totalCount"), std::string("1"));
    QCOMPARE(m_server.api("POST", "/v1/policies/tag/rollback", m_user, R"({"version":2})").status, 404);
}

void PolicyVersionApiTest::wrongRequestsAreRefused_data()
{
    write("bad", {body("bad", allow), body("bad", deny)});
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* request, const char* text, int status, const char* code) {
        QTest::newRow((std::string(request) + " " + text).c_str())
            << QByteArray(request) << QByteArray(text) << status << QByteArray(code);
    };
    row("GET /v1/policies/nope/versions", "", 404, "110201");
    row("GET /v1/policies/bad/versions?limit=x", "", 400, "100003");
    row("GET /v1/policies/nope/versions/1", "", 404, "110201");
    row("GET /v1/policies/bad/versions/0", "", 404, "110201");
    row("GET /v1/policies/bad/versions/3", "", 404, "110201");
    row("GET /v1/policies/bad/versions/99999999999999999999999", "", 404, "110201");
    row("GET /v1/policies/bad/versions/x", "", 400, "100003");
    row("GET /v1/policies/bad/versions/-1", "", 400, "100003");
    row("GET /v1/policies/bad/versions/1.0", "", 400, "100003");
    row("GET /v1/policies/nope/diff", "", 404, "110201");
    row("GET /v1/policies/bad/diff?from=9", "", 404, "110201");
    row("GET /v1/policies/bad/diff?to=9", "", 404, "110201");
    row("GET /v1/policies/bad/diff?from=one", "", 400, "100003");
    row("GET /v1/policies/bad/diff?to=%202", "", 400, "100003");
    row("POST /v1/policies/nope/rollback", R"({"version":1})", 404, "110201");
    row("POST /v1/policies/bad/rollback", R"({"version":3})", 404, "110201");
    row("POST /v1/policies/bad/rollback", R"({})", 400, "100004");
    row("POST /v1/policies/bad/rollback", R"({"version":0})", 400, "100004");
    row("POST /v1/policies/bad/rollback", R"({"version":"1"})", 400, "100003");
    row("POST /v1/policies/bad/rollback", R"({"version":-1})", 400, "100003");
    row("POST /v1/policies/bad/rollback", R"({"version":1.5})", 400, "100003");
    row("POST /v1/policies/bad/rollback", R"([1])", 400, "100003");
    row("POST /v1/policies/bad/rollback", "", 400, "100003");
    row("GET /v1/policies/bad/rollback", "", 404, "100006");
}

void PolicyVersionApiTest::wrongRequestsAreRefused()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const QList<QByteArray> words = request.split(' ');
    const HttpAnswer answer = m_server.api(words[0].toStdString(), words[1].toStdString(), m_user, text.toStdString());
    QVERIFY2(answer.status == status, answer.body.c_str());
    QCOMPARE(memberOf(answer.body, "code"), code.toStdString());
    QCOMPARE(memberOf(m_server.api("GET", "/v1/policies/bad/versions", m_user).body, "totalCount"), std::string("2"));
}

void PolicyVersionApiTest::whoeverMayReadThePolicyMayReadItsVersions()
{
    write("mine", {body("mine", allow), body("mine", deny)});
    const std::string other = m_server.logIn("u2", "Pass@2021");
    for (const std::string target :
         {"/v1/policies/mine/versions", "/v1/policies/mine/versions/1", "/v1/policies/mine/diff"}) {
        QCOMPARE(m_server.api("GET", target, other).status, 404);
        QCOMPARE(m_server.api("GET", target + "?username=u1", other).status, 403);
        QCOMPARE(m_server.api("GET", target, m_admin).status, 404);
        QCOMPARE(m_server.api("GET", target + "?username=u1", m_admin).status, 200);
        QCOMPARE(m_server.api("GET", target, {}).status, 401);
    }
    const std::string back = "/v1/policies/mine/rollback?username=u1";
    QCOMPARE(m_server.api("POST", back, other, R"({"version":1})").status, 403);
    QCOMPARE(m_server.api("POST", back, m_admin, R"({"version":1})").status, 200);
    QVERIFY(m_server.api("GET", "/v1/policies/mine/versions?limit=1", m_user).body.find(R"("actor":"admin")") !=
            std::string::npos);
}

void PolicyVersionApiTest::ofParallelEditsWithOneTagOneWins()
{
    write("race", {body("race", allow)});
    const std::string tag = m_server.api("GET", "/v1/policies/race", m_user).header("ETag");
    constexpr int editors = 12;
    std::vector<int> statuses(editors);
    std::atomic<int> ready = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < editors; ++i) {
        threads.emplace_back([&, i] {
            ++ready;
            while (ready < editors) std::this_thread::yield();
            const bool back = i % 3 == 0;
            statuses[static_cast<std::size_t>(i)] =
                send(back ? "POST" : "PUT", back ? "/v1/policies/race/rollback" : "/v1/policies/race",
                     back ? R"({"version":1})" : body("race", deny, "{\"editor\":" + std::to_string(i) + "}"), tag)
                    .status;
        });
    }
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(std::count(statuses.begin(), statuses.end(), 200), 1);
    QCOMPARE(std::count(statuses.begin(), statuses.end(), 412), editors - 1);
    QCOMPARE(memberOf(m_server.api("GET", "/v1/policies/race/versions", m_user).body, "totalCount"), std::string("2"));
}

void PolicyVersionApiTest::auditSaysWhichObjectAndVersion()
{
    write("audit", {body("audit", allow), body("audit", deny)});
    const std::string id = memberOf(m_server.api("GET", "/v1/policies/audit", m_user).body, "metadata.id");
    const std::string changes = m_server.api("GET", "/v1/audit/changes?limit=1", m_user).body;
    QVERIFY2(changes.find("\"objectID\":" + id + ",\"objectVersion\":2}") != std::string::npos, changes.c_str());
}

#endif

QTEST_GUILESS_MAIN(PolicyVersionApiTest)
#include "policyversiontest.moc"
