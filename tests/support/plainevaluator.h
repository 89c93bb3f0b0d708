// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include <string>
#include <vector>

namespace iam::support {

/// The rules of a decision written down as plainly as they can be, for policies of literals and of templates that are
/// all one "<.*>" behind a literal. Shares no code with the engine.
inline bool plainListMatches(const contract::PatternList& list, const std::string& needle, std::string& fault)
{
    if (!list) return false;
    for (const std::string& entry : *list) {
        if (entry.ends_with("<.*>")) {
            if (needle.starts_with(entry.substr(0, entry.size() - 4))) return true;
        } else if (entry.ends_with("<")) {
            fault = "Unbalanced braces in \"\"" + entry + "\"\"";
            return false;
        } else if (entry == needle) {
            return true;
        }
    }
    return false;
}

inline bool plainConditionHolds(const contract::Condition& condition, const contract::Json* value,
                                const contract::DecisionRequest& request)
{
    if (!value) return false;
    if (const auto* equal = std::get_if<contract::StringEqualCondition>(&condition))
        return *value == contract::Json(equal->equals);
    if (const auto* boolean = std::get_if<contract::BooleanCondition>(&condition))
        return *value == contract::Json(boolean->value);
    return std::holds_alternative<contract::EqualsSubjectCondition>(condition) &&
           *value == contract::Json(request.subject);
}

inline contract::Decision plainDecision(const std::vector<contract::PolicyDocument>& policies,
                                        const contract::DecisionRequest& request)
{
    contract::Decision decision;
    if (policies.empty()) {
        decision.reason = contract::reasonNoPolicies;
        return decision;
    }
    for (const contract::PolicyDocument& policy : policies) {
        std::string fault;
        bool matched = plainListMatches(policy.actions, request.action, fault);
        if (matched) matched = plainListMatches(policy.subjects, request.subject, fault);
        if (matched) matched = plainListMatches(policy.resources, request.resource, fault);
        if (!fault.empty()) {
            contract::Decision failed;
            failed.failed = true;
            failed.reason = fault;
            return failed;
        }
        for (const auto& [key, condition] : policy.conditions)
            matched = matched && plainConditionHolds(condition, request.context.find(key), request);
        if (!matched) continue;
        decision.deciders.push_back(policy.id);
        if (policy.effect != "allow") {
            decision.reason = contract::reasonForced;
            return decision;
        }
    }
    decision.allowed = !decision.deciders.empty();
    if (!decision.allowed) decision.reason = contract::reasonDefault;
    return decision;
}

} // namespace iam::support
