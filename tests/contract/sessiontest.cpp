// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is inside log-in tokens, and guessing of passwords; what a client sees of them stands in the case list.
#include "contract/json.h"
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include "support/serverprocess.h"
#include <QTest>
#include <ctime>

using namespace iam;
using namespace iam::test;

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

constexpr const char* jwtKey = "a key for this test only";

std::string newUser(const std::string& name)
{
    return R"({"metadata":{"name":")" + name + R"("},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})";
}

/// A compact JWS of the two texts.
std::string signedToken(const std::string& header, const std::string& claims, const std::string& key = jwtKey)
{
    const auto mac = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(key));
    const std::string part = crypto::toBase64Url(header) + "." + crypto::toBase64Url(claims);
    return part + "." + crypto::toBase64Url(mac->mac(part));
}

std::string claimsOf(const std::string& token)
{
    const std::size_t dot = token.find('.');
    return crypto::fromBase64Url(token.substr(dot + 1, token.rfind('.') - dot - 1)).value_or(std::string());
}

const std::string hs256 = R"({"alg":"HS256","typ":"JWT"})";

} // namespace
#endif

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void loggingInGivesATokenAndACookie();
    void refreshKeepsTheMomentOfTheLogin();
    void loggingOutEndsATokenOfAnotherServer();
    void guessingIsSlowedDown();

private:
    ServerProcess m_server;
    std::string m_admin;
};

#ifndef Q_MOC_RUN

void SessionTest::initTestCase()
{
    QVERIFY2(
        m_server.start({QStringLiteral("jwt.key=%1").arg(QLatin1String(jwtKey)), QStringLiteral("jwt.max-refresh=2h")}),
        m_server.log().constData());
    m_admin = m_server.logInAsAdmin();
    QVERIFY(!m_admin.empty());
}

void SessionTest::loggingInGivesATokenAndACookie()
{
    const HttpAnswer answer = m_server.api("POST", "/login", {}, R"({"username":"admin","password":"Admin@2021"})");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.starts_with(R"({"expire":")"));
    const std::string cookie = answer.header("Set-Cookie");
    for (const char* part : {"jwt=", "; Path=/", "; Max-Age=3600", "; HttpOnly", "; SameSite=Strict"})
        QVERIFY2(cookie.find(part) != std::string::npos, part);
    const std::string claims = claimsOf(memberOf(answer.body, "token"));
    QCOMPARE(memberOf(claims, "iss"), std::string("iam-apiserver"));
    QCOMPARE(memberOf(claims, "aud"), std::string("iam.api.marmotedu.com"));
    QCOMPARE(memberOf(claims, "sub"), std::string("admin"));
    QCOMPARE(memberOf(claims, "identity"), std::string("admin"));
    QCOMPARE(std::stol(memberOf(claims, "exp")) - std::stol(memberOf(claims, "orig_iat")), 3600L);
    QVERIFY(!memberOf(claims, "jti").empty());
}

void SessionTest::refreshKeepsTheMomentOfTheLogin()
{
    const long now = std::time(nullptr);
    const std::string expired =
        signedToken(hs256, "{\"identity\":\"admin\",\"keep\":\"me\",\"exp\":" + std::to_string(now - 1) +
                               ",\"orig_iat\":" + std::to_string(now + 1) + "}");
    const HttpAnswer renewed = m_server.api("POST", "/refresh", expired);
    QCOMPARE(renewed.status, 200);
    const std::string claims = claimsOf(memberOf(renewed.body, "token"));
    QCOMPARE(memberOf(claims, "orig_iat"), std::to_string(now + 1));
    QCOMPARE(memberOf(claims, "keep"), std::string("me"));
}

void SessionTest::loggingOutEndsATokenOfAnotherServer()
{
    const long now = std::time(nullptr);
    const std::string foreign = signedToken(hs256, R"({"identity":"admin","exp":)" + std::to_string(now + 100) +
                                                       R"(,"orig_iat":)" + std::to_string(now) + "}");
    QCOMPARE(m_server.api("GET", "/v1/users/admin", foreign).status, 200);
    QCOMPARE(m_server.api("POST", "/logout", foreign).status, 200);
    QCOMPARE(m_server.api("GET", "/v1/users/admin", foreign).status, 401);
}

void SessionTest::guessingIsSlowedDown()
{
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, newUser("target")).status, 200);
    HttpAnswer answer;
    for (int i = 0; i < 30 && answer.status != 429; ++i)
        answer = m_server.api("POST", "/login", {}, R"({"username":"target","password":"Wrong@2021"})");
    QCOMPARE(answer.status, 429);
    QCOMPARE(memberOf(answer.body, "code"), std::string("100208"));
    const int wait = std::atoi(answer.header("Retry-After").c_str());
    QVERIFY(wait >= 1);
    QVERIFY(!m_server.logInAsAdmin().empty()); // others are not held up
    std::string token;
    QTRY_VERIFY_WITH_TIMEOUT(!(token = m_server.logIn("target", "Pass@2021")).empty(), 20'000);
}

#endif

QTEST_GUILESS_MAIN(SessionTest)
#include "sessiontest.moc"
