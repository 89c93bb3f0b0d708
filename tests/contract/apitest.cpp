// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The apiserver's answers to well and badly formed requests, one after another against one server. Where a row says
// only a status and a code, the body must be exactly the error body of that code (besides its details).
#include "contract/endpoints.h"
#include "contract/errortable.h"
#include "support/serverprocess.h"
#include <QTest>

using namespace iam;
using namespace iam::test;

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

enum Who { Nobody, Admin, User, BasicUser, Verbatim };

struct Case {
    const char* name;
    Who who;
    const char* request; ///< "METHOD /target"
    std::string body;
    int status;
    int code;            ///< 0: no error body
    std::string expect;  ///< exact body; or "path=value" pairs separated by ";"; or empty
    std::string authorization = {}; ///< for Verbatim
};

std::string user(const std::string& name, const std::string& more = "")
{
    return R"({"metadata":{"name":")" + name + R"("},"nickname":"n","password":"Pass@2021","email":"a@b.cc","phone":"1")" + more + "}";
}

std::string policy(const std::string& name, const std::string& more)
{
    return R"({"metadata":{"name":")" + name + R"("},"policy":{)" + more + "}}";
}

const std::string goodPolicy =
    R"("description":"d","subjects":["users:<peter|ken>"],"actions":["delete"],"effect":"allow",)"
    R"("resources":["resources:articles:<.*>"],"conditions":{"remoteIP":{"type":"CIDRCondition","options":{"cidr":"192.168.0.1/16"}}})";

const std::vector<Case>& cases()
{
    static const std::string tooDeep = R"({"metadata":{"name":"deep","extend":{"a":)" + std::string(10001, '[') + std::string(10001, ']') + "}}}";
    static const std::vector<Case> list{
        {"alive", Nobody, "GET /healthz", "", 200, 0, R"({"status":"ok"})"},
        {"ready", Nobody, "GET /readyz", "", 200, 0, "status=ok"},
        {"version", Nobody, "GET /version", "", 200, 0, "gitTreeState="},
        {"list without log-in", Nobody, "GET /v1/users", "", 401, 100204, ""},
        {"unknown page without log-in", Nobody, "GET /nope", "", 401, 100204, ""},
        {"unknown page", User, "GET /nope", "", 404, 100006, ""},
        {"unknown method", Admin, "PATCH /v1/users", "", 404, 100006, ""},
        {"scheme without blank", Verbatim, "GET /v1/users", "", 401, 100204, "", "Basic"},
        {"unknown scheme", Verbatim, "GET /v1/users", "", 401, 100202, "", "Digest x"},
        {"scheme in lower case", Verbatim, "GET /v1/users", "", 401, 100202, "", "basic dTp4"},
        {"wrong password", Verbatim, "GET /v1/users", "", 401, 100202, "", "Basic YWRtaW46eA=="},
        {"unknown user", Verbatim, "GET /v1/users", "", 401, 100202, "", "Basic bm9ib2R5Ong="},
        {"no colon", Verbatim, "GET /v1/users", "", 401, 100202, "", "Basic YWRtaW4="},
        {"garbage token", Verbatim, "GET /v1/users", "", 401, 0, R"({"message":"token contains an invalid number of segments"})", "Bearer garbage"},
        {"blank token", Verbatim, "GET /v1/users", "", 401, 100204, "", "Bearer "},
        {"blank token behind two blanks", Verbatim, "GET /v1/users", "", 401, 100204, "", "Bearer  "},

        {"create without log-in", Nobody, "POST /v1/users", user("x"), 401, 100204, ""},
        {"create as a user", User, "POST /v1/users", user("x"), 403, 100207, ""},
        {"empty body", Admin, "POST /v1/users", "", 400, 100003, ""},
        {"array", Admin, "POST /v1/users", "[]", 400, 100003, ""},
        {"string", Admin, "POST /v1/users", "\"x\"", 400, 100003, ""},
        {"null", Admin, "POST /v1/users", "null", 400, 100004, ""},
        {"number for a string", Admin, "POST /v1/users", R"({"nickname":5})", 400, 100003, ""},
        {"too deep", Admin, "POST /v1/users", tooDeep, 400, 100003, ""},
        {"no mail address", Admin, "POST /v1/users", R"({"metadata":{"name":"x1"},"nickname":"n","password":"Pass@2021"})", 400, 100004, ""},
        {"bad mail address", Admin, "POST /v1/users", R"({"metadata":{"name":"x1"},"nickname":"n","password":"Pass@2021","email":"a"})", 400, 100004, ""},
        {"bad name", Admin, "POST /v1/users", user("-a"), 400, 100004, ""},
        {"weak password", Admin, "POST /v1/users", R"({"metadata":{"name":"x1"},"nickname":"n","password":"abc","email":"a@b.cc"})", 400, 100004, ""},
        {"long nickname", Admin, "POST /v1/users", R"({"metadata":{"name":"x1"},"nickname":"0123456789012345678901234567890","password":"Pass@2021","email":"a@b.cc"})", 400, 100004, ""},
        {"long name", Admin, "POST /v1/users", user(std::string(50, 'a')), 400, 100004, ""},
        {"create", Admin, "POST /v1/users", user("bob", R"(,"unknown":[1],"status":0,"totalPolicy":3,"METADATA":{"extend":{"k":1}})"), 200, 0, "metadata.name=bob;status=1;password=;metadata.extend={\"k\":1};totalPolicy=3"},
        {"create again", Admin, "POST /v1/users", user("bob"), 400, 110002, ""},
        {"create in another case", Admin, "POST /v1/users", user("BOB"), 400, 110002, ""},
        {"what follows the value is ignored", Admin, "POST /v1/users", user("eve") + " garbage", 200, 0, "metadata.name=eve"},
        {"an administrator", Admin, "POST /v1/users", user("root2", R"(,"isAdmin":1)"), 200, 0, "isAdmin=1"},

        {"list as a user", User, "GET /v1/users", "", 403, 100207, ""},
        {"list", Admin, "GET /v1/users?limit=1", "", 200, 0, "totalCount=5"},
        {"search", Admin, "GET /v1/users?fieldSelector=name=BO", "", 200, 0, "totalCount=1"},
        {"search without wildcards", Admin, "GET /v1/users?fieldSelector=name=%25", "", 200, 0, R"({"items":[]})"},
        {"self", User, "GET /v1/users/u1", "", 200, 0, "metadata.name=u1;status=1;password="},
        {"self by password", BasicUser, "GET /v1/users/u1", "", 200, 0, "metadata.name=u1"},
        {"self in another case", User, "GET /v1/users/U1", "", 200, 0, "metadata.name=u1"},
        {"other", User, "GET /v1/users/bob", "", 403, 100207, ""},
        {"other that is not there", User, "GET /v1/users/nope", "", 403, 100207, ""},
        {"missing", Admin, "GET /v1/users/nope", "", 404, 110001, ""},
        {"delete self", User, "DELETE /v1/users/u1", "", 403, 100207, ""},
        {"delete as a user", User, "DELETE /v1/users?name=bob", "", 403, 100207, ""},
        {"delete missing", Admin, "DELETE /v1/users/nope", "", 200, 0, "null"},
        {"delete nothing", Admin, "DELETE /v1/users", "", 200, 0, "null"},
        {"delete", Admin, "DELETE /v1/users/bob", "", 200, 0, "null"},
        {"deleted", Admin, "GET /v1/users/bob", "", 404, 110001, ""},
        {"delete several", Admin, "DELETE /v1/users?name=eve&name=nope&name=root2", "", 200, 0, "null"},
        {"several are deleted", Admin, "GET /v1/users", "", 200, 0, "totalCount=2"},
        {"change to nothing", User, "PUT /v1/users/u1", "{}", 400, 100004, ""},
        {"change", User, "PUT /v1/users/u1", R"({"metadata":{"name":"ignored"},"nickname":"new","email":"n@b.cc","isAdmin":1})", 200, 0, "metadata.name=u1;nickname=new;phone=;isAdmin="},
        {"change missing", Admin, "PUT /v1/users/nope", R"({"nickname":"n","email":"n@b.cc"})", 404, 110001, ""},
        {"change with a broken body", Admin, "PUT /v1/users/nope", "{", 400, 100003, ""},
        {"wrong old password", User, "PUT /v1/users/u1/change-password", R"({"oldPassword":"Wrong@2021","newPassword":"Next@2021"})", 401, 100206, ""},
        {"weak new password", User, "PUT /v1/users/u1/change-password", R"({"oldPassword":"Pass@2021","newPassword":"weak"})", 400, 100003, ""},
        {"password of another", User, "PUT /v1/users/admin/change-password", R"({"oldPassword":"Admin@2021","newPassword":"Next@2021"})", 403, 100207, ""},
        {"misspelled", User, "PUT /v1/users/u1/change_password", "{}", 404, 100006, ""},

        {"limit is no number", User, "GET /v1/secrets?limit=x", "", 400, 100003, ""},
        {"no limit", User, "GET /v1/secrets?limit=-1", "", 200, 0, R"({"items":[]})"},
        {"offset without limit", User, "GET /v1/secrets?limit=0&offset=1", "", 200, 0, R"({"items":[]})"},
        {"broken selector", User, "GET /v1/secrets?fieldSelector=name", "", 400, 100003, ""},
        {"secret", User, "POST /v1/secrets", R"({"metadata":{"name":"s0"},"expires":5,"description":"d","secretID":"mine","username":"admin"})", 200, 0, "username=u1;expires=5;description=d"},
        {"secret again", User, "POST /v1/secrets", R"({"metadata":{"name":"s0"}})", 400, 110103, ""},
        {"negative expiry", User, "POST /v1/secrets", R"({"metadata":{"name":"s1"},"expires":-1})", 400, 100004, ""},
        {"huge expiry", User, "POST /v1/secrets", R"({"metadata":{"name":"s1"},"expires":4294967296})", 400, 100004, ""},
        {"long description", User, "POST /v1/secrets", R"({"metadata":{"name":"s1"},"description":")" + std::string(256, 'd') + "\"}", 400, 100004, ""},
        {"key is shown once", User, "GET /v1/secrets/s0", "", 200, 0, "secretKey=;metadata.name=s0"},
        {"secret in a list", User, "GET /v1/secrets?fieldSelector=name=S", "", 200, 0, "totalCount=1"},
        {"missing secret", User, "GET /v1/secrets/nope", "", 404, 110102, ""},
        {"change missing secret", User, "PUT /v1/secrets/nope", "{}", 404, 110102, ""},
        {"change secret", User, "PUT /v1/secrets/s0", R"({"expires":0})", 200, 0, "expires=0;description="},
        {"delete missing secret", User, "DELETE /v1/secrets/nope", "", 200, 0, "null"},
        {"no deleting of several secrets", User, "DELETE /v1/secrets?name=s0", "", 404, 100006, ""},
        {"secret of another", Admin, "GET /v1/secrets/s0", "", 404, 110102, ""},
        {"secret of another by name", Admin, "GET /v1/secrets/s0?username=u1", "", 200, 0, "username=u1"},
        {"secret for another", Admin, "POST /v1/secrets?username=U1", R"({"metadata":{"name":"s9"}})", 200, 0, "username=u1"},
        {"secret for a missing user", Admin, "POST /v1/secrets?username=nope", R"({"metadata":{"name":"s9"}})", 404, 110001, ""},
        {"all secrets", Admin, "GET /v1/secrets?username=*", "", 200, 0, "totalCount=2"},
        {"all secrets as a user", User, "GET /v1/secrets?username=*", "", 403, 100207, ""},
        {"secrets of another as a user", User, "GET /v1/secrets?username=admin", "", 403, 100207, ""},
        {"own secrets by name", User, "GET /v1/secrets?username=u1", "", 200, 0, "totalCount=2"},
        {"delete secret", User, "DELETE /v1/secrets/s9", "", 200, 0, "null"},

        {"unknown condition", User, "POST /v1/policies", policy("p0", R"("effect":"allow","conditions":{"k":{"type":"Nope"}})"), 400, 100003, ""},
        {"condition is null", User, "POST /v1/policies", policy("p0", R"("effect":"allow","conditions":{"k":null})"), 400, 100003, ""},
        {"wrong option type", User, "POST /v1/policies", policy("p0", R"("effect":"allow","conditions":{"k":{"type":"BooleanCondition","options":{"value":"true"}}})"), 400, 100003, ""},
        {"meta is no base64", User, "POST /v1/policies", policy("p0", R"("effect":"allow","meta":"%%")"), 400, 100003, ""},
        {"broken template", User, "POST /v1/policies", policy("p0", R"("effect":"allow","actions":["ok","<["])"), 400, 100004, ""},
        {"unknown effect", User, "POST /v1/policies", policy("p0", R"("effect":"maybe")"), 400, 100004, ""},
        {"no policy", User, "POST /v1/policies", R"({"metadata":{"name":"p0"}})", 400, 100004, ""},
        {"broken network", User, "POST /v1/policies", policy("p0", R"("effect":"allow","conditions":{"k":{"type":"CIDRCondition","options":{"cidr":"10.0.0.0/33"}}})"), 400, 100004, ""},
        {"policy", User, "POST /v1/policies", policy("p0", goodPolicy), 200, 0, R"(username=u1;policy.id=p0;policy.meta=null;policy.conditions={"remoteIP":{"options":{"cidr":"192.168.0.1/16"},"type":"CIDRCondition"}})"},
        {"policy again", User, "POST /v1/policies", policy("p0", goodPolicy), 400, 110203, ""},
        {"policy of another", Admin, "GET /v1/policies/p0", "", 404, 110201, ""},
        {"change policy of another", Admin, "PUT /v1/policies/p0", policy("x", R"("effect":"deny")"), 404, 110201, ""},
        {"change missing policy with a broken rule", User, "PUT /v1/policies/nope", policy("x", R"("effect":"maybe")"), 404, 110201, ""},
        {"change policy", User, "PUT /v1/policies/p0", policy("other", R"("effect":"deny","subjects":null,"actions":[])"), 200, 0, "metadata.name=p0;policy.id=p0;policy.effect=deny;policy.subjects=null;policy.actions=[]"},
        {"users know how many policies", Admin, "GET /v1/users?fieldSelector=name=u1", "", 200, 0, "totalCount=1"},
        {"delete no policy", User, "DELETE /v1/policies", "", 200, 0, "null"},
        {"policies are still there", User, "GET /v1/policies", "", 200, 0, "totalCount=1"},
        {"delete policies", User, "DELETE /v1/policies?name=p0&name=p1", "", 200, 0, "null"},
        {"policies are gone", User, "GET /v1/policies", "", 200, 0, R"({"items":[]})"},

        {"decisions of another", User, "GET /v1/audit/decisions?owner=admin", "", 403, 100207, ""},
        {"bad record limit", User, "GET /v1/audit/decisions?limit=1001", "", 400, 100003, ""},
        {"bad record time", User, "GET /v1/audit/changes?from=now", "", 400, 100003, ""},
        {"bad cursor", User, "GET /v1/audit/changes?cursor=x", "", 400, 100003, ""},
        {"own changes", User, "GET /v1/audit/changes?limit=1", "", 200, 0, ""},
    };
    return list;
}

/// Whether every "path=value" holds.
QString differences(const std::string& body, const std::string& expect)
{
    QString found;
    for (std::size_t pos = 0; pos < expect.size();) {
        const std::size_t end = std::min(expect.find(';', pos), expect.size());
        const std::string pair = expect.substr(pos, end - pos);
        const std::size_t equals = pair.find('=');
        const std::string actual = memberOf(body, pair.substr(0, equals));
        if (actual != pair.substr(equals + 1))
            found += QString::fromStdString(pair.substr(0, equals) + " is '" + actual + "' in " + body + "\n");
        pos = end + 1;
    }
    return found;
}

} // namespace
#endif

class ApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void answers_data();
    void answers();
    void changesNeedTheVersionThatTheyAreFor();
    void theLimitOfSecretsHolds();
    void pathsWithASlashTooManyAreRedirected();
    void headIsGetWithoutABody();
    void theCallersRequestIdIsKept();
    void changesAreRecordedWithoutSecrets();
    void everyEndpointIsServedAndGuarded();

private:
    HttpAnswer call(const Case& c);

    ServerProcess m_server;
    std::string m_admin;
    std::string m_user;
};

#ifndef Q_MOC_RUN

void ApiTest::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log().constData());
    m_admin = m_server.logInAsAdmin();
    QVERIFY(!m_admin.empty());
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, user("u1")).status, 200);
    m_user = m_server.logIn("u1", "Pass@2021");
    QVERIFY(!m_user.empty());
}

void ApiTest::answers_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); ++i) QTest::newRow(cases()[i].name) << static_cast<int>(i);
}

void ApiTest::answers()
{
    QFETCH(int, index);
    const Case& c = cases()[static_cast<std::size_t>(index)];
    const HttpAnswer answer = call(c);
    QVERIFY2(answer.status == c.status, (std::to_string(answer.status) + " " + answer.body).c_str());
    QCOMPARE(answer.header("Content-Type"), std::string("application/json; charset=utf-8"));
    QVERIFY(!answer.header("X-Request-ID").empty());
    if (c.code != 0) {
        QCOMPARE(memberOf(answer.body, "code"), std::to_string(c.code));
        QCOMPARE(memberOf(answer.body, "message"), std::string(contract::errorEntry(static_cast<Code>(c.code)).message));
        const bool named = c.code == 100003 || c.code == 100004;
        QCOMPARE(!memberOf(answer.body, "details").empty(), named);
    } else if (c.expect.starts_with('{') || c.expect == "null") {
        QCOMPARE(answer.body, c.expect);
    } else {
        QCOMPARE(differences(answer.body, c.expect), QString());
    }
    if (c.code == 0 && answer.status == 401) QVERIFY(answer.header("WWW-Authenticate").starts_with("JWT realm="));
    QVERIFY2(answer.body.find("argon2") == std::string::npos && answer.body.find("$2a$") == std::string::npos, "a hash");
}

void ApiTest::changesNeedTheVersionThatTheyAreFor()
{
    QCOMPARE(m_server.api("POST", "/v1/policies", m_user, policy("v", R"("effect":"allow")")).status, 200);
    const std::string tag = m_server.api("GET", "/v1/policies/v", m_user).header("ETag");
    QVERIFY(tag.starts_with('"') && tag.ends_with(".1\""));
    const auto put = [&](const std::string& match) {
        return httpCall(m_server.apiPort(), {"PUT", "/v1/policies/v",
                                             {{"Authorization", "Bearer " + m_user}, {"If-Match", match}},
                                             policy("v", R"("effect":"deny")")});
    };
    QVERIFY(put("\"zz\", " + tag).header("ETag").ends_with(".2\""));
    QCOMPARE(put(tag).status, 412);
    QCOMPARE(memberOf(put(tag).body, "code"), std::string("110205"));
    QCOMPARE(put("*").status, 200);
    QCOMPARE(put("garbage").status, 412);
    const std::string last = m_server.api("GET", "/v1/policies/v", m_user).header("ETag");
    QCOMPARE(m_server.api("DELETE", "/v1/policies/v", m_user).status, 200);
    QCOMPARE(m_server.api("POST", "/v1/policies", m_user, policy("v", R"("effect":"allow")")).status, 200);
    QCOMPARE(put(tag).status, 412); // another object of the same name
    QCOMPARE(put(last).status, 412);
}

void ApiTest::theLimitOfSecretsHolds()
{
    QCOMPARE(m_server.api("POST", "/v1/users", m_admin, user("many")).status, 200);
    const std::string token = m_server.logIn("many", "Pass@2021");
    for (int i = 0; i < 10; ++i) {
        const MadeSecret secret = makeSecret(m_server, token, "s" + std::to_string(i));
        QCOMPARE(secret.id.size(), std::size_t{36});
        QCOMPARE(secret.key.size(), std::size_t{32});
    }
    const HttpAnswer eleventh = m_server.api("POST", "/v1/secrets", token, R"({"metadata":{"name":"s10"}})");
    QCOMPARE(eleventh.status, 400);
    QCOMPARE(memberOf(eleventh.body, "code"), std::string("110101"));
}

void ApiTest::pathsWithASlashTooManyAreRedirected()
{
    const HttpAnswer get = m_server.api("GET", "/v1/users/?limit=1", {});
    QCOMPARE(get.status, 301);
    QCOMPARE(get.header("Location"), std::string("/v1/users?limit=1"));
    QVERIFY(get.header("X-Request-ID").empty());
    QCOMPARE(m_server.api("POST", "/v1/users/", {}, "{}").status, 307);
}

void ApiTest::headIsGetWithoutABody()
{
    const HttpAnswer head = m_server.api("HEAD", "/healthz", {});
    QCOMPARE(head.status, 200);
    QCOMPARE(head.header("Content-Length"), std::string("15"));
}

void ApiTest::theCallersRequestIdIsKept()
{
    QCOMPARE(httpCall(m_server.apiPort(), {"GET", "/healthz", {{"X-Request-ID", "my-id"}}, ""}).header("X-Request-ID"),
             std::string("my-id"));
}

void ApiTest::changesAreRecordedWithoutSecrets()
{
    const std::string changes = m_server.api("GET", "/v1/audit/changes?limit=1000", m_admin).body;
    for (const char* part : {R"("kind":"user")", R"("kind":"secret")", R"("kind":"policy")", R"("action":"delete")", R"("actor":"u1")", R"("address":"127.0.0.1")"})
        QVERIFY2(changes.find(part) != std::string::npos, part);
    for (const char* part : {"Pass@2021", "argon2", "v1:"}) QVERIFY2(changes.find(part) == std::string::npos, part);
}

HttpAnswer ApiTest::call(const Case& c)
{
    const std::string request = c.request;
    HttpCall call{request.substr(0, request.find(' ')), request.substr(request.find(' ') + 1), {}, c.body};
    switch (c.who) {
    case Nobody: break;
    case Admin: call.headers.emplace_back("Authorization", "Bearer " + m_admin); break;
    case User: call.headers.emplace_back("Authorization", "Bearer " + m_user); break;
    case BasicUser: call.headers.emplace_back("Authorization", "Basic dTE6UGFzc0AyMDIx"); break;
    case Verbatim: call.headers.emplace_back("Authorization", c.authorization); break;
    }
    return httpCall(m_server.apiPort(), call);
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
        case Access::Refresh: QVERIFY2(code.empty(), where.c_str()); break; // no error of ours: it is there
        case Access::Login: QVERIFY2(code == "100204", where.c_str()); break;
        case Access::SecretToken: QVERIFY2(code == "100205", where.c_str()); break;
        case Access::Network: QCOMPARE(bare.status, 200); break; // the test is near
        }
        if (endpoint.access == Access::Login) {
            const std::string body = m_server.api(std::string(endpoint.method), target, m_admin, "{").body;
            QVERIFY2(memberOf(body, "code") != "100006", (where + body).c_str()); // not "page not found"
        }
        if (endpoint.service == contract::Service::Both)
            QVERIFY2(httpCall(m_server.authzPort(), {std::string(endpoint.method), target, {}, ""}).status == 200, where.c_str());
    }
}

#endif

QTEST_GUILESS_MAIN(ApiTest)
#include "apitest.moc"
