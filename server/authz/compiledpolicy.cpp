// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/compiledpolicy.h"
#include "authz/condition.h"
#include "authz/template.h"

namespace iam::authz {

struct CompiledPolicy::NamedCondition {
    NamedCondition(std::string name, contract::Condition written)
        : key(std::move(name))
        , condition(std::make_unique<const CompiledCondition>(std::move(written)))
    {
    }
    std::string key;
    std::unique_ptr<const CompiledCondition> condition; // it has a once-flag, which does not move
};

CompiledPolicy::CompiledPolicy() = default;
CompiledPolicy::~CompiledPolicy() = default;

CompiledPolicy::Entries CompiledPolicy::compileList(const contract::PatternList& list)
{
    Entries entries;
    if (!list) return entries;
    entries.reserve(list->size());
    for (const std::string& text : *list) {
        if (isTemplate(text))
            entries.push_back({{}, std::make_shared<const Template>(text)});
        else
            entries.push_back({text, nullptr});
    }
    return entries;
}

std::shared_ptr<const CompiledPolicy> CompiledPolicy::compile(const contract::PolicyDocument& document)
{
    const std::shared_ptr<CompiledPolicy> policy(new CompiledPolicy);
    policy->m_id = document.id;
    policy->m_effect = document.effect;
    policy->m_allows = document.effect == "allow";
    policy->m_actions = compileList(document.actions);
    policy->m_subjects = compileList(document.subjects);
    policy->m_resources = compileList(document.resources);
    policy->m_conditions.reserve(document.conditions.size());
    for (const auto& [key, condition] : document.conditions) policy->m_conditions.emplace_back(key, condition);
    return policy;
}

// The first entry that matches, or that cannot be evaluated, ends the search.
bool CompiledPolicy::matchList(const Entries& entries, const std::string& needle, Outcome& outcome,
                               ListExplanation* trace)
{
    if (trace) trace->reached = true;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        MatchResult result = MatchResult::No;
        std::string fault;
        if (entry.form)
            result = entry.form->match(needle, fault);
        else if (entry.text == needle)
            result = MatchResult::Yes;
        if (result == MatchResult::No) continue;
        const bool matched = result == MatchResult::Yes;
        if (trace) {
            trace->matched = matched;
            trace->entry = i;
            trace->entryText = entry.form ? entry.form->entry() : entry.text;
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

bool CompiledPolicy::holdConditions(const contract::DecisionRequest& request, PolicyExplanation* trace) const
{
    bool all = true;
    for (const NamedCondition& named : m_conditions) {
        const contract::Json* value = request.context.find(named.key);
        const bool held = named.condition->holds(value, request);
        all = all && held;
        if (trace)
            trace->conditions.push_back(
                {named.key, named.condition->typeName(), held, value ? std::optional(*value) : std::nullopt});
        else if (!held)
            return false;
    }
    return all;
}

CompiledPolicy::Outcome CompiledPolicy::evaluate(const contract::DecisionRequest& request,
                                                 PolicyExplanation* trace) const
{
    Outcome outcome;
    const bool matched = matchList(m_actions, request.action, outcome, trace ? &trace->actions : nullptr) &&
                         matchList(m_subjects, request.subject, outcome, trace ? &trace->subjects : nullptr) &&
                         matchList(m_resources, request.resource, outcome, trace ? &trace->resources : nullptr) &&
                         holdConditions(request, trace);
    if (matched) outcome.verdict = m_allows ? PolicyVerdict::Allowed : PolicyVerdict::Denied;
    if (trace) trace->verdict = outcome.verdict;
    return outcome;
}

} // namespace iam::authz
