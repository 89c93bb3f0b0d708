// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include <algorithm>
#include <map>

namespace iam::authz {

namespace {

// When more policies than this, and more than this part of all, are candidates, looking at all is quicker than sorting.
constexpr std::size_t manyCandidates = 64;
constexpr std::size_t manyPart = 16;
// When more than this part changes, a new index is better than a changed one.
constexpr std::size_t mostChanged = 8;

} // namespace

/// What the policies said so far, in order.
class PolicySet::Verdicts {
public:
    /// False when that ended it.
    bool add(const CompiledPolicy& policy, CompiledPolicy::Outcome outcome)
    {
        switch (outcome.verdict) {
        case PolicyVerdict::Allowed:
            m_decision.deciders.emplace_back(policy.id());
            return true;
        case PolicyVerdict::Denied:
            m_decision.deciders.emplace_back(policy.id());
            m_decision.reason = contract::reasonForced;
            m_ended = true;
            return false;
        case PolicyVerdict::Failed:
            m_decision.failed = true;
            m_decision.faultyPolicy = policy.id();
            m_decision.reason = std::move(outcome.fault);
            m_decision.deciders.clear();
            m_ended = true;
            return false;
        case PolicyVerdict::NotReached:
        case PolicyVerdict::Missed:
            return true;
        }
        return true;
    }
    contract::Decision take()
    {
        if (!m_ended) {
            m_decision.allowed = !m_decision.deciders.empty();
            if (!m_decision.allowed) m_decision.reason = contract::reasonDefault;
        }
        return std::move(m_decision);
    }

private:
    contract::Decision m_decision;
    bool m_ended = false;
};

std::shared_ptr<const PolicySet> PolicySet::compile(const std::vector<contract::PolicyDocument>& documents,
                                                    Indexing indexing)
{
    std::vector<RankedPolicy> policies;
    policies.reserve(documents.size());
    PatternPool pool;
    for (std::size_t i = 0; i < documents.size(); ++i)
        policies.push_back({documents.size() - i, CompiledPolicy::compile(documents[i], pool)});
    return std::make_shared<const PolicySet>(std::move(policies), indexing);
}

PolicySet::PolicySet(std::vector<RankedPolicy> policies, Indexing indexing)
    : m_policies(std::move(policies))
    , m_indexing(indexing)
{
    if (m_indexing == Indexing::On) m_index = PolicyIndex(m_policies);
}

std::shared_ptr<const PolicySet> PolicySet::with(const std::vector<RankedPolicy>& changes) const
{
    const auto next = std::make_shared<PolicySet>();
    next->m_policies = m_policies.with(changes);
    next->m_indexing = m_indexing;
    if (m_indexing == Indexing::Off) return next;
    if (changes.size() > next->size() / mostChanged) {
        next->m_index = PolicyIndex(next->m_policies);
        return next;
    }
    std::map<std::uint64_t, PolicyIndex::Change> byRank;
    for (const RankedPolicy& change : changes)
        byRank[change.rank] = {change.rank, m_policies.find(change.rank), change.policy.get()};
    std::vector<PolicyIndex::Change> indexed;
    indexed.reserve(byRank.size());
    for (const auto& [rank, change] : byRank) indexed.push_back(change);
    next->m_index = m_index;
    next->m_index.change(indexed);
    return next;
}

bool PolicySet::narrow(Question& question, Candidates& candidates) const
{
    if (m_indexing == Indexing::Off) return false;
    if (!m_index.collect(question, std::max(manyCandidates, size() / manyPart), candidates)) return false;
    candidates.sort();
    return true;
}

/// Fills the rows of an explanation, one for each policy.
class PolicySet::Trace {
public:
    Trace(const PolicySet& set, const contract::DecisionRequest& request, std::vector<PolicyExplanation>& rows)
        : m_next(set.policies().begin())
        , m_end(set.policies().end())
        , m_aside(request)
        , m_rows(rows)
    {
        rows.reserve(set.size());
        for (const auto& policy : set.policies()) {
            PolicyExplanation& row = rows.emplace_back();
            row.id = policy->id();
            row.effect = policy->effect();
        }
    }

    /// The row of that policy, which comes behind those asked for before. Those in between are no candidates.
    PolicyExplanation* rowOf(std::uint64_t rank)
    {
        showUntil(rank);
        ++m_next;
        m_rows[m_row].candidate = true;
        return &m_rows[m_row++];
    }
    /// After the last candidate, when it did not end the decision.
    void showRest() { showUntil(0); }

private:
    void showUntil(std::uint64_t rank)
    {
        for (; m_next != m_end && m_next.rank() > rank; ++m_next, ++m_row) {
            // What it costs to show them is no part of the decision, and when it is spent is no matter: the index knows
            // that they miss.
            if (!m_aside.effort.isSpent()) static_cast<void>((*m_next)->evaluate(m_aside, &m_rows[m_row]));
            m_rows[m_row].verdict = PolicyVerdict::Missed;
        }
    }

    PolicySequence::Iterator m_next;
    const PolicySequence::Iterator m_end;
    Question m_aside;
    std::vector<PolicyExplanation>& m_rows;
    std::size_t m_row = 0;
};

contract::Decision PolicySet::evaluate(const contract::DecisionRequest& request, Trace* trace) const
{
    if (m_policies.empty()) return {false, false, contract::reasonNoPolicies, {}};
    Question question(request);
    Verdicts verdicts;
    const auto goesOn = [&](std::uint64_t rank, const CompiledPolicy& policy) {
        return verdicts.add(policy, policy.evaluate(question, trace != nullptr ? trace->rowOf(rank) : nullptr));
    };
    Candidates candidates;
    bool toTheEnd = true;
    if (narrow(question, candidates)) {
        for (auto next = candidates.begin(); toTheEnd && next != candidates.end(); ++next)
            toTheEnd = goesOn(next->rank, *next->policy);
    } else {
        for (auto next = m_policies.begin(); toTheEnd && next != m_policies.end(); ++next)
            toTheEnd = goesOn(next.rank(), **next);
    }
    if (trace != nullptr && toTheEnd) trace->showRest();
    return verdicts.take();
}

contract::Decision PolicySet::decide(const contract::DecisionRequest& request) const
{
    return evaluate(request, nullptr);
}

Explanation PolicySet::explain(const contract::DecisionRequest& request) const
{
    Explanation explanation;
    Trace trace(*this, request, explanation.policies);
    explanation.decision = evaluate(request, &trace);
    return explanation;
}

} // namespace iam::authz
