// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/explanation.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <memory>
#include <string>
#include <vector>

namespace iam::authz {

class CompiledCondition;
class Template;

/// One policy, ready to be asked. Immutable, shared by every PolicySet that holds it, safe on every thread.
class CompiledPolicy {
public:
    /// Never fails: an entry that is no valid template becomes one that fails when it is reached, and what cannot be
    /// a condition's option makes a condition that never holds. Templates are compiled when first reached.
    [[nodiscard]] static std::shared_ptr<const CompiledPolicy> compile(const contract::PolicyDocument& document);
    ~CompiledPolicy();
    CompiledPolicy(const CompiledPolicy&) = delete;
    CompiledPolicy& operator=(const CompiledPolicy&) = delete;

    [[nodiscard]] const std::string& id() const noexcept { return m_id; }
    [[nodiscard]] const std::string& effect() const noexcept { return m_effect; }
    /// The effect is exactly "allow"; every other one denies.
    [[nodiscard]] bool allows() const noexcept { return m_allows; }

    struct Outcome {
        PolicyVerdict verdict = PolicyVerdict::Missed;
        std::string fault; ///< why a template could not be evaluated; empty otherwise
    };
    /// Actions, then subjects, then resources, then conditions; the first miss ends it, and what was not reached is
    /// not looked at. With `trace` the way there is written into it, without changing the outcome.
    [[nodiscard]] Outcome evaluate(const contract::DecisionRequest& request, PolicyExplanation* trace = nullptr) const;

private:
    struct Entry {
        std::string text;                     ///< as written
        std::shared_ptr<const Template> form; ///< null: a literal
    };
    struct NamedCondition;
    using Entries = std::vector<Entry>;

    CompiledPolicy();
    static Entries compileList(const contract::PatternList& list);
    static bool matchList(const Entries& entries, const std::string& needle, Outcome& outcome, ListExplanation* trace);
    bool holdConditions(const contract::DecisionRequest& request, PolicyExplanation* trace) const;

    std::string m_id;
    std::string m_effect;
    bool m_allows = false;
    Entries m_actions;
    Entries m_subjects;
    Entries m_resources;
    std::vector<NamedCondition> m_conditions;
};

} // namespace iam::authz
