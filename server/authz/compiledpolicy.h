// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/condition.h"
#include "authz/explanation.h"
#include "authz/patternpool.h"
#include "authz/question.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace iam::authz {

/// One policy, ready to be asked. Immutable, shared by every PolicySet that holds it, safe on every thread.
class CompiledPolicy {
public:
    /// Never fails: an entry that is no valid template becomes one that fails when it is reached, and what cannot be
    /// a condition's option makes a condition that never holds. Policies compiled with one pool share their entries.
    [[nodiscard]] static std::shared_ptr<const CompiledPolicy> compile(const contract::PolicyDocument& document,
                                                                       PatternPool& pool);
    CompiledPolicy(const CompiledPolicy&) = delete;
    CompiledPolicy& operator=(const CompiledPolicy&) = delete;

    [[nodiscard]] const std::string& id() const noexcept { return m_id; }
    [[nodiscard]] const std::string& effect() const noexcept { return m_effect; }
    /// The effect is exactly "allow"; every other one denies.
    [[nodiscard]] bool allows() const noexcept { return m_allows; }

    /// The entries in the order written.
    using Entries = std::span<const PatternPtr>;
    [[nodiscard]] Entries actions() const noexcept { return {m_entries.data(), m_subjectsAt}; }
    [[nodiscard]] Entries subjects() const noexcept
    {
        return {m_entries.data() + m_subjectsAt, m_entries.data() + m_resourcesAt};
    }
    [[nodiscard]] Entries resources() const noexcept
    {
        return {m_entries.data() + m_resourcesAt, m_entries.data() + m_entries.size()};
    }

    struct Outcome {
        PolicyVerdict verdict = PolicyVerdict::Missed;
        std::string fault; ///< why a template could not be evaluated, or contract::reasonTooMuchWork; empty otherwise
    };
    /// Actions, then subjects, then resources, then conditions; the first miss ends it, and what was not reached is
    /// not looked at. With `trace` the way there is written into it, without changing the outcome.
    [[nodiscard]] Outcome evaluate(Question& question, PolicyExplanation* trace = nullptr) const;

private:
    struct NamedCondition {
        std::string key;
        CompiledCondition condition;
    };

    CompiledPolicy() = default;
    static bool matchList(Entries entries, Needle& needle, Effort& effort, Outcome& outcome, ListExplanation* trace);
    bool holdConditions(Question& question, PolicyExplanation* trace) const;

    std::string m_id;
    std::string m_effect;
    bool m_allows = false;
    std::uint32_t m_subjectsAt = 0;
    std::uint32_t m_resourcesAt = 0;
    std::vector<PatternPtr> m_entries; // of actions, subjects, resources
    std::vector<NamedCondition> m_conditions;
};

} // namespace iam::authz
