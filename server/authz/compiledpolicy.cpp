// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/compiledpolicy.h"
#include <algorithm>
#include <new>
#include <vector>

namespace iam::authz {

namespace {

constexpr std::int64_t membersPerStep = 4;

// A policy has so many bytes of literals itself. More are shared: many policies may have the same long lists.
constexpr std::size_t mostOwnBytes = 160;

constexpr std::size_t announcedPatterns = 4;

} // namespace

/// What becomes a policy.
struct CompiledPolicy::Parts {
    std::vector<Slot> slots;          ///< a literal's place is that in `texts`
    std::vector<PatternPtr> patterns; ///< those in `slots`
    std::vector<NamedCondition> conditions;
    std::string texts;
    std::uint32_t subjectsAt = 0;
    std::uint32_t resourcesAt = 0;
    std::uint32_t idAt = 0;
    bool allows = false;

    std::uint32_t append(const contract::PatternList& list, PatternPool& pool)
    {
        if (list)
            for (const std::string& entry : *list) append(entry, pool);
        return static_cast<std::uint32_t>(slots.size());
    }

private:
    void append(const std::string& entry, PatternPool& pool)
    {
        if (!isTemplate(entry) && entry.size() <= mostOwnBytes - texts.size()) {
            slots.push_back(Slot{texts.size()} << 32U | entry.size() << 1U | 1U);
            texts += entry;
        } else {
            patterns.push_back(pool.pattern(entry));
            slots.push_back(reinterpret_cast<std::uintptr_t>(patterns.back().get()));
        }
    }
};

CompiledPolicy::CompiledPolicy(Parts& parts, std::size_t textsAt) noexcept
    : m_subjectsAt(parts.subjectsAt)
    , m_resourcesAt(parts.resourcesAt)
    , m_entryCount(static_cast<std::uint32_t>(parts.slots.size()))
    , m_conditionCount(static_cast<std::uint32_t>(parts.conditions.size()))
    , m_idAt(static_cast<std::uint32_t>(textsAt + parts.idAt))
    , m_allows(parts.allows)
{
    for (Slot& slot : parts.slots)
        if (patternIn(slot) == nullptr) slot += Slot{textsAt} << 32U;
    std::uninitialized_copy(parts.slots.begin(), parts.slots.end(), const_cast<Slot*>(slots().data()));
    for (PatternPtr& pattern : parts.patterns) static_cast<void>(pattern.detach());
    std::uninitialized_move(parts.conditions.begin(), parts.conditions.end(),
                            const_cast<NamedCondition*>(conditions().data()));
    std::uninitialized_copy(parts.texts.begin(), parts.texts.end(), const_cast<char*>(bytes()) + textsAt);
}

CompiledPolicy::~CompiledPolicy()
{
    for (const Slot slot : slots())
        if (const Pattern* pattern = patternIn(slot)) intrusive_ptr_release(pattern);
    std::destroy(conditions().begin(), conditions().end());
}

void CompiledPolicy::Release::operator()(const CompiledPolicy* policy) const noexcept
{
    policy->~CompiledPolicy();
    ::operator delete(const_cast<CompiledPolicy*>(policy));
}

std::shared_ptr<const CompiledPolicy> CompiledPolicy::compile(const contract::PolicyDocument& document,
                                                              PatternPool& pool)
{
    Parts parts;
    parts.subjectsAt = parts.append(document.actions, pool);
    parts.resourcesAt = parts.append(document.subjects, pool);
    parts.append(document.resources, pool);
    parts.conditions.reserve(document.conditions.size());
    for (const auto& [key, condition] : document.conditions)
        parts.conditions.push_back({key, CompiledCondition(condition)});
    parts.idAt = static_cast<std::uint32_t>(parts.texts.size());
    parts.texts.append(document.id).append(document.effect);
    parts.allows = document.effect == "allow";
    const std::size_t textsAt =
        sizeof(CompiledPolicy) + parts.slots.size() * sizeof(Slot) + parts.conditions.size() * sizeof(NamedCondition);
    auto* const policy = new (::operator new(textsAt + parts.texts.size())) CompiledPolicy(parts, textsAt);
    policy->m_idSize = static_cast<std::uint32_t>(document.id.size());
    policy->m_effectSize = static_cast<std::uint32_t>(document.effect.size());
    return {policy, Release()};
}

void CompiledPolicy::announcePatterns() const noexcept
{
    const auto all = slots();
    for (const Slot slot : all.last(std::min(all.size(), announcedPatterns))) {
        const Pattern* pattern = patternIn(slot);
        if (pattern == nullptr) continue;
        __builtin_prefetch(pattern);
        __builtin_prefetch(reinterpret_cast<const char*>(pattern) + lineBytes);
    }
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
        const Entry entry = entries[i];
        const MatchResult result = entry.match(needle, effort, fault);
        if (result == MatchResult::No) continue;
        const bool matched = result == MatchResult::Yes;
        if (trace) {
            trace->matched = matched;
            trace->entry = i;
            trace->entryText = entry.text();
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
    for (const NamedCondition& named : conditions()) {
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
    announcePatterns(); // the last ones are asked last, and may be there by then
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
