// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secrettoken.h"
#include "crypto/base64.h"
#include <QTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace iam;
using namespace iam::crypto;
using namespace std::chrono;

namespace {

constexpr std::int64_t nowSeconds = 1700000000;
const TimePoint now{milliseconds(nowSeconds * 1000 + 900)};
const SecretString key("7K5KBuWNOEGLCd8b9O1P0WYIqzr7XgDv");

std::string tokenOf(const std::string& header, const std::string& claims,
                    HmacAlgorithm algorithm = HmacAlgorithm::Sha256)
{
    const std::string signedPart = toBase64Url(header) + '.' + toBase64Url(claims);
    return signedPart + '.' + toBase64Url(HmacKey::make(algorithm, key)->mac(signedPart));
}

std::string headerOf(const char* algorithm)
{
    return std::string(R"({"alg":")") + algorithm + R"(","kid":"id1","typ":"JWT"})";
}

std::string claimsOf(const std::string& more)
{
    return "{\"exp\":" + std::to_string(nowSeconds + 60) + more + "}";
}

Result<SecretTokenTimes> check(const std::string& token, const SecretTokenRules& rules = {})
{
    const auto read = readSecretToken(token);
    if (!read) return fail(read);
    return SecretTokenKey::make(key)->verify(*read, now, rules);
}

} // namespace

class SecretTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsIssuedIsAccepted();
    void theThreeAlgorithms();
    void rfc7515AppendixA1();
    void refusals_data();
    void refusals();
    void rulesCanBeLoosened();
    void acceptedAudiences_data();
    void acceptedAudiences();
    void keyIsUsableFromManyThreads();
    void everyByteIsProtected();
};

void SecretTokenTest::whatIsIssuedIsAccepted()
{
    const auto token = issueSecretToken("id1", key, "iam.authz.marmotedu.com", now, seconds(60));
    QVERIFY(token.has_value());
    const auto read = readSecretToken(*token);
    QVERIFY(read.has_value());
    QCOMPARE(read->keyId, "id1");
    QVERIFY(check(*token).has_value());
    QVERIFY(!SecretTokenKey::make(SecretString("another"))->verify(*read, now, {}).has_value());
    const auto atEnd = SecretTokenKey::make(key)->verify(*read, now + seconds(60), {});
    QVERIFY(!atEnd.has_value()); // the second of exp is too late already
    QCOMPARE(atEnd.error().code, Code::SignatureInvalid);
    QVERIFY(!SecretTokenKey::make(SecretString()).has_value());
}

void SecretTokenTest::theThreeAlgorithms()
{
    QVERIFY(check(tokenOf(headerOf("HS256"), claimsOf(""), HmacAlgorithm::Sha256)).has_value());
    QVERIFY(check(tokenOf(headerOf("HS384"), claimsOf(""), HmacAlgorithm::Sha384)).has_value());
    QVERIFY(check(tokenOf(headerOf("HS512"), claimsOf(""), HmacAlgorithm::Sha512)).has_value());
    QVERIFY(!check(tokenOf(headerOf("HS512"), claimsOf(""), HmacAlgorithm::Sha256)).has_value());
}

void SecretTokenTest::rfc7515AppendixA1()
{
    const auto secret =
        fromBase64Url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    QVERIFY(secret.has_value());
    const auto prepared = HmacKey::make(HmacAlgorithm::Sha256, SecretString(*secret));
    QVERIFY(prepared.has_value());
    QCOMPARE(
        toBase64Url(prepared->mac("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzO"
                                  "DAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ")),
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

void SecretTokenTest::refusals_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const std::string& token, const char* reason) {
        QTest::newRow(name) << QByteArray::fromStdString(token) << QByteArray(reason);
    };
    const auto header = [&row](const char* name, const std::string& json, const char* reason) {
        row(name, tokenOf(json, claimsOf("")), reason);
    };
    const auto claims = [&row](const char* name, const std::string& json, const char* reason) {
        row(name, tokenOf(headerOf("HS256"), json), reason);
    };
    row("empty", "", "token has not three segments");
    row("two", "a.b", "token has not three segments");
    row("four", "a.b.c.d", "token has not three segments");
    row("long", std::string(9000, 'a'), "token is too long");
    row("padded", "e30=.e30.e30", "header is not base64url");
    row("unused bits", "e31.e30.e30", "header is not base64url");
    header("no JSON", "x", "header is not a JSON object");
    header("a list", "[]", "header is not a JSON object");
    header("a text", "\"alg\"", "header is not a JSON object");
    header("trailing", headerOf("HS256") + "x", "header is not a JSON object");
    header("deep", R"({"alg":"HS256","kid":"id1","x":)" + std::string(40, '[') + std::string(40, ']') + "}",
           "header is not a JSON object");
    header("33 levels", R"({"alg":"HS256","kid":"id1","x":)" + std::string(32, '[') + std::string(32, ']') + "}",
           "header is not a JSON object");
    header("no alg", R"({"kid":"id1"})", "alg is missing or not a text");
    header("alg null", R"({"alg":null,"kid":"id1"})", "alg is missing or not a text");
    header("alg none", headerOf("none"), "alg is not HS256, HS384 or HS512");
    header("alg RS256", headerOf("RS256"), "alg is not HS256, HS384 or HS512");
    header("alg in lower case", headerOf("hs256"), "alg is not HS256, HS384 or HS512");
    header("no kid", R"({"alg":"HS256"})", "kid is missing or not a text");
    header("kid a number", R"({"alg":"HS256","kid":1})", "kid is missing or not a text");
    header("kid a list", R"({"alg":"HS256","kid":["id1"]})", "kid is missing or not a text");
    header("kid deeper", R"({"alg":"HS256","x":{"kid":"id1"}})", "kid is missing or not a text");
    row("signature not base64", toBase64Url(headerOf("HS256")) + ".e30.a", "signature is not base64url");
    row("signature empty", toBase64Url(headerOf("HS256")) + ".e30.", "signature does not fit the key");
    claims("claims no JSON", "{", "claims are not a JSON object");
    claims("no exp", "{}", "exp is missing");
    claims("exp zero", R"({"exp":0})", "exp is missing");
    claims("exp null", R"({"exp":null})", "exp is missing");
    claims("exp a text", R"({"exp":"1900000000"})", "exp is not a number");
    claims("exp now", "{\"exp\":" + std::to_string(nowSeconds) + "}", "exp does not hold at this time");
    claims("exp now and a half", "{\"exp\":" + std::to_string(nowSeconds) + ".5}", "exp does not hold at this time");
    claims("iat later", claimsOf(",\"iat\":" + std::to_string(nowSeconds + 1)), "iat does not hold at this time");
    claims("iat a text", claimsOf(R"(,"iat":"1")"), "iat is not a number");
    claims("nbf later", claimsOf(",\"nbf\":1900000000"), "nbf does not hold at this time");
    claims("nbf null", claimsOf(",\"nbf\":null"), "nbf is not a number");
    claims("aud another", claimsOf(R"(,"aud":"iam.api.marmotedu.com")"), "aud is somebody else");
    claims("aud others", claimsOf(R"(,"aud":["a","b"])"), "aud is somebody else");
    claims("aud nobody", claimsOf(R"(,"aud":[])"), "aud is somebody else");
    claims("aud a number", claimsOf(R"(,"aud":1)"), "aud is neither a text nor a list of texts");
    claims("aud mixed", claimsOf(R"(,"aud":["iam.authz.marmotedu.com",1])"),
           "aud is neither a text nor a list of texts");
    claims("aud nested", claimsOf(R"(,"aud":[["iam.authz.marmotedu.com"]])"),
           "aud is neither a text nor a list of texts");
    claims("aud an object", claimsOf(R"(,"aud":{"a":"iam.authz.marmotedu.com"})"),
           "aud is neither a text nor a list of texts");
    claims("the last of two counts", claimsOf(R"(,"aud":"iam.authz.marmotedu.com","aud":"x")"), "aud is somebody else");
}

void SecretTokenTest::refusals()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, reason);
    const auto checked = check(token.toStdString());
    QVERIFY(!checked.has_value());
    QCOMPARE(QByteArray::fromStdString(checked.error().detail), reason);
    QCOMPARE(checked.error().code, Code::SignatureInvalid);
}

void SecretTokenTest::rulesCanBeLoosened()
{
    const SecretTokenRules loose{false, false, {}};
    QVERIFY(check(tokenOf(headerOf("HS512"), R"({"aud":"x"})", HmacAlgorithm::Sha512), loose).has_value());
    QVERIFY(check(tokenOf(headerOf("HS256"), R"({"exp":0,"aud":[1]})"), loose).has_value());
    QVERIFY(!check(tokenOf(headerOf("HS256"), R"({"exp":5})"), loose).has_value()); // what is there has to hold
    QVERIFY(check(tokenOf(headerOf("HS256"), claimsOf(R"(,"aud":"x")")), {true, true, "x"}).has_value());
}

void SecretTokenTest::acceptedAudiences_data()
{
    QTest::addColumn<QByteArray>("aud");
    QTest::newRow("absent") << QByteArray();
    QTest::newRow("null") << QByteArray(R"(,"aud":null)");
    QTest::newRow("text") << QByteArray(R"(,"aud":"iam.authz.marmotedu.com")");
    QTest::newRow("list") << QByteArray(R"(,"aud":["x","iam.authz.marmotedu.com"])");
    QTest::newRow("beside 32 levels") << QByteArray(",\"x\":") + QByteArray(31, '[') + QByteArray(31, ']');
    QTest::newRow("beside an integer beyond 64 bits")
        << QByteArray(R"(,"jti":340282366920938463463374607431768211455)");
    QTest::newRow("with iat and nbf now") << QByteArray(R"(,"iat":1700000000,"nbf":1700000000.9)");
}

void SecretTokenTest::acceptedAudiences()
{
    QFETCH(QByteArray, aud);
    const auto checked = check(tokenOf(headerOf("HS256"), claimsOf(aud.toStdString())));
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().detail.c_str());
}

void SecretTokenTest::keyIsUsableFromManyThreads()
{
    const auto prepared = SecretTokenKey::make(key);
    const std::string tokens[] = {tokenOf(headerOf("HS256"), claimsOf("")),
                                  tokenOf(headerOf("HS512"), claimsOf(""), HmacAlgorithm::Sha512)};
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                const auto read = readSecretToken(tokens[(t + i) % 2]);
                if (read && prepared->verify(*read, now, {})) ++right;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    QCOMPARE(right.load(), 4000);
}

void SecretTokenTest::everyByteIsProtected()
{
    const std::string token = tokenOf(headerOf("HS256"), claimsOf(""));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        QVERIFY2(!check(changed).has_value(), changed.c_str());
        QVERIFY(!check(token.substr(0, i)).has_value());
    }
}

QTEST_APPLESS_MAIN(SecretTokenTest)
#include "secrettokentest.moc"
