// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The description at /openapi.json against the route table, the error table and what the server really answers.
#include "support/openapi.h"
#include "contract/endpoints.h"
#include "contract/errortable.h"
#include "support/serverprocess.h"
#include <QTest>
#include <map>
#include <set>

using namespace iam;
using namespace iam::test;
using contract::Access;
using contract::Endpoint;
using contract::Json;

class OpenApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isServedToEverybody();
    void isKeptUntilItChanges();
    void isWellFormed();
    void everyFaultIsFound_data();
    void everyFaultIsFound();
    void describesEveryRouteAndNoOther();
    void saysWhoMayCall();
    void listsEveryErrorCode();
    void answersLookAsDescribed();

private:
    const OpenApi::Operation* operationOf(const Endpoint& endpoint) const;
    /// Empty: this server has nothing for lists that the example has something in.
    enum class Lists { AsInTheExample, Empty };
    void call(const std::string& method, const std::string& pattern, const HttpAnswer& answer,
              Lists lists = Lists::AsInTheExample);

    ServerProcess m_server;
    std::string m_text;
    std::unique_ptr<OpenApi> m_document;
    std::set<std::string> m_called; ///< operation ids
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// "/v1/users/:name" as the document writes it.
std::string templateOf(std::string_view path)
{
    std::string out;
    bool parameter = false;
    for (const char c : path) {
        if (parameter && c == '/') out += '}';
        if (c == '/') parameter = false;
        if (c == ':') parameter = true;
        out += c == ':' ? '{' : c;
    }
    return parameter ? out + '}' : out;
}

std::string joined(const OpenApi::Faults& faults)
{
    std::string text;
    for (const std::string& fault : faults) text += fault + "\n";
    return text;
}

std::set<std::string> schemesOf(const OpenApi::Operation& operation)
{
    std::set<std::string> schemes;
    for (const Json& requirement : *operation.json->find("security")->array())
        for (const auto& [scheme, scopes] : *requirement.object()) schemes.insert(scheme);
    return schemes;
}

} // namespace

void OpenApiTest::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log().constData());
    m_text = httpCall(m_server.apiPort(), {"GET", "/openapi.json", {}, {}}).body;
    m_document = std::make_unique<OpenApi>(m_text);
}

void OpenApiTest::isServedToEverybody()
{
    for (const std::uint16_t port : {m_server.apiPort(), m_server.authzPort()}) {
        const HttpAnswer answer = httpCall(port, {"GET", "/openapi.json", {{"X-Forwarded-For", "192.0.2.9"}}, {}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("Content-Type"), std::string("application/json; charset=utf-8"));
        QCOMPARE(answer.body, m_text);
    }
    const std::string version = memberOf(m_server.api("GET", "/version", {}).body, "gitVersion");
    QCOMPARE("v" + memberOf(m_text, "info.version"), version);
}

void OpenApiTest::isKeptUntilItChanges()
{
    const auto ask = [&](const std::string& tag) {
        return httpCall(m_server.apiPort(), {"GET", "/openapi.json", {{"If-None-Match", tag}}, {}});
    };
    const HttpAnswer first = ask("\"another\"");
    QCOMPARE(first.status, 200);
    QCOMPARE(first.header("Cache-Control"), std::string("no-cache"));
    QVERIFY(first.header("Expires").empty());
    const std::string tag = first.header("ETag");
    QVERIFY(tag.size() > 10 && tag.starts_with('"') && tag.ends_with('"'));
    for (const std::string& known : {tag, "W/" + tag, "\"another\", " + tag, std::string("*")}) {
        const HttpAnswer again = ask(known);
        QCOMPARE(again.status, 304);
        QVERIFY(again.body.empty());
        QCOMPARE(again.header("ETag"), tag);
    }
}

void OpenApiTest::isWellFormed()
{
    const std::string faults = joined(m_document->check());
    QVERIFY2(faults.empty(), faults.c_str());
}

void OpenApiTest::everyFaultIsFound_data()
{
    QTest::addColumn<QString>("was");
    QTest::addColumn<QString>("becomes");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char* was, const char* becomes, const char* fault) {
        QTest::newRow(fault) << QString::fromLatin1(was) << QString::fromLatin1(becomes) << QString::fromLatin1(fault);
    };
    row("\"openapi\": \"3.1.0\"", "\"openapi\": \"3.0.3\"", "not 3.1.0");
    row("#/components/schemas/Health", "#/components/schemas/Wealth", "leads nowhere");
    row("\"getHealth\"", "\"getVersion\"", "two operations");
    row("\"security\": []", "\"security\": [{\"magic\": []}]", "no security scheme");
    row("\"example\": {\"status\": \"ok\"}", "\"example\": {\"status\": \"bad\"}", "not the constant");
    row("\"example\": {\"status\": \"ok\"}", "\"example\": {\"status\": \"ok\", \"more\": 1}", "is not described");
    row("\"example\": {\"status\": \"ok\"}", "\"example\": {}", "is missing");
    row("\"example\": {\"status\": \"ok\"}", "\"other\": {}", "no example");
    row("\"/v1/users/{name}\"", "\"/v1/users/{who}\"", "not those of the path");
    row("\"in\": \"path\"", "\"in\": \"road\"", "in road");
    row("\"200\"", "\"201\"", "no answer 200");
}

void OpenApiTest::everyFaultIsFound()
{
    QFETCH(QString, was);
    QFETCH(QString, becomes);
    QFETCH(QString, fault);
    QString text = QString::fromStdString(m_text);
    const qsizetype at = text.indexOf(was);
    QVERIFY(at >= 0);
    text.replace(at, was.size(), becomes);
    const std::string faults = joined(OpenApi(text.toStdString()).check());
    QVERIFY2(faults.find(fault.toStdString()) != std::string::npos, faults.c_str());
}

const OpenApi::Operation* OpenApiTest::operationOf(const Endpoint& endpoint) const
{
    return m_document->find(lowered(endpoint.method), templateOf(endpoint.path));
}

void OpenApiTest::describesEveryRouteAndNoOther()
{
    std::set<const OpenApi::Operation*> described;
    for (const Endpoint& endpoint : contract::endpoints()) {
        const std::string where = std::string(endpoint.method) + " " + std::string(endpoint.path);
        const OpenApi::Operation* operation = operationOf(endpoint);
        QVERIFY2(operation != nullptr, ("not in resources/openapi.json: " + where).c_str());
        described.insert(operation);
        const Json* servers = operation->item->find("servers");
        if (servers == nullptr) servers = m_document->at("/servers");
        std::set<std::string> roles;
        for (const Json& server : *servers->array()) roles.insert(textIn(&server, "description"));
        std::set<std::string> wanted;
        if (endpoint.service != contract::Service::AuthzServer) wanted.insert("apiserver");
        if (endpoint.service != contract::Service::ApiServer) wanted.insert("authz-server");
        QVERIFY2(roles == wanted, ("other servers: " + where).c_str());
    }
    for (const OpenApi::Operation& operation : m_document->operations())
        QVERIFY2(described.contains(&operation), ("no such route: " + operation.method + " " + operation.path).c_str());
}

void OpenApiTest::saysWhoMayCall()
{
    for (const Endpoint& endpoint : contract::endpoints()) {
        const OpenApi::Operation* operation = operationOf(endpoint);
        QVERIFY(operation != nullptr);
        std::set<std::string> schemes;
        std::vector<std::string> refusals;
        switch (endpoint.access) {
        case Access::Open:
            break;
        case Access::Network:
            refusals = {"403"};
            break;
        case Access::Login:
            schemes = {"basic", "bearer"};
            refusals = {"401", "403", "429"};
            break;
        case Access::Refresh:
            schemes = {"bearer", "cookie", "query"};
            refusals = {"401"};
            break;
        case Access::SecretToken:
            schemes = {"secretToken"};
            refusals = {"401"};
            break;
        }
        QVERIFY2(schemesOf(*operation) == schemes, operation->id.c_str());
        for (const std::string& status : refusals)
            QVERIFY2(m_document->content(*operation, status) != nullptr, (operation->id + " " + status).c_str());
        for (const char* status : {"400", "408", "413", "431", "500", "503"}) // every request may end so
            QVERIFY2(m_document->content(*operation, status) != nullptr, (operation->id + " " + status).c_str());
        if (endpoint.access == Access::Open && endpoint.path != "/login")
            QVERIFY2(m_document->content(*operation, "401") == nullptr, operation->id.c_str());
    }
}

void OpenApiTest::listsEveryErrorCode()
{
    std::set<std::int64_t> listed;
    for (const Json& code : *m_document->at("/components/schemas/Error/properties/code/enum")->array())
        QVERIFY(listed.insert(*code.integer()).second);
    const std::string text = textIn(m_document->at("/components/schemas/Error/properties/code"), "description");
    std::set<std::int64_t> wanted;
    std::map<int, std::string> byStatus;
    for (const contract::ErrorEntry& entry : contract::errorTable()) {
        if (entry.httpStatus == 200) continue;
        const auto code = static_cast<std::int64_t>(entry.code);
        wanted.insert(code);
        const std::string line =
            std::to_string(code) + " (" + std::to_string(entry.httpStatus) + "): " + std::string(entry.message);
        QVERIFY2(text.find(line) != std::string::npos, line.c_str());
        // And the answer of that status names it, too.
        bool named = false;
        for (const auto& [name, response] : *m_document->at("/components/responses")->object()) {
            const Json* example = response.find("content")->find("application/json")->find("example");
            const auto* shown = example->find("code")->integer();
            const bool same = contract::errorEntry(static_cast<Code>(*shown)).httpStatus == entry.httpStatus;
            named = named || (same && textIn(&response, "description").find(std::to_string(code)) != std::string::npos);
        }
        QVERIFY2(named, line.c_str());
    }
    QVERIFY(listed == wanted);
}

/// Holds one real answer against what the document says of the operation.
void OpenApiTest::call(const std::string& method, const std::string& pattern, const HttpAnswer& answer, Lists lists)
{
    const OpenApi::Operation* operation = m_document->find(lowered(method), templateOf(pattern));
    QVERIFY2(operation != nullptr, pattern.c_str());
    m_called.insert(operation->id);
    const std::string what = operation->id + ": " + std::to_string(answer.status) + " " + answer.body + "\n";
    QVERIFY2(answer.status == 200, what.c_str());
    const Json* media = m_document->content(*operation, "200");
    QVERIFY2(media != nullptr && media->find("example") != nullptr, what.c_str());
    const auto body = contract::parseWholeJson(answer.body);
    QVERIFY2(body.has_value(), what.c_str());
    const std::string misfits = what + joined(m_document->mismatches(*media->find("schema"), *body));
    QVERIFY2(misfits == what, misfits.c_str());
    if (lists == Lists::Empty) return;
    const std::string others =
        what + joined(m_document->differences(*media->find("schema"), *media->find("example"), *body));
    QVERIFY2(others == what, others.c_str());
}

void OpenApiTest::answersLookAsDescribed()
{
    const std::string admin = m_server.logInAsAdmin();
    std::string token = admin;
    const auto ask = [&](const std::string& method, const std::string& pattern, const std::string& name = {},
                         const std::string& body = {}, const std::string& version = {}) {
        std::string target = pattern;
        if (const std::size_t at = target.find(":version"); at != std::string::npos) target.replace(at, 8, version);
        if (const std::size_t at = target.find(":name"); at != std::string::npos) target.replace(at, 5, name);
        const std::size_t query = pattern.find('?');
        const HttpAnswer answer = m_server.api(method, target, token, body);
        call(method, pattern.substr(0, query), answer);
        return answer;
    };
    for (const char* path : {"/healthz", "/readyz", "/version"}) ask("GET", path);

    const std::string user =
        R"({"metadata":{"name":"foo"},"nickname":"foo","password":"Foo@2020","email":"foo@example.com","phone":"1"})";
    ask("POST", "/v1/users", {}, user);
    ask("GET", "/v1/users/:name", "foo");
    ask("PUT", "/v1/users/:name", "foo", user);
    const HttpAnswer login = m_server.api("POST", "/login", {}, R"({"username":"foo","password":"Foo@2020"})");
    call("POST", "/login", login);
    token = memberOf(login.body, "token");
    ask("POST", "/refresh");
    ask("GET", "/v1/sessions");

    const HttpAnswer secret =
        ask("POST", "/v1/secrets", {}, R"({"metadata":{"name":"s0"},"expires":0,"description":"d"})");
    QCOMPARE(memberOf(secret.body, "secretKey").size(), std::size_t(32));
    ask("GET", "/v1/secrets");
    ask("GET", "/v1/secrets/:name", "s0");
    ask("PUT", "/v1/secrets/:name", "s0", R"({"expires":0,"description":"d"})");
    ask("PUT", "/v1/secrets/:name/disable", "s0");
    ask("PUT", "/v1/secrets/:name/enable", "s0");
    const HttpAnswer rotated = ask("POST", "/v1/secrets/:name/rotate", "s0", R"({"overlap":600})");
    ask("DELETE", "/v1/secrets/:name/previous", "s0");
    const std::string rule =
        R"("policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"],"conditions":{"ip":{"type":"StringEqualCondition","options":{"equals":"x"}}}}})";
    ask("POST", "/v1/policies", {}, R"({"metadata":{"name":"p0"},)" + rule);
    ask("GET", "/v1/policies");
    ask("GET", "/v1/policies/:name", "p0");
    const HttpAnswer decision = m_server.decide(memberOf(rotated.body, "secretID"), memberOf(rotated.body, "secretKey"),
                                                R"({"subject":"s","action":"a","resource":"r","context":{"ip":"x"}})");
    call("POST", "/v1/authz", decision);
    call("POST", "/v1/authz/batch",
         m_server.askAuthz("/v1/authz/batch", memberOf(rotated.body, "secretID"), memberOf(rotated.body, "secretKey"),
                           R"({"requests":[{"subject":"s","action":"a","resource":"r","context":{"ip":"x"}}]})"));
    // A near miss, as in the examples.
    const std::string nearMiss = R"({"subject":"s","action":"a","resource":"r","context":{"ip":"y"}})";
    call("POST", "/v1/authz/explain",
         m_server.askAuthz("/v1/authz/explain", memberOf(rotated.body, "secretID"), memberOf(rotated.body, "secretKey"),
                           nearMiss),
         Lists::Empty);
    call("POST", "/v1/policies/explain", m_server.api("POST", "/v1/policies/explain", token, nearMiss), Lists::Empty);
    QTRY_VERIFY(m_server.api("GET", "/v1/audit/decisions", token).body.find("\"sequence\"") != std::string::npos);
    ask("GET", "/v1/audit/decisions");
    token = admin;
    const HttpAnswer changes = m_server.api("GET", "/v1/audit/changes?owner=foo&text=p0", admin);
    call("GET", "/v1/audit/changes", changes);
    call("GET", "/v1/pump", m_server.api("GET", "/v1/pump", admin), Lists::Empty);
    token = memberOf(login.body, "token");
    call("GET", "/v1/cluster", m_server.api("GET", "/v1/cluster", token), Lists::Empty);
    call("GET", "/v1/cluster/events", m_server.api("GET", "/v1/cluster/events?from=0", token), Lists::Empty);
    ask("PUT", "/v1/policies/:name", "p0", "{" + rule);
    std::string denied = rule;
    denied.replace(denied.find("allow"), 5, "deny");
    ask("PUT", "/v1/policies/:name", "p0", "{" + denied);
    ask("GET", "/v1/policies/:name/versions", "p0");
    ask("GET", "/v1/policies/:name/versions/:version", "p0", {}, "1");
    ask("GET", "/v1/policies/:name/diff", "p0");
    ask("POST", "/v1/policies/:name/rollback", "p0", R"({"version":1})");

    token = admin;
    QVERIFY(memberOf(m_server.api("GET", "/v1/users?offset=0&limit=1", admin).body, "totalCount") == "2");
    ask("GET", "/v1/users?limit=1");
    token = memberOf(login.body, "token");
    ask("DELETE", "/v1/policies/:name", "p0");
    ask("DELETE", "/v1/policies?name=p0");
    ask("DELETE", "/v1/secrets/:name", "s0");
    ask("PUT", "/v1/users/:name/change-password", "foo", R"({"oldPassword":"Foo@2020","newPassword":"Bar@2021"})");
    ask("POST", "/logout");
    token = admin;
    ask("PUT", "/v1/users/:name/disable", "foo");
    ask("PUT", "/v1/users/:name/enable", "foo");
    ask("PUT", "/v1/users/:name/unlock", "foo");
    call("DELETE", "/v1/sessions/:id", m_server.api("DELETE", "/v1/sessions/none", admin));
    call("DELETE", "/v1/sessions", m_server.api("DELETE", "/v1/sessions?username=foo", admin));
    ask("DELETE", "/v1/users/:name", "foo");
    ask("DELETE", "/v1/users?name=foo");

    for (const OpenApi::Operation& operation : m_document->operations()) {
        const bool exempt = operation.path == "/metrics" || operation.path == "/openapi.json"; // tests of their own
        QVERIFY2(exempt || m_called.contains(operation.id), ("not called here: " + operation.id).c_str());
    }
}

#endif

QTEST_GUILESS_MAIN(OpenApiTest)
#include "openapitest.moc"
