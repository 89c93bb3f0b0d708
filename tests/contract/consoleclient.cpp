// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "consoleclient.h"
#include "base/timetext.h"
#include "client/policyclient.h"
#include "client/recordclient.h"
#include "client/secretclient.h"
#include "client/serverclient.h"
#include "client/sessionclient.h"
#include "client/userclient.h"
#include "contract/errortable.h"
#include "contract/recordquery.h"
#include <QTest>

namespace iam::test {
namespace {

using client::ApiClient;
using client::OwnedName;
using contract::Json;

ContractAnswer failed(const Error& error)
{
    ContractAnswer answer;
    answer.status = contract::errorEntry(error.code).httpStatus;
    answer.code = static_cast<int>(error.code);
    if (const auto body = contract::parseJson(contract::encodeError(error))) answer.body = *body;
    return answer;
}

template <class T>
std::optional<Result<T>> await(const client::Reply<T>& reply)
{
    if (!QTest::qWaitFor([&] { return reply.isFinished(); }, 20'000) || reply.resultCount() == 0) return std::nullopt;
    return reply.result();
}

ContractAnswer silence()
{
    ContractAnswer answer;
    answer.fault = "no answer";
    return answer;
}

ContractAnswer done(const client::Reply<void>& reply)
{
    const auto result = await(reply);
    if (!result) return silence();
    return *result ? ContractAnswer{200, 0, {}, {}, {}, {}, {}} : failed(result->error());
}

/// With the tag when the reply has one.
template <class T, class Encode>
ContractAnswer object(const client::Reply<T>& reply, Encode encode)
{
    const auto result = await(reply);
    if (!result) return silence();
    if (!*result) return failed(result->error());
    ContractAnswer answer{200, 0, {}, {}, {}, {}, {}};
    std::string json;
    if constexpr (requires { (**result).etag; }) {
        json = encode((**result).value);
        answer.etag = (**result).etag;
    } else {
        json = encode(**result);
    }
    if (const auto body = contract::parseWholeJson(json)) answer.body = *body;
    return answer;
}

/// The first failure counts.
template <class Key>
ContractAnswer removed(const client::Reply<client::Removal<Key>>& reply)
{
    const auto result = await(reply);
    if (!result) return silence();
    if (!*result) return failed(result->error());
    if (!(**result).failed.empty()) return failed((**result).failed.front().second);
    return {200, 0, {}, {}, {}, {}, {}};
}

ContractAnswer sessionOf(const client::Reply<client::Session>& reply)
{
    ContractAnswer answer = object(reply, [](const client::Session& session) {
        std::string body;
        contract::JsonObjectWriter(body)
            .text("expire", toRfc3339LocalSeconds(session.expires))
            .text("token", session.token.reveal());
        return body;
    });
    if (answer.status != 200) answer.code.reset(); // the client has codes of its own for this
    return answer;
}

std::string encodeUsers(const contract::ListPage<contract::User>& page)
{
    return contract::encodeUserList(page);
}

OwnedName ownedName(const ContractCall& call)
{
    return {call.owner, call.name};
}

} // namespace

ConsoleClient::ConsoleClient(HttpPlace apiServer, HttpPlace authzServer)
    : m_http(apiServer, std::move(authzServer), true)
{
    m_config.baseUrl.setScheme(QStringLiteral("http"));
    m_config.baseUrl.setHost(QString::fromStdString(apiServer.host));
    m_config.baseUrl.setPort(apiServer.port);
    addUserOperations();
    addSecretOperations();
    addPolicyOperations();
    addSessionOperations();
    addRecordOperations();
}

ContractAnswer ConsoleClient::perform(const ContractCall& call)
{
    if (call.operation.starts_with("decide")) return m_http.perform(call);
    const auto operation = m_operations.find(call.operation);
    if (operation == m_operations.end() || call.actor.kind == CallActor::Kind::Field) return cannotAsk(call);
    ApiClient api(m_config);
    bool refused = false;
    QObject::connect(&api, &ApiClient::sessionExpired, &api, [&] {
        refused = true; // a person would be asked to log in again; nobody is here
        api.endSession();
    });
    if (call.actor.kind == CallActor::Kind::Token)
        api.setSession({call.actor.name, false, SecretString(call.actor.secret), SystemClock().now()});
    if (call.actor.kind == CallActor::Kind::Password) {
        client::SessionClient sessions(api);
        const ContractAnswer login = sessionOf(sessions.logIn(call.actor.name, SecretString(call.actor.secret)));
        if (login.status != 200 || call.operation == "log in") return login;
        return operation->second(api, call);
    }
    ContractAnswer answer = operation->second(api, call);
    if (refused) answer = {401, {}, {}, {}, {}, {}, {}};
    return answer;
}

void ConsoleClient::addUserOperations()
{
    using client::UserClient;
    m_operations["create user"] = [](ApiClient& api, const ContractCall& call) {
        const auto user = contract::decodeUser(call.body);
        return user ? object(UserClient(api).create(*user), contract::encodeUser) : cannotAsk(call);
    };
    m_operations["get user"] = [](ApiClient& api, const ContractCall& call) {
        return object(UserClient(api).get(call.name), contract::encodeUser);
    };
    m_operations["list users"] = [](ApiClient& api, const ContractCall& call) {
        const auto query = contract::parseListQuery(call.query);
        return query ? object(UserClient(api).list(*query), encodeUsers) : cannotAsk(call);
    };
    m_operations["update user"] = [](ApiClient& api, const ContractCall& call) {
        auto user = contract::decodeUser(call.body);
        if (!user) return cannotAsk(call);
        user->metadata.name = call.name;
        return object(UserClient(api).update(*user, call.ifMatch.value_or(std::string())), contract::encodeUser);
    };
    m_operations["change password"] = [](ApiClient& api, const ContractCall& call) {
        const auto change = contract::decodePasswordChange(call.body);
        return change ? done(UserClient(api).changePassword(call.name, *change)) : cannotAsk(call);
    };
    m_operations["delete user"] = [](ApiClient& api, const ContractCall& call) {
        return done(UserClient(api).remove(call.name));
    };
    m_operations["delete users"] = [](ApiClient& api, const ContractCall& call) {
        return removed(UserClient(api).remove(call.names));
    };
}

void ConsoleClient::addSecretOperations()
{
    using client::SecretClient;
    m_operations["create secret"] = [](ApiClient& api, const ContractCall& call) {
        auto secret = contract::decodeSecret(call.body);
        if (!secret) return cannotAsk(call);
        secret->username = call.owner.value_or(std::string());
        return object(SecretClient(api).create(*secret), contract::encodeSecret);
    };
    m_operations["get secret"] = [](ApiClient& api, const ContractCall& call) {
        return object(SecretClient(api).get(ownedName(call)), contract::encodeSecret);
    };
    m_operations["list secrets"] = [](ApiClient& api, const ContractCall& call) {
        const auto query = contract::parseListQuery(call.query);
        return query ? object(SecretClient(api).list(*query, call.owner), contract::encodeSecretList) : cannotAsk(call);
    };
    m_operations["update secret"] = [](ApiClient& api, const ContractCall& call) {
        auto secret = contract::decodeSecret(call.body);
        if (!secret) return cannotAsk(call);
        secret->metadata.name = call.name;
        secret->username = call.owner.value_or(std::string());
        return object(SecretClient(api).update(*secret, call.ifMatch.value_or(std::string())), contract::encodeSecret);
    };
    m_operations["delete secret"] = [](ApiClient& api, const ContractCall& call) {
        return done(SecretClient(api).remove(ownedName(call)));
    };
    for (const bool enabled : {true, false})
        m_operations[enabled ? "enable secret" : "disable secret"] = [enabled](ApiClient& api,
                                                                               const ContractCall& call) {
            return object(SecretClient(api).setEnabled(ownedName(call), enabled, call.ifMatch.value_or(std::string())),
                          contract::encodeSecret);
        };
    m_operations["rotate secret"] = [](ApiClient& api, const ContractCall& call) {
        const auto rotation = contract::decodeSecretRotation(call.body);
        if (!rotation) return cannotAsk(call);
        return object(SecretClient(api).rotate(ownedName(call), *rotation, call.ifMatch.value_or(std::string())),
                      contract::encodeSecret);
    };
    m_operations["end previous key"] = [](ApiClient& api, const ContractCall& call) {
        return object(SecretClient(api).endPrevious(ownedName(call), call.ifMatch.value_or(std::string())),
                      contract::encodeSecret);
    };
}

void ConsoleClient::addPolicyOperations()
{
    using client::PolicyClient;
    m_operations["create policy"] = [](ApiClient& api, const ContractCall& call) {
        auto policy = contract::decodePolicy(call.body);
        if (!policy) return cannotAsk(call);
        policy->username = call.owner.value_or(std::string());
        return object(PolicyClient(api).create(*policy), contract::encodePolicy);
    };
    m_operations["get policy"] = [](ApiClient& api, const ContractCall& call) {
        return object(PolicyClient(api).get(ownedName(call)), contract::encodePolicy);
    };
    m_operations["list policies"] = [](ApiClient& api, const ContractCall& call) {
        const auto query = contract::parseListQuery(call.query);
        return query ? object(PolicyClient(api).list(*query, call.owner), contract::encodePolicyList) : cannotAsk(call);
    };
    m_operations["update policy"] = [](ApiClient& api, const ContractCall& call) {
        auto policy = contract::decodePolicy(call.body);
        if (!policy) return cannotAsk(call);
        policy->metadata.name = call.name;
        policy->username = call.owner.value_or(std::string());
        return object(PolicyClient(api).update(*policy, call.ifMatch.value_or(std::string())), contract::encodePolicy);
    };
    m_operations["explain"] = [](ApiClient& api, const ContractCall& call) {
        const auto request = contract::decodeDecisionRequest(call.body);
        return request ? object(PolicyClient(api).explain(*request, call.owner), contract::encodeExplanation)
                       : cannotAsk(call);
    };
    m_operations["delete policy"] = [](ApiClient& api, const ContractCall& call) {
        return done(PolicyClient(api).remove(ownedName(call)));
    };
    m_operations["delete policies"] = [](ApiClient& api, const ContractCall& call) {
        std::vector<OwnedName> names;
        for (const std::string& name : call.names) names.push_back({call.owner, name});
        return removed(PolicyClient(api).remove(std::move(names)));
    };
}

void ConsoleClient::addSessionOperations()
{
    using client::SessionClient;
    m_operations["log in"] = [](ApiClient& api, const ContractCall& call) {
        const auto credentials = contract::decodeCredentials(call.body);
        if (!credentials) return cannotAsk(call);
        SessionClient sessions(api);
        return sessionOf(sessions.logIn(credentials->username, credentials->password));
    };
    m_operations["log out"] = [](ApiClient& api, const ContractCall&) {
        SessionClient sessions(api);
        return done(sessions.logOut());
    };
    m_operations["refresh"] = [](ApiClient& api, const ContractCall&) {
        SessionClient sessions(api);
        return sessionOf(sessions.refresh());
    };
    m_operations["health"] = [](ApiClient& api, const ContractCall&) {
        return done(client::ServerClient(api).health());
    };
    m_operations["version"] = [](ApiClient& api, const ContractCall&) {
        return object(client::ServerClient(api).version(), [](const client::ServerVersion& version) {
            std::string body;
            contract::JsonObjectWriter(body).text("gitVersion", version.gitVersion).text("platform", version.platform);
            return body;
        });
    };
}

void ConsoleClient::addRecordOperations()
{
    using client::RecordClient;
    m_operations["look up decisions"] = [](ApiClient& api, const ContractCall& call) {
        const auto query = contract::parseRecordQuery(call.query);
        if (!query) return cannotAsk(call);
        return object(RecordClient(api).decisions(query->filter, query->cursor, query->limit),
                      contract::encodeDecisionRecords);
    };
    m_operations["look up changes"] = [](ApiClient& api, const ContractCall& call) {
        const auto query = contract::parseRecordQuery(call.query);
        if (!query) return cannotAsk(call);
        return object(RecordClient(api).changes(query->filter, query->cursor, query->limit),
                      contract::encodeChangeRecords);
    };
}

} // namespace iam::test
