// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include "support/serverprocess.h"
#include <QTest>
#include <ctime>

using namespace iam;
using namespace iam::test;

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

const std::string denied = R"({"allowed":false,"denied":true,"reason":"Request was denied by default"})";
const std::string forced = R"({"allowed":false,"denied":true,"reason":"Request was forcefully denied"})";
const std::string allowed = R"({"allowed":true})";
const std::string invalid = R"({"code":100202,"message":"Signature is invalid"})";

} // namespace
#endif

class AuthzTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void whoMayAsk_data();
    void whoMayAsk();
    void headersThatAreNoBearerToken_data();
    void headersThatAreNoBearerToken();
    void otherPagesAskForTheTokenToo();
    void bodies();
    void policiesDecide_data();
    void policiesDecide();
    void contentTypesDoNotMatter();
    void changesCountAtOnce();
    void aDeletedOwnersSecretsAreDead();
    void decisionsComeBackFromTheLog();

private:
    HttpAnswer post(const std::string& authorization, const std::string& body) const;
    std::string decide(const std::string& body) const { return m_server.decide(m_secret.id, m_secret.key, body).body; }

    ServerProcess m_server;
    std::string m_admin;
    int m_owners = 0;
    std::string m_owner;
    std::string m_token;
    MadeSecret m_secret;
};

#ifndef Q_MOC_RUN

void AuthzTest::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log().constData());
    m_admin = m_server.logInAsAdmin();
}

void AuthzTest::init()
{
    // A fresh owner for every test: its own secret, no policies.
    m_owner = "owner" + std::to_string(++m_owners);
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, R"({"metadata":{"name":")" + m_owner + R"("},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})").status, 200);
    m_token = m_server.logIn(m_owner, "Pass@2021");
    m_secret = makeSecret(m_server, m_token, "s");
    QVERIFY(!m_secret.key.empty());
}

void AuthzTest::whoMayAsk_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("answer");
    const QString good = QStringLiteral("{\"alg\":\"HS256\",\"kid\":\"KID\"}");
    const QString exp = QStringLiteral("{\"exp\":%1}").arg(std::time(nullptr) + 60);
    const QString no = QString::fromStdString(invalid);
    const QString yes = QStringLiteral(R"({"allowed":false,"denied":true,"reason":"list policies failed"})");
    const auto row = [](const char* name, const QString& header, const QString& claims, const QString& key, const QString& answer) {
        QTest::newRow(name) << header << claims << key << answer;
    };
    row("good", good, exp, QStringLiteral("KEY"), yes);
    row("unknown kid", QStringLiteral(R"({"alg":"HS256","kid":"x"})"), exp, QStringLiteral("KEY"), no);
    row("no kid", QStringLiteral(R"({"alg":"HS256"})"), exp, QStringLiteral("KEY"), no);
    row("kid is a number", QStringLiteral(R"({"alg":"HS256","kid":1})"), exp, QStringLiteral("KEY"), no);
    row("bad signature", good, exp, QStringLiteral("other"), no);
    row("none", QStringLiteral(R"({"alg":"none","kid":"KID"})"), exp, QStringLiteral("KEY"), no);
    row("RS256", QStringLiteral(R"({"alg":"RS256","kid":"KID"})"), exp, QStringLiteral("KEY"), no);
    row("expired", good, QStringLiteral("{\"exp\":1}"), QStringLiteral("KEY"), no);
    row("no exp", good, QStringLiteral("{}"), QStringLiteral("KEY"), no);
    row("not yet", good, QStringLiteral("{\"exp\":99999999999,\"nbf\":99999999998}"), QStringLiteral("KEY"), no);
    row("audience of others", good, QStringLiteral("{\"exp\":99999999999,\"aud\":\"x\"}"), QStringLiteral("KEY"), no);
    row("audience", good, QStringLiteral("{\"exp\":99999999999,\"aud\":[\"x\",\"iam.authz.marmotedu.com\"]}"), QStringLiteral("KEY"), yes);
}

void AuthzTest::whoMayAsk()
{
    QFETCH(QString, header);
    QFETCH(QString, claims);
    QFETCH(QString, key);
    QFETCH(QString, answer);
    header.replace(QLatin1String("KID"), QString::fromStdString(m_secret.id));
    key.replace(QLatin1String("KEY"), QString::fromStdString(m_secret.key));
    const std::string part = crypto::toBase64Url(header.toStdString()) + "." + crypto::toBase64Url(claims.toStdString());
    const auto mac = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(key.toStdString()));
    const HttpAnswer got = post("Bearer   " + part + "." + crypto::toBase64Url(mac->mac(part)), "{}");
    QCOMPARE(QString::fromStdString(got.body), answer);
}

void AuthzTest::headersThatAreNoBearerToken_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QString() << QStringLiteral("100205");
    QTest::newRow("no blank") << QStringLiteral("Bearerabc") << QStringLiteral("100202");
    QTest::newRow("Basic") << QStringLiteral("Basic YTpi") << QStringLiteral("100202");
    QTest::newRow("garbage") << QStringLiteral("Bearer a.b.c") << QStringLiteral("100202");
}

void AuthzTest::headersThatAreNoBearerToken()
{
    QFETCH(QString, field);
    QFETCH(QString, code);
    const HttpAnswer answer = post(field.toStdString(), "{}");
    QCOMPARE(answer.status, 401);
    QCOMPARE(QString::fromStdString(memberOf(answer.body, "code")), code);
}

void AuthzTest::otherPagesAskForTheTokenToo()
{
    QCOMPARE(httpCall(m_server.authzPort(), {"GET", "/v1/authz", {}, ""}).status, 401);
    QCOMPARE(httpCall(m_server.authzPort(), {"GET", "/healthz", {}, ""}).body, std::string(R"({"status":"ok"})"));
}

void AuthzTest::bodies()
{
    QCOMPARE(memberOf(decide("{"), "code"), std::string("100003"));
    QCOMPARE(memberOf(decide(""), "code"), std::string("100003"));
    QCOMPARE(memberOf(decide(R"({"subject":1})"), "code"), std::string("100003"));
}

void AuthzTest::policiesDecide_data()
{
    QTest::addColumn<QStringList>("policies"); // oldest first
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, const QStringList& policies, const char* request, const std::string& answer) {
        QTest::newRow(name) << policies << QString::fromUtf8(request) << QString::fromStdString(answer);
    };
    const QString allow = QStringLiteral(R"("effect":"allow","subjects":["users:<peter|ken>"],"actions":["delete"],"resources":["r:<.*>"])");
    const QString deny = QStringLiteral(R"("effect":"deny","subjects":["users:ken"],"actions":["<.*>"],"resources":["r:secret"])");
    const QString ip = QStringLiteral(R"("effect":"allow","subjects":["a"],"actions":["a"],"resources":["a"],"conditions":{"ip":{"type":"CIDRCondition","options":{"cidr":"192.168.0.0/16"}}})");
    const QString name = QStringLiteral(R"("effect":"allow","subjects":["a"],"actions":["a"],"resources":["a"],"conditions":{"username":{"type":"StringEqualCondition","options":{"equals":"OWNER"}}})");
    const QString boolean = QStringLiteral(R"("effect":"allow","subjects":["a"],"actions":["a"],"resources":["a"],"conditions":{"b":{"type":"BooleanCondition","options":{"value":true}}})");
    row("allowed", {allow}, R"({"subject":"users:ken","action":"delete","resource":"r:1"})", allowed);
    row("deny goes before", {allow, deny}, R"({"subject":"users:ken","action":"delete","resource":"r:secret"})", forced);
    row("whatever is older", {deny, allow}, R"({"subject":"users:ken","action":"delete","resource":"r:secret"})", forced);
    row("subject differs", {allow}, R"({"subject":"users:maria","action":"delete","resource":"r:1"})", denied);
    row("no subjects", {QStringLiteral(R"("effect":"allow","subjects":[],"actions":["a"],"resources":["a"])")}, R"({"subject":"a","action":"a","resource":"a"})", denied);
    row("condition without its key", {ip}, R"({"subject":"a","action":"a","resource":"a"})", denied);
    row("condition holds", {ip}, R"({"subject":"a","action":"a","resource":"a","context":{"ip":"192.168.3.4"}})", allowed);
    row("the owner's name is ours to say", {name}, R"({"subject":"a","action":"a","resource":"a","context":{"username":"x"}})", allowed);
    row("text is no boolean", {boolean}, R"({"subject":"a","action":"a","resource":"a","context":{"b":"true"}})", denied);
}

void AuthzTest::policiesDecide()
{
    QFETCH(QStringList, policies);
    QFETCH(QString, request);
    QFETCH(QString, answer);
    int number = 0;
    for (QString rule : policies) {
        rule.replace(QLatin1String("OWNER"), QString::fromStdString(m_owner));
        const HttpAnswer made = m_server.api("POST", "/v1/policies", m_token, R"({"metadata":{"name":"p)" + std::to_string(++number) + R"("},"policy":{)" + rule.toStdString() + "}}");
        QVERIFY2(made.status == 200, made.body.c_str());
    }
    QCOMPARE(QString::fromStdString(decide(request.toStdString())), answer);
}

void AuthzTest::contentTypesDoNotMatter()
{
    const std::string body = R"({"subject":"a","action":"a","resource":"a"})";
    QCOMPARE(m_server.api("POST", "/v1/policies", m_token, R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["a"],"actions":["a"],"resources":["a"]}})").status, 200);
    QCOMPARE(decide(body), allowed);
}

void AuthzTest::changesCountAtOnce()
{
    const std::string request = R"({"subject":"a","action":"a","resource":"a"})";
    const std::string rule = R"({"metadata":{"name":"p"},"policy":{"effect":"EFFECT","subjects":["a"],"actions":["a"],"resources":["a"]}})";
    const auto with = [&](std::string effect) { return std::string(rule).replace(rule.find("EFFECT"), 6, effect); };
    QCOMPARE(m_server.api("POST", "/v1/policies", m_token, with("allow")).status, 200);
    QCOMPARE(decide(request), allowed);
    QCOMPARE(m_server.api("PUT", "/v1/policies/p", m_token, with("deny")).status, 200);
    QCOMPARE(decide(request), forced);
    QCOMPARE(m_server.api("DELETE", "/v1/policies/p", m_token).status, 200);
    QCOMPARE(memberOf(decide(request), "reason"), std::string("list policies failed"));
    QCOMPARE(m_server.api("PUT", "/v1/secrets/s", m_token, R"({"expires":1})").status, 200);
    QCOMPARE(decide(request), std::string(R"({"code":100203,"message":"Token expired"})"));
    QCOMPARE(m_server.api("DELETE", "/v1/secrets/s", m_token).status, 200);
    QCOMPARE(decide(request), invalid);
}

void AuthzTest::aDeletedOwnersSecretsAreDead()
{
    QCOMPARE(m_server.api("DELETE", "/v1/users/" + m_owner, m_admin).status, 200);
    QCOMPARE(decide("{}"), invalid);
}

void AuthzTest::decisionsComeBackFromTheLog()
{
    QCOMPARE(m_server.api("POST", "/v1/policies", m_token, R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})").status, 200);
    QCOMPARE(decide(R"({"subject":"s","action":"a","resource":"r","context":{"k":1}})"), allowed);
    QCOMPARE(decide(R"({"subject":"x","action":"a","resource":"r"})"), denied);
    std::string records;
    QTRY_VERIFY_WITH_TIMEOUT(
        memberOf(records = m_server.api("GET", "/v1/audit/decisions", m_token).body, "items").find("\"subject\":\"x\"") != std::string::npos, 1000);
    for (const std::string& part : {"\"owner\":\"" + m_owner + "\"", std::string(R"("context":{"k":1,"username":")"), std::string(R"("deciders":["p"])"),
                                    std::string(R"("allowed":true)"), std::string(R"("reason":"Request was denied by default")")})
        QVERIFY2(records.find(part) != std::string::npos, part.c_str());
    QVERIFY(records.find("\"subject\":\"x\"") < records.find("\"subject\":\"s\"")); // newest first
    const std::string filtered = m_server.api("GET", "/v1/audit/decisions?allowed=true&limit=1", m_token).body;
    QVERIFY(filtered.find("\"subject\":\"x\"") == std::string::npos && filtered.find("\"subject\":\"s\"") != std::string::npos);
    const std::string all = m_server.api("GET", "/v1/audit/decisions?owner=" + m_owner, m_admin).body;
    QVERIFY(all.find("\"subject\":\"s\"") != std::string::npos);
}

HttpAnswer AuthzTest::post(const std::string& authorization, const std::string& body) const
{
    HttpCall call{"POST", "/v1/authz", {}, body};
    if (!authorization.empty()) call.headers.emplace_back("Authorization", authorization);
    return httpCall(m_server.authzPort(), call);
}

#endif

QTEST_GUILESS_MAIN(AuthzTest)
#include "authztest.moc"
