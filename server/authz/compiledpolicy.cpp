// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/compiledpolicy.h"
#include <algorithm>
#include <new>
#include <vector>

namespace iam::authz {

namespace {

constexpr std::int64_t membersPerStep = 4;

// A policy has so many bytes of literals, and of shapes, itself. More are shared: many policies may have the same long
// lists.
constexpr std::size_t mostOwnTexts = 160;
constexpr std::size_t mostOwnShapes = 256;

// What more hold is shared by so many policies that it is at hand when one of them is asked. An old version of this
// policy and those on their way count, too.
constexpr std::uint32_t mostHolders = 4;

constexpr std::size_t announcedPatterns = 4;

} // namespace

/// What becomes a policy.
struct CompiledPolicy::Parts {
    std::vector<Slot> slots;          ///< places are those in `shapes` and `texts`
    std::vector<PatternPtr> patterns; ///< those in `slots` and `shapes`
    std::vector<NamedCondition> conditions;
    std::vector<std::byte> shapes;
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
    [[nodiscard]] std::size_t shapesAt() const noexcept
    {
        return sizeof(CompiledPolicy) + slots.size() * sizeof(Slot) + conditions.size() * sizeof(NamedCondition);
    }
    [[nodiscard]] std::size_t textsAt() const noexcept { return shapesAt() + shapes.size(); }

private:
    void append(const std::string& entry, PatternPool& pool)
    {
        if (!isTemplate(entry) && entry.size() <= mostOwnTexts - texts.size()) {
            slots.push_back(Slot{texts.size()} << placeBit | entry.size() << sizeBit | ownLiteral);
            texts += entry;
            return;
        }
        const Pattern* const pattern = patterns.emplace_back(pool.pattern(entry)).get();
        if (const auto shape = pattern->shape(); shape && pattern->holders() <= mostHolders)
            if (appendShape(pattern, shape->bytes())) return;
        slots.push_back(reinterpret_cast<std::uintptr_t>(pattern));
    }
    bool appendShape(const Pattern* pattern, std::span<const std::byte> shape)
    {
        const auto address = std::as_bytes(std::span(&pattern, 1));
        if (address.size() + shape.size() > mostOwnShapes - shapes.size()) return false;
        slots.push_back(Slot{shapes.size()} << placeBit | ownShape);
        shapes.insert(shapes.end(), address.begin(), address.end());
        shapes.insert(shapes.end(), shape.begin(), shape.end());
        static_assert(mostOwnShapes % Shape::alignment == 0);
        shapes.resize((shapes.size() + Shape::alignment - 1) / Shape::alignment * Shape::alignment);
        return true;
    }
};

CompiledPolicy::CompiledPolicy(Parts& parts) noexcept
    : m_subjectsAt(parts.subjectsAt)
    , m_resourcesAt(parts.resourcesAt)
    , m_entryCount(static_cast<std::uint32_t>(parts.slots.size()))
    , m_conditionCount(static_cast<std::uint32_t>(parts.conditions.size()))
    , m_idAt(static_cast<std::uint32_t>(parts.textsAt() + parts.idAt))
    , m_allows(parts.allows)
{
    static_assert(Shape::alignment <= alignof(std::uint64_t) && alignof(CompiledPolicy) <= alignof(std::uint64_t));
    const std::size_t shapesAt = parts.shapesAt();
    const std::size_t textsAt = parts.textsAt();
    for (Slot& slot : parts.slots) {
        if ((slot & slotKinds) == ownLiteral) slot += Slot{textsAt} << placeBit;
        if ((slot & slotKinds) == ownShape) slot += Slot{shapesAt} << placeBit;
    }
    std::uninitialized_copy(parts.slots.begin(), parts.slots.end(), const_cast<Slot*>(slots().data()));
    for (PatternPtr& pattern : parts.patterns) static_cast<void>(pattern.detach());
    std::uninitialized_move(parts.conditions.begin(), parts.conditions.end(),
                            const_cast<NamedCondition*>(conditions().data()));
    char* const own = const_cast<char*>(bytes());
    std::copy_n(reinterpret_cast<const char*>(parts.shapes.data()), parts.shapes.size(), own + shapesAt);
    std::copy(parts.texts.begin(), parts.texts.end(), own + textsAt);
}

CompiledPolicy::~CompiledPolicy()
{
    for (std::size_t i = 0; i < m_entryCount; ++i)
        if (const Pattern* pattern = entry(i).pattern()) intrusive_ptr_release(pattern);
    std::destroy(conditions().begin(), conditions().end());
}

void CompiledPolicy::Release::operator()(const CompiledPolicy* policy) const noexcept
{
    policy->~CompiledPolicy();
    memory->giveBack(const_cast<CompiledPolicy*>(policy), bytes);
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
    const std::size_t bytes = parts.textsAt() + parts.texts.size();
    const auto& memory = pool.policyMemory();
    auto* const policy = new (memory->take(bytes)) CompiledPolicy(parts);
    policy->m_idSize = static_cast<std::uint32_t>(document.id.size());
    policy->m_effectSize = static_cast<std::uint32_t>(document.effect.size());
    return {policy, Release{memory, bytes}};
}

void CompiledPolicy::announcePatterns() const noexcept
{
    const auto all = slots();
    for (const Slot slot : all.last(std::min(all.size(), announcedPatterns))) {
        if ((slot & slotKinds) != 0) continue;
        const auto* pattern = reinterpret_cast<const char*>(static_cast<std::uintptr_t>(slot));
        __builtin_prefetch(pattern);
        __builtin_prefetch(pattern + lineBytes);
    }
}

MatchResult CompiledPolicy::Entry::match(Needle& needle, Effort& effort, std::string& fault) const
{
    if (m_shape) return Pattern::match(Shape(m_shape), needle, effort, fault);
    if (m_pattern) return m_pattern->match(needle, effort, fault);
    return needle.text() == m_text ? MatchResult::Yes : MatchResult::No;
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
