// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/decisionservice.h"
#include "service/decisionbatch.h"

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
                                 std::size_t rememberedTokens, Recorder recorder)
    : m_directory(directory)
    , m_keyUses(keyUses)
    , m_rules(rules)
    , m_clock(clock)
    , m_node(std::move(node))
    , m_tokens(rememberedTokens)
    , m_recorder(std::move(recorder))
{
}

Result<Signer> DecisionService::authenticate(std::string_view token) const
{
    const AccessSnapshot& snapshot = m_directory.current();
    const TimePoint now = m_clock.now();
    const auto digest = m_tokens.digestOf(token);
    if (digest) {
        const TokenMemory::Known* known = m_tokens.find(*digest, snapshot.version);
        if (known != nullptr && known->times.holdAt(now)) return signerOf(*known, now);
    }
    auto verified = verify(snapshot, token, now);
    if (!verified) return fail(verified);
    if (digest) m_tokens.keep(*digest, *verified);
    return signerOf(*verified, now);
}

/// Everything about a token that only another snapshot or the time can change.
Result<TokenMemory::Known> DecisionService::verify(const AccessSnapshot& snapshot, std::string_view text,
                                                   TimePoint now) const
{
    const auto token = crypto::readSecretToken(text);
    if (!token) return fail(token);
    const auto* key = snapshot.keys.find(token->keyId);
    if (key == nullptr) return fail(Code::SignatureInvalid, "unknown kid");
    const auto times = (*key)->key.verify(*token, now, m_rules);
    if (!times) return fail(times);
    const store::Account* owner = snapshot.account((*key)->facts.owner);
    if (owner == nullptr || !owner->enabled) return fail(Code::SignatureInvalid, "the owner is disabled");
    if (!(*key)->facts.enabled) return fail(Code::SignatureInvalid, "the secret is disabled");
    return TokenMemory::Known{snapshot.version, key, owner, *times};
}

Result<Signer> DecisionService::signerOf(const TokenMemory::Known& known, TimePoint now)
{
    const AccessKey& key = **known.key;
    if (key.endedAt(now)) return fail(Code::SignatureInvalid, "a previous key whose time is over");
    if (key.expiredAt(now)) return fail(Code::Expired, "the secret has expired");
    return Signer{known.owner->name, *known.key};
}

void DecisionService::decide(const Signer& signer, std::string_view body, const std::string& address,
                             const std::string& requestId, Decided decided) const
{
    decide(m_directory.current(), signer, contract::decodeDecisionRequest(body), address, requestId,
           std::move(decided));
}

void DecisionService::decideBatch(const Signer& signer, std::string_view body, const std::string& address,
                                  const std::string& requestId, BatchDecided decided) const
{
    auto requests = contract::decodeDecisionBatch(body);
    if (!requests) {
        ended(DecisionOutcome::Malformed);
        return decided(fail(requests));
    }
    const auto batch = std::make_shared<DecisionBatch>(requests->size(), std::move(decided));
    const auto snapshot = m_directory.read();
    for (std::size_t i = 0; i < requests->size(); ++i)
        decide(*snapshot, signer, std::move((*requests)[i]), address, requestId + "#" + std::to_string(i),
               [batch, i](Result<contract::Decision> decision) { batch->settle(i, std::move(decision)); });
}

void DecisionService::decide(const AccessSnapshot& snapshot, const Signer& signer,
                             Result<contract::DecisionRequest> request, const std::string& address,
                             std::string requestId, Decided decided) const
{
    if (!request) {
        ended(DecisionOutcome::Malformed);
        return decided(fail(request));
    }
    m_keyUses.note(*signer.key, address, request->action);
    const std::string& owner = signer.owner;
    request->context.set("username", owner);
    contract::Decision decision = snapshot.policies.decide(owner, *request);

    contract::DecisionRecord record;
    record.time = m_clock.now();
    record.owner = owner;
    record.subject = std::move(request->subject);
    record.action = std::move(request->action);
    record.resource = std::move(request->resource);
    record.context.reserve(128);
    contract::writeJson(record.context, request->context);
    record.allowed = decision.allowed;
    record.reason = decision.reason;
    if (decision.failed) record.reason += " in policy " + decision.faultyPolicy;
    const DecisionOutcome outcome = outcomeOf(decision);
    record.deciders = std::move(decision.deciders);
    record.requestId = std::move(requestId);
    record.node = m_node;
    record.snapshot = snapshot.changes;
    m_recorder(std::move(record), [this, outcome, decided = std::move(decided),
                                   decision = std::move(decision)](const Result<>& recorded) mutable {
        ended(recorded ? outcome : DecisionOutcome::NotRecorded);
        if (recorded)
            decided(std::move(decision)); // called once
        else
            decided(fail(recorded));
    });
}

} // namespace iam::service
