// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/decisionservice.h"

namespace iam::service {
namespace {

DecisionOutcome outcomeOf(const contract::Decision& decision)
{
    if (decision.allowed) return DecisionOutcome::Allowed;
    if (decision.failed) return DecisionOutcome::PolicyFault;
    if (!decision.deciders.empty()) return DecisionOutcome::DeniedByPolicy;
    return decision.reason == contract::reasonNoPolicies ? DecisionOutcome::NoPolicies
                                                         : DecisionOutcome::DeniedByDefault;
}

} // namespace

DecisionService::DecisionService(const AccessDirectory& directory, KeyUses& keyUses,
                                 const crypto::SecretTokenRules& rules, const Clock& clock, std::string node,
                                 Recorder recorder)
    : m_directory(directory)
    , m_keyUses(keyUses)
    , m_rules(rules)
    , m_clock(clock)
    , m_node(std::move(node))
    , m_recorder(std::move(recorder))
{
}

Result<Signer> DecisionService::authenticate(std::string_view tokenText) const
{
    const auto token = crypto::readSecretToken(tokenText);
    if (!token) return fail(token);
    const auto snapshot = m_directory.read();
    const auto* found = snapshot->keys.find(token->keyId);
    if (found == nullptr) return fail(Code::SignatureInvalid, "unknown kid");
    const AccessKey& key = **found;
    const TimePoint now = m_clock.now();
    if (auto valid = key.key.verify(*token, now, m_rules); !valid) return fail(valid);
    const store::Account* account = snapshot->account(key.facts.owner);
    if (account == nullptr || !account->enabled) return fail(Code::SignatureInvalid, "the owner is disabled");
    if (!key.facts.enabled) return fail(Code::SignatureInvalid, "the secret is disabled");
    if (key.endedAt(now)) return fail(Code::SignatureInvalid, "a previous key whose time is over");
    if (key.expiredAt(now)) return fail(Code::Expired, "the secret has expired");
    return Signer{account->name, *found};
}

void DecisionService::decide(const Signer& signer, std::string_view body, const std::string& address,
                             const std::string& requestId, const Decided& decided) const
{
    auto request = contract::decodeDecisionRequest(body);
    if (!request) {
        ended(DecisionOutcome::Malformed);
        return decided(fail(request));
    }
    m_keyUses.note(*signer.key, address, request->action);
    const std::string& owner = signer.owner;
    request->context.set("username", owner);
    contract::Decision decision = m_directory.read()->policies.decide(owner, *request);

    contract::DecisionRecord record;
    record.time = m_clock.now();
    record.owner = owner;
    record.subject = std::move(request->subject);
    record.action = std::move(request->action);
    record.resource = std::move(request->resource);
    record.context = contract::writeJson(request->context);
    record.allowed = decision.allowed;
    record.reason = decision.reason;
    if (decision.failed) record.reason += " in policy " + decision.faultyPolicy;
    record.deciders = decision.deciders;
    record.requestId = requestId;
    record.node = m_node;
    m_recorder(std::move(record), [this, decided, decision = std::move(decision)](const Result<>& recorded) {
        ended(recorded ? outcomeOf(decision) : DecisionOutcome::NotRecorded);
        if (recorded) decided(decision);
        else decided(fail(recorded));
    });
}

} // namespace iam::service
