// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/compiledpolicy.h"

namespace iam::authz {

namespace {

constexpr std::int64_t membersPerStep = 4;

} // namespace

std::shared_ptr<const CompiledPolicy> CompiledPolicy::compile(const contract::PolicyDocument& document,
                                                              PatternPool& pool)
{
    const std::shared_ptr<CompiledPolicy> policy(new CompiledPolicy);
    policy->m_id = document.id;
    policy->m_effect = document.effect;
    policy->m_allows = document.effect == "allow";
    std::vector<PatternPtr>& entries = policy->m_entries;
    const auto append = [&](const contract::PatternList& list) {
        if (list)
            for (const std::string& entry : *list) entries.push_back(pool.pattern(entry));
        return static_cast<std::uint32_t>(entries.size());
    };
    policy->m_subjectsAt = append(document.actions);
    policy->m_resourcesAt = append(document.subjects);
    append(document.resources);
    entries.shrink_to_fit();
    policy->m_conditions.reserve(document.conditions.size());
    for (const auto& [key, condition] : document.conditions)
        policy->m_conditions.push_back({key, CompiledCondition(condition)});
    return policy;
}

// The first entry that matches, or that cannot be evaluated, ends the search.
bool CompiledPolicy::matchList(Entries entries, Needle& needle, Effort& effort, Outcome& outcome,
                               ListExplanation* trace)
{
    if (trace) {
        trace->reached = true;
        trace->entries = entries.size();
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::string fault;
        const MatchResult result = entries[i]->match(needle, effort, fault);
        if (result == MatchResult::No) continue;
        const bool matched = result == MatchResult::Yes;
        if (trace) {
            trace->matched = matched;
            trace->entry = i;
            trace->entryText = entries[i]->text();
            trace->fault = fault;
        }
        if (!matched) {
            outcome.verdict = PolicyVerdict::Failed;
            outcome.fault = std::move(fault);
        }
        return matched;
    }
    return false;
}

bool CompiledPolicy::holdConditions(Question& question, PolicyExplanation* trace) const
{
    const contract::Json& context = question.request.context;
    const auto members = static_cast<std::int64_t>(context.object() ? context.object()->size() : 0);
    bool all = true;
    for (const NamedCondition& named : m_conditions) {
        if (!question.effort.spend(members / membersPerStep)) return false;
        const contract::Json* value = context.find(named.key);
        const bool held = named.condition.holds(value, question);
        all = all && held;
        if (trace)
            trace->conditions.push_back({named.key, named.condition.typeName(), held, value});
        else if (!held)
            return false;
    }
    return all;
}

CompiledPolicy::Outcome CompiledPolicy::evaluate(Question& question, PolicyExplanation* trace) const
{
    Outcome outcome;
    Effort& effort = question.effort;
    effort.spend(Effort::policy);
    if (!effort.isSpent() &&
        matchList(actions(), question.action, effort, outcome, trace ? &trace->actions : nullptr) &&
        matchList(subjects(), question.subject, effort, outcome, trace ? &trace->subjects : nullptr) &&
        matchList(resources(), question.resource, effort, outcome, trace ? &trace->resources : nullptr) &&
        holdConditions(question, trace))
        outcome.verdict = m_allows ? PolicyVerdict::Allowed : PolicyVerdict::Denied;
    if (effort.isSpent()) outcome = {PolicyVerdict::Failed, contract::reasonTooMuchWork};
    if (trace) trace->verdict = outcome.verdict;
    return outcome;
}

} // namespace iam::authz
