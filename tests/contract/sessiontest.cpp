// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
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

const std::string hs256 = R"({"alg":"HS256","typ":"JWT"})";

} // namespace
#endif

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void loggingInGivesATokenAndACookie();
    void loginsThatAreRefused_data();
    void loginsThatAreRefused();
    void basicLoginWorksInAnyCaseOfTheName();
    void bearerTokens_data();
    void bearerTokens();
    void refreshKeepsTheMomentOfTheLogin();
    void loggingOutEndsTheToken();
    void aNewPasswordEndsAllTokensAndOldCredentials();
    void anAdministratorNeedsNoOldPassword();
    void aDeletedUsersTokenIsDead();
    void guessingIsSlowedDown();

private:
    ServerProcess m_server;
    std::string m_admin;
};

#ifndef Q_MOC_RUN

void SessionTest::initTestCase()
{
    QVERIFY2(m_server.start({QStringLiteral("jwt.key=%1").arg(QLatin1String(jwtKey)), QStringLiteral("jwt.max-refresh=2h")}),
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
    const std::string token = memberOf(answer.body, "token");
    const std::string claims = *crypto::fromBase64Url(token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1));
    QCOMPARE(memberOf(claims, "iss"), std::string("iam-apiserver"));
    QCOMPARE(memberOf(claims, "aud"), std::string("iam.api.marmotedu.com"));
    QCOMPARE(memberOf(claims, "sub"), std::string("admin"));
    QCOMPARE(memberOf(claims, "identity"), std::string("admin"));
    QCOMPARE(std::stol(memberOf(claims, "exp")) - std::stol(memberOf(claims, "orig_iat")), 3600L);
    QVERIFY(!memberOf(claims, "jti").empty());
}

void SessionTest::loginsThatAreRefused_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("authorization");
    const auto row = [](const char* name, const char* body, const char* authorization = "") {
        QTest::newRow(name) << QString::fromLatin1(body) << QString::fromLatin1(authorization);
    };
    row("nothing", "");
    row("no members", "{}");
    row("broken", "{");
    row("wrong password", R"({"username":"nobody","password":"Wrong@2021"})");
    row("against the password rule", R"({"username":"admin","password":"short"})");
    row("against the name rule", R"({"username":"-","password":"Admin@2021"})");
    row("other scheme", R"({"username":"admin","password":"Admin@2021"})", "Bearer x");
    row("broken Basic", R"({"username":"admin","password":"Admin@2021"})", "Basic %%%");
}

void SessionTest::loginsThatAreRefused()
{
    QFETCH(QString, body);
    QFETCH(QString, authorization);
    HttpCall call{"POST", "/login", {}, body.toStdString()};
    if (!authorization.isEmpty()) call.headers.emplace_back("Authorization", authorization.toStdString());
    const HttpAnswer answer = httpCall(m_server.apiPort(), call);
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.body, std::string(R"({"message":"incorrect Username or Password"})"));
    QCOMPARE(answer.header("WWW-Authenticate"), std::string("JWT realm=iam jwt"));
}

void SessionTest::basicLoginWorksInAnyCaseOfTheName()
{
    const HttpAnswer answer = httpCall(m_server.apiPort(), {"POST", "/login", {{"Authorization", "Basic " + crypto::toBase64("ADMIN:Admin@2021")}}, ""});
    QCOMPARE(answer.status, 200);
    const std::string token = memberOf(answer.body, "token");
    QCOMPARE(memberOf(m_server.api("GET", "/v1/users/admin", token).body, "metadata.name"), std::string("admin"));
}

void SessionTest::bearerTokens_data()
{
    const long now = std::time(nullptr);
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    const auto claims = [&](const std::string& more) { return "{\"identity\":\"admin\",\"orig_iat\":" + std::to_string(now + 5) + more + "}"; };
    const std::string later = ",\"exp\":" + std::to_string(now + 1000);
    const auto row = [](const char* name, const std::string& token, int status, const char* message) {
        QTest::newRow(name) << QString::fromStdString(token) << status << QStringLiteral("{\"message\":\"%1\"}").arg(QLatin1String(message));
    };
    row("other key", signedToken(hs256, claims(later), "other"), 401, "signature is invalid");
    row("no exp", signedToken(hs256, claims("")), 400, "missing exp field");
    row("exp is text", signedToken(hs256, claims(",\"exp\":\"x\"")), 400, "exp must be float64 format");
    row("expired", signedToken(hs256, claims(",\"exp\":" + std::to_string(now - 5))), 401, "Token is expired");
    row("not yet", signedToken(hs256, claims(later + ",\"nbf\":" + std::to_string(now + 500))), 401, "Token is not valid yet");
    row("no identity", signedToken(hs256, "{\"orig_iat\":1" + later + "}"), 403, "you don't have permission to access this resource");
    row("no algorithm", signedToken(R"({"alg":"none"})", claims(later)), 401, "invalid signing algorithm");
    row("two parts", "a.b", 401, "token contains an invalid number of segments");
    QTest::newRow("of another server") << QString::fromStdString(signedToken(hs256, claims(later))) << 200 << QString();
    QTest::newRow("of a user who is not there")
        << QString::fromStdString(signedToken(hs256, "{\"identity\":\"ghost\",\"orig_iat\":" + std::to_string(now) + later + "}")) << 401
        << QStringLiteral("{\"code\":100005,\"message\":\"Token invalid\"}");
}

void SessionTest::bearerTokens()
{
    QFETCH(QString, token);
    QFETCH(int, status);
    QFETCH(QString, body);
    const HttpAnswer answer = m_server.api("GET", "/v1/users/admin", token.toStdString());
    QCOMPARE(answer.status, status);
    if (!body.isEmpty()) QCOMPARE(QString::fromStdString(answer.body), body);
    if (body.contains(QLatin1String("message\":\"")) && !body.contains(QLatin1String("code")))
        QCOMPARE(answer.header("WWW-Authenticate"), std::string("JWT realm=iam jwt"));
}

void SessionTest::refreshKeepsTheMomentOfTheLogin()
{
    QCOMPARE(m_server.api("POST", "/refresh", {}).body, std::string(R"({"message":"cookie token is empty"})"));
    const long now = std::time(nullptr);
    const auto expired = [&](long loggedIn) {
        return signedToken(hs256, "{\"identity\":\"admin\",\"keep\":\"me\",\"exp\":" + std::to_string(now - 1) + ",\"orig_iat\":" + std::to_string(loggedIn) + "}");
    };
    const HttpAnswer fresh = m_server.api("POST", "/refresh", m_admin);
    QCOMPARE(fresh.status, 200);
    QCOMPARE(m_server.api("GET", "/v1/users/admin", memberOf(fresh.body, "token")).status, 200);
    const HttpAnswer byCookie = httpCall(m_server.apiPort(), {"POST", "/refresh", {{"Cookie", "a=b; jwt=" + m_admin}}, ""});
    QCOMPARE(byCookie.status, 200);
    QCOMPARE(m_server.api("POST", "/refresh?token=" + m_admin, {}).status, 200);
    const HttpAnswer renewed = m_server.api("POST", "/refresh", expired(now + 1));
    QCOMPARE(renewed.status, 200);
    const std::string token = memberOf(renewed.body, "token");
    const std::string claims = *crypto::fromBase64Url(token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1));
    QCOMPARE(memberOf(claims, "orig_iat"), std::to_string(now + 1));
    QCOMPARE(memberOf(claims, "keep"), std::string("me"));
    QCOMPARE(m_server.api("POST", "/refresh", expired(now - 7300)).body, std::string(R"({"message":"token is expired"})"));
}

void SessionTest::loggingOutEndsTheToken()
{
    const std::string token = m_server.logInAsAdmin();
    const std::string other = m_server.logInAsAdmin();
    QCOMPARE(m_server.api("GET", "/v1/users/admin", token).status, 200);
    const HttpAnswer out = m_server.api("POST", "/logout", token);
    QCOMPARE(out.body, std::string("null"));
    QVERIFY(out.header("Set-Cookie").starts_with("jwt=; Path=/; Max-Age=0"));
    const HttpAnswer after = m_server.api("GET", "/v1/users/admin", token);
    QCOMPARE(after.body, std::string(R"({"code":100005,"message":"Token invalid"})"));
    QCOMPARE(m_server.api("POST", "/refresh", token).status, 401);
    QCOMPARE(m_server.api("GET", "/v1/users/admin", other).status, 200);
    QCOMPARE(m_server.api("POST", "/logout", {}).status, 200);
    // All tokens of a log-in end together, those of other servers one by one.
    const std::string refreshed = memberOf(m_server.api("POST", "/refresh", other).body, "token");
    QCOMPARE(m_server.api("GET", "/v1/users/admin", refreshed).status, 200);
    QCOMPARE(m_server.api("POST", "/logout", refreshed).status, 200);
    QCOMPARE(m_server.api("GET", "/v1/users/admin", other).status, 401);
    const long now = std::time(nullptr);
    const std::string foreign = signedToken(hs256, R"({"identity":"admin","exp":)" + std::to_string(now + 100) + R"(,"orig_iat":)" + std::to_string(now) + "}");
    QCOMPARE(m_server.api("GET", "/v1/users/admin", foreign).status, 200);
    QCOMPARE(m_server.api("POST", "/logout", foreign).status, 200);
    QCOMPARE(m_server.api("GET", "/v1/users/admin", foreign).status, 401);
}

void SessionTest::aNewPasswordEndsAllTokensAndOldCredentials()
{
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, newUser("mover")).status, 200);
    const std::string token = m_server.logIn("mover", "Pass@2021");
    const auto basic = [&](const char* password) {
        return httpCall(m_server.apiPort(), {"GET", "/v1/users/mover", {{"Authorization", "Basic " + crypto::toBase64(std::string("mover:") + password)}}, ""}).status;
    };
    QCOMPARE(basic("Pass@2021"), 200);
    QCOMPARE(basic("Pass@2021"), 200); // remembered
    QCOMPARE(m_server.api("PUT", "/v1/users/mover/change-password", token, R"({"oldPassword":"Pass@2021","newPassword":"Next@2021"})").body, std::string("null"));
    QCOMPARE(memberOf(m_server.api("GET", "/v1/users/mover", token).body, "code"), std::string("100005"));
    QCOMPARE(basic("Pass@2021"), 401);
    QCOMPARE(basic("Next@2021"), 200);
    QVERIFY(!m_server.logIn("mover", "Next@2021").empty());
}

void SessionTest::anAdministratorNeedsNoOldPassword()
{
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, newUser("forgetful")).status, 200);
    QCOMPARE(m_server.api("PUT", "/v1/users/forgetful/change-password", m_admin, R"({"newPassword":"Next@2021"})").status, 200);
    QVERIFY(!m_server.logIn("forgetful", "Next@2021").empty());
}

void SessionTest::aDeletedUsersTokenIsDead()
{
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, newUser("leaver")).status, 200);
    const std::string token = m_server.logIn("leaver", "Pass@2021");
    QCOMPARE(m_server.api("GET", "/v1/policies", token).status, 200);
    QCOMPARE(m_server.api("DELETE", "/v1/users/leaver", m_admin).status, 200);
    QCOMPARE(memberOf(m_server.api("GET", "/v1/policies", token).body, "code"), std::string("100005"));
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, newUser("leaver")).status, 200);
    QCOMPARE(m_server.api("GET", "/v1/policies", token).status, 401); // nor does it come back with the name
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
