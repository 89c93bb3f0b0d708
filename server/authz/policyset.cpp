// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include <algorithm>

namespace iam::authz {

std::shared_ptr<const PolicySet> PolicySet::compile(const std::vector<contract::PolicyDocument>& documents)
{
    Policies policies;
    policies.reserve(documents.size());
    PatternPool pool;
    std::transform(
        documents.begin(), documents.end(), std::back_inserter(policies),
        [&pool](const contract::PolicyDocument& document) { return CompiledPolicy::compile(document, pool); });
    return std::make_shared<const PolicySet>(std::move(policies));
}

PolicySet::PolicySet(Policies policies)
    : m_policies(std::move(policies))
{
}

contract::Decision PolicySet::decide(const contract::DecisionRequest& request) const
{
    return evaluate(request, nullptr);
}

Explanation PolicySet::explain(const contract::DecisionRequest& request) const
{
    Explanation explanation;
    explanation.policies.reserve(m_policies.size());
    for (const auto& policy : m_policies) {
        PolicyExplanation& row = explanation.policies.emplace_back();
        row.id = policy->id();
        row.effect = policy->effect();
    }
    explanation.decision = evaluate(request, &explanation);
    return explanation;
}

contract::Decision PolicySet::evaluate(const contract::DecisionRequest& request, Explanation* trace) const
{
    contract::Decision decision;
    if (m_policies.empty()) {
        decision.reason = contract::reasonNoPolicies;
        return decision;
    }
    Question question(request);
    for (std::size_t i = 0; i < m_policies.size(); ++i) {
        const CompiledPolicy& policy = *m_policies[i];
        CompiledPolicy::Outcome outcome = policy.evaluate(question, trace ? &trace->policies[i] : nullptr);
        switch (outcome.verdict) {
        case PolicyVerdict::Allowed:
            decision.deciders.push_back(policy.id());
            break;
        case PolicyVerdict::Denied:
            decision.deciders.push_back(policy.id());
            decision.reason = contract::reasonForced;
            return decision;
        case PolicyVerdict::Failed:
            decision.failed = true;
            decision.faultyPolicy = policy.id();
            decision.reason = std::move(outcome.fault);
            decision.deciders.clear();
            return decision;
        case PolicyVerdict::NotReached:
        case PolicyVerdict::Missed:
            break;
        }
    }
    decision.allowed = !decision.deciders.empty();
    if (!decision.allowed) decision.reason = contract::reasonDefault;
    return decision;
}

} // namespace iam::authz
