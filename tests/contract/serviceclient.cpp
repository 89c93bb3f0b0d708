// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serviceclient.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/errortable.h"
#include "contract/recordquery.h"
#include "service/ownerchoice.h"
#include <future>

namespace iam::test {
namespace {

using contract::Json;
using service::Caller;

const contract::Actor somebody{{}, "127.0.0.1", "case"};

ContractAnswer failed(const Error& error)
{
    ContractAnswer answer;
    answer.status = contract::errorEntry(error.code).httpStatus;
    answer.code = static_cast<int>(error.code);
    if (const auto body = contract::parseJson(contract::encodeError(error))) answer.body = *body;
    return answer;
}

ContractAnswer succeeded(const std::string& json, std::string etag = {})
{
    ContractAnswer answer{200, 0, {}, {}, std::move(etag), {}, {}};
    if (const auto body = contract::parseWholeJson(json))
        answer.body = *body;
    else
        answer.fault = "not JSON: " + json;
    return answer;
}

ContractAnswer toAnswer(const Result<>& done)
{
    return done ? succeeded("null") : failed(done.error());
}

template <class T, class Encode>
ContractAnswer toAnswer(const Result<T>& result, Encode encode)
{
    if (!result) return failed(result.error());
    if constexpr (requires { result->metadata; })
        return succeeded(encode(*result), service::entityTag(result->metadata));
    else
        return succeeded(encode(*result));
}

std::string encodeUsers(const contract::ListPage<contract::User>& page)
{
    return contract::encodeUserList(page);
}

service::Expectation expectationOf(const ContractCall& call)
{
    service::Expectation expected;
    if (!call.ifMatch || *call.ifMatch == "*") return expected;
    expected.given = true;
    expected.tags.push_back(*call.ifMatch);
    return expected;
}

ContractAnswer sessionAnswer(const service::Session& session)
{
    std::string body;
    contract::JsonObjectWriter(body)
        .text("expire", toRfc3339LocalSeconds(session.expires))
        .text("token", session.token);
    return succeeded(body);
}

ContractAnswer refused(const service::BearerRefusal& refusal)
{
    if (!refusal.token) return failed(Error{refusal.code, {}, {}});
    ContractAnswer answer{refusal.token->httpStatus, 0, refusal.token->message, Json(), {}, {}, {}};
    return answer;
}

} // namespace

ServiceClient::ServiceClient(node::Services& services)
    : m_services(services)
{
    addUserOperations();
    addSecretOperations();
    addPolicyOperations();
    addSessionOperations();
    addRecordOperations();
}

tl::expected<Caller, ContractAnswer> ServiceClient::callerOf(const CallActor& actor)
{
    Caller caller{{}, false, somebody};
    const auto take = [&](const store::Account& account) {
        caller.name = caller.actor.name = account.name;
        caller.administrator = account.administrator;
        return caller;
    };
    if (actor.kind == CallActor::Kind::Token) {
        const auto account = m_services.sessions().verify(actor.secret);
        if (!account) return tl::unexpected(refused(account.error()));
        return take(*account);
    }
    if (actor.kind == CallActor::Kind::Password) {
        const auto account = m_services.passwords().check(actor.name, SecretString(actor.secret), "127.0.0.1");
        if (account) return take(*account);
        // A wrong password in a call that is not a log-in is a wrong signature.
        const Code code =
            account.error().code == Code::PasswordIncorrect ? Code::SignatureInvalid : account.error().code;
        return tl::unexpected(failed(Error{code, {}, {}}));
    }
    return caller;
}

ContractAnswer ServiceClient::perform(const ContractCall& call)
{
    if (call.operation.starts_with("decide")) return decide(call);
    const auto operation = m_operations.find(call.operation);
    if (operation == m_operations.end() || call.actor.kind == CallActor::Kind::Field) return cannotAsk(call);
    const bool session = call.operation == "log in" || call.operation == "log out" || call.operation == "refresh";
    if (session) return operation->second({}, call);                        // these look at the token themselves
    if (call.actor.kind == CallActor::Kind::Nobody) return cannotAsk(call); // who may come in at all is asked before
    const auto caller = callerOf(call.actor);
    return caller ? operation->second(*caller, call) : caller.error();
}

void ServiceClient::addUserOperations()
{
    service::UserService& users = m_services.users();
    m_operations["create user"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.create(caller, call.body), contract::encodeUser);
    };
    m_operations["get user"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.get(caller, call.name), contract::encodeUser);
    };
    m_operations["list users"] = [&users](const Caller& caller, const ContractCall& call) {
        const auto query = contract::parseListQuery(call.query);
        return query ? toAnswer(users.list(caller, *query), encodeUsers) : failed(query.error());
    };
    m_operations["update user"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.update(caller, call.name, call.body, expectationOf(call)), contract::encodeUser);
    };
    m_operations["change password"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.changePassword(caller, call.name, call.body));
    };
    m_operations["delete user"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.remove(caller, {call.name}));
    };
    for (const bool enabled : {true, false})
        m_operations[enabled ? "enable user" : "disable user"] = [&users, enabled](const Caller& caller,
                                                                                   const ContractCall& call) {
            return toAnswer(users.setEnabled(caller, call.name, enabled), contract::encodeUser);
        };
    m_operations["unlock user"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.unlock(caller, call.name));
    };
    m_operations["delete users"] = [&users](const Caller& caller, const ContractCall& call) {
        return toAnswer(users.remove(caller, call.names));
    };
}

namespace {

/// Operations of things that belong to somebody: `what` is "secret" or "policy", `many` their list.
template <class Service, class Add, class EncodeOne, class EncodeList>
void addOwned(Service& service, const service::AccessDirectory& directory, const std::string& what,
              const std::string& many, const Add& add, EncodeOne one, EncodeList list)
{
    const auto owned = [&directory, add](const std::string& name, auto work) {
        add(name, [&directory, work](const Caller& caller, const ContractCall& call) {
            const auto owner = service::chooseOwner(caller, call.owner, directory);
            return owner ? work(caller, *owner, call) : failed(owner.error());
        });
    };
    using Text = std::string;
    owned("create " + what, [&service, one](const Caller& caller, const Text& owner, const ContractCall& call) {
        return toAnswer(service.create(caller, owner, call.body), one);
    });
    owned("get " + what, [&service, one](const Caller&, const Text& owner, const ContractCall& call) {
        return toAnswer(service.get(owner, call.name), one);
    });
    owned("update " + what, [&service, one](const Caller& caller, const Text& owner, const ContractCall& call) {
        return toAnswer(service.update(caller, owner, call.name, call.body, expectationOf(call)), one);
    });
    owned("delete " + what, [&service](const Caller& caller, const Text& owner, const ContractCall& call) {
        return toAnswer(service.remove(caller, owner, {call.name}));
    });
    owned("delete " + many, [&service](const Caller& caller, const Text& owner, const ContractCall& call) {
        return toAnswer(service.remove(caller, owner, call.names));
    });
    add("list " + many, [&service, &directory, list](const Caller& caller, const ContractCall& call) {
        const auto owners = service::chooseOwners(caller, call.owner, directory);
        if (!owners) return failed(owners.error());
        const auto query = contract::parseListQuery(call.query);
        return query ? toAnswer(service.list(*owners, *query), list) : failed(query.error());
    });
}

} // namespace

void ServiceClient::addSecretOperations()
{
    addOwned(
        m_services.secrets(), m_services.directory(), "secret", "secrets",
        [this](const std::string& name, Operation work) { m_operations[name] = std::move(work); },
        contract::encodeSecret, contract::encodeSecretList);
    const auto one = [this](const std::string& name, auto work) {
        m_operations[name] = [this, work](const Caller& caller, const ContractCall& call) {
            const auto owner = service::chooseOwner(caller, call.owner, m_services.directory());
            if (!owner) return failed(owner.error());
            return toAnswer(work(m_services.secrets(), caller, *owner, call), contract::encodeSecret);
        };
    };
    using Text = std::string;
    using Secrets = service::SecretService;
    for (const bool enabled : {true, false})
        one(enabled ? "enable secret" : "disable secret",
            [enabled](Secrets& secrets, const Caller& caller, const Text& owner, const ContractCall& call) {
                return secrets.setEnabled(caller, owner, call.name, enabled, expectationOf(call));
            });
    one("rotate secret", [](Secrets& secrets, const Caller& caller, const Text& owner, const ContractCall& call) {
        return secrets.rotate(caller, owner, call.name, call.body, expectationOf(call));
    });
    one("end previous key", [](Secrets& secrets, const Caller& caller, const Text& owner, const ContractCall& call) {
        return secrets.endPrevious(caller, owner, call.name, expectationOf(call));
    });
}

void ServiceClient::addPolicyOperations()
{
    m_operations["roll back policy"] = [this](const Caller& caller, const ContractCall& call) {
        const auto owner = service::chooseOwner(caller, call.owner, m_services.directory());
        if (!owner) return failed(owner.error());
        return toAnswer(m_services.policies().rollBack(caller, *owner, call.name, call.body, expectationOf(call)),
                        contract::encodePolicy);
    };
    m_operations["explain"] = [this](const Caller& caller, const ContractCall& call) {
        const auto owner = service::chooseOwner(caller, call.owner, m_services.directory());
        if (!owner) return failed(owner.error());
        return toAnswer(m_services.explanations().explain(*owner, call.body), contract::encodeExplanation);
    };
    addOwned(
        m_services.policies(), m_services.directory(), "policy", "policies",
        [this](const std::string& name, Operation work) { m_operations[name] = std::move(work); },
        contract::encodePolicy, contract::encodePolicyList);
}

void ServiceClient::addSessionOperations()
{
    service::SessionService& sessions = m_services.sessions();
    m_operations["log in"] = [&sessions](const Caller&, const ContractCall& call) {
        std::string name = call.actor.name;
        SecretString password(call.actor.secret);
        if (call.actor.kind != CallActor::Kind::Password) {
            const auto credentials = contract::decodeCredentials(call.body);
            if (!credentials) return failed(credentials.error());
            name = credentials->username;
            password = credentials->password;
        }
        const auto session = sessions.logIn(name, password, somebody);
        if (session) return sessionAnswer(*session);
        ContractAnswer answer = failed(session.error());
        answer.code.reset(); // the log-in has words of its own on the wire
        answer.body.reset();
        return answer;
    };
    m_operations["log out"] = [&sessions](const Caller&, const ContractCall& call) {
        return toAnswer(sessions.logOut(call.actor.secret, somebody));
    };
    m_operations["refresh"] = [&sessions](const Caller&, const ContractCall& call) {
        const auto session = sessions.refresh(call.actor.secret);
        return session ? sessionAnswer(*session) : refused(session.error());
    };
}

void ServiceClient::addRecordOperations()
{
    service::AuditService& audit = m_services.audit();
    m_operations["look up decisions"] = [&audit](const Caller& caller, const ContractCall& call) {
        const auto query = contract::parseRecordQuery(call.query);
        return query ? toAnswer(audit.decisions(caller, *query), contract::encodeDecisionRecords)
                     : failed(query.error());
    };
    m_operations["look up changes"] = [&audit](const Caller& caller, const ContractCall& call) {
        const auto query = contract::parseRecordQuery(call.query);
        return query ? toAnswer(audit.changes(caller, *query), contract::encodeChangeRecords) : failed(query.error());
    };
}

ContractAnswer ServiceClient::decide(const ContractCall& call)
{
    if (call.actor.kind != CallActor::Kind::Token) return cannotAsk(call);
    service::DecisionService& decisions = m_services.decisions();
    const auto signer = decisions.authenticate(call.actor.secret);
    if (!signer) return failed(signer.error());
    if (call.operation == "decide and explain")
        return toAnswer(m_services.explanations().explain(signer->owner, call.body), contract::encodeExplanation);
    auto decided = std::make_shared<std::promise<ContractAnswer>>();
    if (call.operation == "decide batch")
        decisions.decideBatch(*signer, call.body, "127.0.0.1", "case", [decided](const auto& results) {
            decided->set_value(toAnswer(results, contract::encodeDecisionBatch));
        });
    else
        decisions.decide(*signer, call.body, "127.0.0.1", "case", [decided](const auto& decision) {
            decided->set_value(toAnswer(decision, contract::encodeDecision));
        });
    return decided->get_future().get();
}

} // namespace iam::test
