// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpclient.h"
#include "contract/errortable.h"
#include "crypto/base64.h"
#include <algorithm>
#include <map>

namespace iam::test {
namespace {

using contract::Json;

/// Operation → method and path; ":name" and ":1", ":2" stand for what the step says.
const std::map<std::string, std::string>& operations()
{
    static const std::map<std::string, std::string> table{
        {"health", "GET /healthz"},
        {"readiness", "GET /readyz"},
        {"version", "GET /version"},
        {"log in", "POST /login"},
        {"log out", "POST /logout"},
        {"refresh", "POST /refresh"},
        {"create user", "POST /v1/users"},
        {"list users", "GET /v1/users"},
        {"get user", "GET /v1/users/:name"},
        {"update user", "PUT /v1/users/:name"},
        {"delete user", "DELETE /v1/users/:name"},
        {"delete users", "DELETE /v1/users"},
        {"enable user", "PUT /v1/users/:name/enable"},
        {"disable user", "PUT /v1/users/:name/disable"},
        {"unlock user", "PUT /v1/users/:name/unlock"},
        {"list sessions", "GET /v1/sessions"},
        {"end session", "DELETE /v1/sessions/:name"},
        {"end sessions", "DELETE /v1/sessions"},
        {"change password", "PUT /v1/users/:name/change-password"},
        {"create secret", "POST /v1/secrets"},
        {"list secrets", "GET /v1/secrets"},
        {"get secret", "GET /v1/secrets/:name"},
        {"update secret", "PUT /v1/secrets/:name"},
        {"delete secret", "DELETE /v1/secrets/:name"},
        {"enable secret", "PUT /v1/secrets/:name/enable"},
        {"disable secret", "PUT /v1/secrets/:name/disable"},
        {"rotate secret", "POST /v1/secrets/:name/rotate"},
        {"end previous key", "DELETE /v1/secrets/:name/previous"},
        {"create policy", "POST /v1/policies"},
        {"list policies", "GET /v1/policies"},
        {"get policy", "GET /v1/policies/:name"},
        {"update policy", "PUT /v1/policies/:name"},
        {"delete policy", "DELETE /v1/policies/:name"},
        {"delete policies", "DELETE /v1/policies"},
        {"list policy versions", "GET /v1/policies/:name/versions"},
        {"get policy version", "GET /v1/policies/:name/versions/:1"},
        {"compare policy versions", "GET /v1/policies/:name/diff"},
        {"roll back policy", "POST /v1/policies/:name/rollback"},
        {"decide", "POST /v1/authz"},
        {"decide batch", "POST /v1/authz/batch"},
        {"decide and explain", "POST /v1/authz/explain"},
        {"explain", "POST /v1/policies/explain"},
        {"look up decisions", "GET /v1/audit/decisions"},
        {"look up changes", "GET /v1/audit/changes"},
        {"get cluster", "GET /v1/cluster"},
        {"list cluster events", "GET /v1/cluster/events"},
    };
    return table;
}

/// Everything but unreserved characters (RFC 3986 §2.3) as %XX.
std::string percentEncoded(const std::string& text)
{
    static const std::string plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static const char* digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string::npos)
            out += c;
        else
            out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

void replace(std::string& text, const std::string& mark, const std::string& value)
{
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), percentEncoded(value));
}

std::string targetOf(const ContractCall& call, std::string pattern)
{
    replace(pattern, ":name", call.name);
    for (std::size_t i = 0; i < call.params.size(); ++i) replace(pattern, ":" + std::to_string(i + 1), call.params[i]);
    Parameters query = call.query;
    if (call.owner) query.emplace_back("username", *call.owner);
    for (const std::string& name : call.names) query.emplace_back("name", name);
    char separator = '?';
    for (const auto& [name, value] : query) {
        pattern += separator + percentEncoded(name) + "=" + percentEncoded(value);
        separator = '&';
    }
    return pattern;
}

/// What every answer with a body of JSON must be.
std::string formFault(const HttpAnswer& answer, const ContractAnswer& read, bool strict)
{
    if (answer.header("X-Request-ID").empty()) return "no X-Request-ID";
    if (answer.header("Content-Type") != "application/json; charset=utf-8")
        return "Content-Type is " + answer.header("Content-Type");
    for (const char* hash : {"$2a$", "$argon2"})
        if (strict && answer.body.find(hash) != std::string::npos) return "a password hash in the answer";
    if (answer.status == 200) return {};
    if (read.code == 0)
        return answer.header("WWW-Authenticate").starts_with("JWT realm=") ? "" : "neither code nor WWW-Authenticate";
    const contract::ErrorEntry& entry = contract::errorEntry(static_cast<Code>(read.code.value_or(0)));
    if (entry.httpStatus != answer.status || !read.body->find("message")->string() ||
        *read.body->find("message")->string() != entry.message)
        return "status or message is not that of the code";
    const bool named = entry.code == Code::Bind || entry.code == Code::Validation;
    const Json* details = read.body->find("details");
    if (strict && named != (details != nullptr && details->array() != nullptr && !details->array()->empty()))
        return named ? "no details" : "details";
    if (strict && (answer.status == 429 || answer.status == 503) && answer.header("Retry-After").empty())
        return "no Retry-After";
    for (const auto& [name, value] : *read.body->object())
        if (name != "code" && name != "message" && name != "details") return "a member " + name + " in an error body";
    return {};
}

} // namespace

HttpClient::HttpClient(HttpPlace apiServer, HttpPlace authzServer, bool strict)
    : m_apiServer(std::move(apiServer))
    , m_authzServer(std::move(authzServer))
    , m_strict(strict)
{
}

ContractAnswer HttpClient::perform(const ContractCall& call)
{
    const auto known = operations().find(call.operation);
    const bool authz = call.operation.starts_with("decide") || call.operation == "call authz-server";
    if (known == operations().end() && call.target.empty()) return cannotAsk(call);
    const std::string request = call.target.empty() ? targetOf(call, known->second) : call.target;
    HttpCall sent{request.substr(0, request.find(' ')), request.substr(request.find(' ') + 1), {}, call.body};
    for (const auto& [name, value] : call.headers) sent.headers.emplace_back(name, value);
    switch (call.actor.kind) {
    case CallActor::Kind::Nobody:
        break;
    case CallActor::Kind::Token:
        sent.headers.emplace_back("Authorization", "Bearer " + call.actor.secret);
        break;
    case CallActor::Kind::Password:
        sent.headers.emplace_back("Authorization",
                                  "Basic " + crypto::toBase64(call.actor.name + ":" + call.actor.secret));
        break;
    case CallActor::Kind::Field:
        sent.headers.emplace_back("Authorization", call.actor.secret);
        break;
    }
    if (call.ifMatch) sent.headers.emplace_back("If-Match", *call.ifMatch);
    const HttpAnswer answer = httpCall(authz ? m_authzServer : m_apiServer, sent);

    ContractAnswer read;
    read.status = answer.status;
    read.etag = answer.header("ETag");
    for (const auto& [name, value] : answer.headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
        read.headers.emplace_back(lower, value);
    }
    if (answer.status == 0) read.fault = "no answer";
    if (answer.status == 0) return read;
    if (answer.body.empty() || (answer.status >= 300 && answer.status < 400)) {
        read.body = Json(); // a redirect is written before anything else has been looked at
        return read;
    } else if (const auto json = contract::parseWholeJson(answer.body)) {
        read.body = *json;
        const Json* code = json->find("code");
        const Json* message = json->find("message");
        read.code = answer.status != 200 && code != nullptr && code->integer() != nullptr
                        ? static_cast<int>(*code->integer())
                        : 0;
        if (message != nullptr && message->string() != nullptr && code == nullptr) read.message = *message->string();
    } else {
        read.fault = "the answer is not JSON: " + answer.body.substr(0, 200);
        return read;
    }
    read.fault = formFault(answer, read, m_strict);
    return read;
}

} // namespace iam::test
