// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/logintoken.h"
#include "crypto/base64.h"
#include <QTest>

using namespace iam;
using namespace iam::crypto;
using namespace std::chrono;

namespace {

constexpr std::int64_t nowSeconds = 1700000000;
const TimePoint now{milliseconds(nowSeconds * 1000 + 250)};
constexpr const char* hs256 = R"({"alg":"HS256","typ":"JWT"})";

HmacKey keyOf(const char* text)
{
    return std::move(*HmacKey::make(HmacAlgorithm::Sha256, SecretString(text)));
}

std::string sign(const std::string& signedPart, const char* key = "the key")
{
    return signedPart + '.' + toBase64Url(keyOf(key).mac(signedPart));
}

std::string tokenOf(const std::string& header, const std::string& claims, const char* key = "the key")
{
    return sign(toBase64Url(header) + '.' + toBase64Url(claims), key);
}

std::string claimsWith(const std::string& more)
{
    return R"({"identity":"colin")" + (more.empty() ? std::string() : "," + more) + "}";
}

std::string text(std::int64_t number)
{
    return std::to_string(number);
}

} // namespace

class LoginTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsIssuedIsAccepted();
    void refusals_data();
    void refusals();
    void severalKeys();
    void otherClaimsSurvive();
    void repairsTextAsGoDoes();
    void refresh_data();
    void refresh();
    void everyByteIsProtected();
    void hugeTimesStayInRange();

private:
    const LoginTokens m_tokens{keyOf("the key")};
};

void LoginTokenTest::whatIsIssuedIsAccepted()
{
    LoginClaims claims;
    claims.subject = claims.identity = "colin";
    claims.id = "5f0c";
    claims.expires = sys_seconds(seconds(nowSeconds + 3600));
    claims.firstIssued = sys_seconds(seconds(nowSeconds));
    const std::string token = m_tokens.issue(claims);
    QVERIFY(token.starts_with(toBase64Url(hs256) + "."));
    const auto read = m_tokens.verify(token, now);
    QVERIFY(read.has_value());
    QCOMPARE(read->issuer, "iam-apiserver");
    QCOMPARE(read->audience, "iam.api.marmotedu.com");
    QCOMPARE(read->subject, "colin");
    QCOMPARE(read->identity, "colin");
    QCOMPARE(read->id, "5f0c");
    QVERIFY(read->expires == claims.expires);
    QVERIFY(read->firstIssued == claims.firstIssued);
    QCOMPARE(read->others, "{}");
    QCOMPARE(m_tokens.verify(token, now + seconds(3601)).error(), (TokenRefusal{401, "Token is expired"}));
    QVERIFY(m_tokens.verify(token, TimePoint(seconds(nowSeconds + 3600))).has_value()); // the last second counts
}

void LoginTokenTest::severalKeys()
{
    const auto shared = [](const char* text) { return std::make_shared<const HmacKey>(keyOf(text)); };
    LoginClaims claims;
    claims.identity = "colin";
    claims.expires = sys_seconds(seconds(nowSeconds + 3600));
    LoginTokens tokens{keyOf("old")};
    const std::string old = tokens.issue(claims);
    tokens.publish({shared("old"), shared("new")}); // the new one is known before it signs
    QCOMPARE(tokens.issue(claims), old);
    tokens.publish({shared("new"), shared("old")});
    const std::string fresh = tokens.issue(claims);
    QVERIFY(fresh != old);
    QCOMPARE(fresh.substr(0, fresh.find('.')), old.substr(0, old.find('.'))); // clients see no difference
    QVERIFY(tokens.verify(old, now).has_value());
    QVERIFY(tokens.verify(fresh, now).has_value());
    QVERIFY(tokens.verifyForRefresh(old, now, hours(1)).error() == (TokenRefusal{401, "missing orig_iat field"}));
    QCOMPARE(tokens.verify(old, now + hours(2)).error(), (TokenRefusal{401, "Token is expired"}));
    QCOMPARE(LoginTokens{keyOf("third")}.verify(old, now).error(), (TokenRefusal{401, "signature is invalid"}));
    tokens.publish({shared("new")});
    QCOMPARE(tokens.verify(old, now).error(), (TokenRefusal{401, "signature is invalid"}));
    QVERIFY(tokens.verify(fresh, now).has_value());
}

void LoginTokenTest::refusals_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const std::string& token, int status, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(token) << status << QByteArray(message);
    };
    const std::string valid = claimsWith("\"exp\":" + text(nowSeconds + 60));
    const std::string expired = claimsWith("\"exp\":" + text(nowSeconds - 1));
    const std::string early = text(nowSeconds + 100);

    row("empty", "", 401, "token contains an invalid number of segments");
    row("one segment", "garbage", 401, "token contains an invalid number of segments");
    row("two segments", "a.b", 401, "token contains an invalid number of segments");
    row("four segments", "a.b.c.d", 401, "token contains an invalid number of segments");
    row("too long", std::string(9000, 'a'), 401, "token is too long");

    const std::string tail = ".e30.x";
    row("blank first", " eyJhbGciOiJIUzI1NiJ9" + tail, 401, "illegal base64 data at input byte 0");
    row("bad byte", "eyJh!GciOiJIUzI1NiJ9" + tail, 401, "illegal base64 data at input byte 4");
    row("one letter over", "eyJhb" + tail, 401, "illegal base64 data at input byte 5");
    row("padding inside", "ey==eyJh" + tail, 401, "illegal base64 data at input byte 4");
    row("half padding", "eyJ=" + tail, 401, "unexpected end of JSON input");
    row("doubled scheme", "Bearer eyJh.e30.x", 401, "tokenstring should not contain 'bearer '");
    row("bad byte in the claims", toBase64Url(hs256) + ".e3+0.x", 401, "illegal base64 data at input byte 2");
    row("bad byte in the signature", toBase64Url(hs256) + "." + toBase64Url(valid) + ".ab*d", 401,
        "illegal base64 data at input byte 2");
    row("empty header", ".e30.x", 401, "unexpected end of JSON input");

    const auto header = [&row](const char* name, const std::string& json, const char* message) {
        row(name, toBase64Url(json) + ".e30.x", 401, message);
    };
    header("header: not JSON", "xyz", "invalid character 'x' looking for beginning of value");
    header("header: quote", "'", "invalid character '\\'' looking for beginning of value");
    header("header: control", std::string("\x01"), "invalid character '\\x01' looking for beginning of value");
    header("header: latin", "\xe9", "invalid character '\xc3\xa9' looking for beginning of value");
    header("header: unprintable", "\x85", "invalid character '\\u0085' looking for beginning of value");
    header("header: cut", R"({"alg":"HS256")", "unexpected end of JSON input");
    header("header: cut in a text", R"({"alg":"HS)", "unexpected end of JSON input");
    header("header: trailing", "{}{}", "invalid character '{' after top-level value");
    header("header: key", "{a}", "invalid character 'a' looking for beginning of object key string");
    header("header: no colon", R"({"a" 1})", "invalid character '1' after object key");
    header("header: no comma", R"({"a":1 2})", "invalid character '2' after object key:value pair");
    header("header: leading zero", R"({"a":01})", "invalid character '1' after object key:value pair");
    header("header: list", R"({"a":[1 2]})", "invalid character '2' after array element");
    header("header: list comma", R"({"a":[1,]})", "invalid character ']' looking for beginning of value");
    header("header: word", R"({"a":trve})", "invalid character 'v' in literal true (expecting 'u')");
    header("header: cut word", "nul", "invalid character ' ' in literal null (expecting 'l')");
    header("header: minus", R"({"a":-x})", "invalid character 'x' in numeric literal");
    header("header: point", R"({"a":1.})", "invalid character '}' after decimal point in numeric literal");
    header("header: exponent", R"({"a":1e})", "invalid character '}' in exponent of numeric literal");
    header("header: escape", R"({"\x":1})", "invalid character 'x' in string escape code");
    header("header: unicode", R"({"\u00g0":1})", "invalid character 'g' in \\u hexadecimal character escape");
    header("header: line end in a text", "{\"a\n\":1}", "invalid character '\\n' in string literal");
    header("header: a list", "[]", "json: cannot unmarshal array into Go value of type map[string]interface {}");
    header("header: a text", "\"a\"", "json: cannot unmarshal string into Go value of type map[string]interface {}");
    header("header: a number", "12", "json: cannot unmarshal number into Go value of type map[string]interface {}");
    header("header: a word", "true", "json: cannot unmarshal bool into Go value of type map[string]interface {}");
    header("header: too deep", std::string(100, '['), "exceeded max depth");
    header("header: null", "null", "signing method (alg) is unspecified.");
    header("header: no alg", "{}", "signing method (alg) is unspecified.");
    header("header: alg a number", R"({"alg":1})", "signing method (alg) is unspecified.");
    header("header: alg unknown", R"({"alg":"hs256"})", "signing method (alg) is unavailable.");
    for (const char* known :
         {"HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "none"}) {
        header(known, R"({"alg":")" + std::string(known) + "\"}", "invalid signing algorithm");
    }

    const auto claims = [&row](const char* name, const std::string& json, int status, const char* message) {
        row(name, tokenOf(hs256, json), status, message);
    };
    claims("claims: none", "", 401, "EOF");
    claims("claims: cut", "{", 401, "unexpected EOF");
    claims("claims: not JSON", "x", 401, "invalid character 'x' looking for beginning of value");
    claims("claims: a list", "[]", 401, "json: cannot unmarshal array into Go value of type jwt.MapClaims");
    claims("claims: huge number", R"({"exp":1e999})", 401,
           "json: cannot unmarshal number 1e999 into Go value of type float64");
    claims("expired", expired, 401, "Token is expired");
    claims("issued later", claimsWith("\"iat\":" + early), 401, "Token used before issued");
    claims("valid later", claimsWith("\"nbf\":" + early), 401, "Token is not valid yet");
    claims("issued later and valid later", claimsWith("\"iat\":" + early + ",\"nbf\":" + early), 401,
           "Token is not valid yet");
    claims("expired and issued later", claimsWith("\"exp\":1,\"iat\":" + early), 401, "Token used before issued");
    row("other key", tokenOf(hs256, valid, "another key"), 401, "signature is invalid");
    row("other key and expired", tokenOf(hs256, expired, "another key"), 401, "signature is invalid");
    row("other key, no exp", tokenOf(hs256, "{}", "another key"), 401, "signature is invalid");
    row("no signature", toBase64Url(hs256) + "." + toBase64Url(valid) + ".", 401, "signature is invalid");
    row("another spelling of the signature", tokenOf(hs256, valid) + "=", 401, "signature is invalid");
    claims("no exp", claimsWith(""), 400, "missing exp field");
    claims("null claims", "null", 400, "missing exp field");
    claims("null exp", claimsWith("\"exp\":null"), 400, "missing exp field");
    claims("exp a text", claimsWith("\"exp\":\"1\""), 400, "exp must be float64 format");
    claims("exp zero", claimsWith("\"exp\":0"), 401, "token is expired");
    claims("exp beyond an integer", claimsWith("\"exp\":1e300"), 401, "Token is expired");
    const std::string exp = "\"exp\":" + text(nowSeconds + 60);
    claims("no identity", "{" + exp + "}", 403, "you don't have permission to access this resource");
    claims("identity a number", "{\"identity\":1," + exp + "}", 403,
           "you don't have permission to access this resource");
    claims("identity in another case", "{\"Identity\":\"colin\"," + exp + "}", 403,
           "you don't have permission to access this resource");
}

void LoginTokenTest::refusals()
{
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    QFETCH(QByteArray, message);
    const auto read = m_tokens.verify(token.toStdString(), now);
    QVERIFY(!read.has_value());
    QCOMPARE(QByteArray::fromStdString(read.error().message), message);
    QCOMPARE(read.error().httpStatus, status);
}

void LoginTokenTest::otherClaimsSurvive()
{
    const auto read = m_tokens.verify(
        tokenOf(hs256, claimsWith(R"("exp":1700000060.9,"orig_iat":7,"aud":["a","b"],"team":{"x":[1]})") + "trailing"),
        now);
    QVERIFY(read.has_value());
    QCOMPARE(read->others, R"({"aud":["a","b"],"team":{"x":[1]}})");
    QCOMPARE(read->audience, "");
    QVERIFY(read->expires == sys_seconds(seconds(1700000060)));
    QVERIFY(read->firstIssued == sys_seconds(seconds(7)));
    const auto again = m_tokens.verify(m_tokens.issue(*read), now);
    QVERIFY(again.has_value());
    QCOMPARE(again->others, read->others);
}

void LoginTokenTest::repairsTextAsGoDoes()
{
    const std::string exp = "\"exp\":" + text(nowSeconds + 60);
    const auto identity = [&](const std::string& json) {
        const auto read = m_tokens.verify(tokenOf(hs256, "{\"identity\":\"" + json + "\"," + exp + "}"), now);
        return read ? read->identity : "refused: " + read.error().message;
    };
    QCOMPARE(identity("a\xff"), "a\xef\xbf\xbd");
    QCOMPARE(identity("\\ud800"), "\xef\xbf\xbd");
    QCOMPARE(identity("\\ud800x"), "\xef\xbf\xbdx");
    QCOMPARE(identity("\\ud83d\\ude00"), "\xf0\x9f\x98\x80");
    QCOMPARE(identity("\\u0022\\\\\\/\\n\\u0001"), "\"\\/\n\x01");
    QCOMPARE(identity(""), "");
    QCOMPARE(m_tokens.verify(tokenOf(hs256, R"({"identity":"a","identity":"b",)" + exp + "}"), now)->identity, "b");
}

void LoginTokenTest::refresh_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("message"); // empty: may be refreshed
    const auto row = [](const char* name, const std::string& token, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(token) << QByteArray(message);
    };
    const std::string fresh = ",\"orig_iat\":" + text(nowSeconds - 3600);
    const std::string stale = ",\"orig_iat\":" + text(nowSeconds - 3601);
    const std::string expired = "\"exp\":" + text(nowSeconds - 1);
    row("valid", tokenOf(hs256, claimsWith("\"exp\":" + text(nowSeconds + 1) + fresh)), "");
    row("expired only", tokenOf(hs256, claimsWith(expired + fresh)), "");
    row("without exp", tokenOf(hs256, claimsWith("\"x\":1" + fresh)), "");
    row("too old", tokenOf(hs256, claimsWith(expired + stale)), "token is expired");
    row("no orig_iat", tokenOf(hs256, claimsWith(expired)), "missing orig_iat field");
    row("orig_iat a text", tokenOf(hs256, claimsWith(expired + ",\"orig_iat\":\"1\"")), "missing orig_iat field");
    row("expired and not yet valid", tokenOf(hs256, claimsWith(expired + ",\"nbf\":1900000000" + fresh)),
        "Token is not valid yet");
    row("expired and forged", tokenOf(hs256, claimsWith(expired + fresh), "x"), "signature is invalid");
    row("not a token", "a.b", "token contains an invalid number of segments");
    row("no identity", tokenOf(hs256, "{" + expired + fresh + "}"),
        "you don't have permission to access this resource");
}

void LoginTokenTest::refresh()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, message);
    const auto read = m_tokens.verifyForRefresh(token.toStdString(), now, seconds(3600));
    QCOMPARE(read.has_value(), message.isEmpty());
    if (!read) {
        QCOMPARE(QByteArray::fromStdString(read.error().message), message);
        QCOMPARE(read.error().httpStatus, 401);
    }
}

void LoginTokenTest::everyByteIsProtected()
{
    const std::string token = tokenOf(hs256, claimsWith("\"exp\":" + text(nowSeconds + 60)));
    QVERIFY(m_tokens.verify(token, now).has_value());
    for (std::size_t i = 0; i < token.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = token;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            QVERIFY2(!m_tokens.verify(changed, now).has_value(), changed.c_str());
        }
        QVERIFY(!m_tokens.verify(token.substr(0, i), now).has_value());
    }
}

void LoginTokenTest::hugeTimesStayInRange()
{
    const auto read = m_tokens.verify(tokenOf(hs256, claimsWith("\"exp\":9e18,\"orig_iat\":-9e18")), now);
    QVERIFY(read.has_value());
    QVERIFY(read->expires == sys_seconds(seconds(253402300799)));
    QVERIFY(read->firstIssued == sys_seconds(seconds(0)));
}

QTEST_APPLESS_MAIN(LoginTokenTest)
#include "logintokentest.moc"
