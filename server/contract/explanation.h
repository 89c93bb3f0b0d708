// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/decision.h"
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::contract {

enum class PolicyVerdict {
    NotReached, ///< an earlier policy had decided
    Missed,     ///< some part did not match
    Allowed,    ///< everything matched, and it allows
    Denied,     ///< everything matched, and it denies: the decision ends here
    Failed,     ///< it could not be evaluated: the decision ends here, denied
};

/// How one list (actions, subjects, resources) went.
struct ExplainedList {
    enum class Result {
        NotReached, ///< something before it had missed
        Missed,     ///< no entry matches
        Matched,    ///< by `entry`
        Failed,     ///< `entry` could not be evaluated
    };
    Result result = Result::NotReached;
    std::size_t entries = 0;          ///< how many the list has; 0 when it was not reached
    std::optional<std::size_t> entry; ///< which entry matched or failed
    std::string text;                 ///< that entry
    std::string fault;                ///< why it could not be evaluated
    bool operator==(const ExplainedList&) const = default;
};

/// How one condition went.
struct ExplainedCondition {
    std::string key;
    std::string type; ///< the name on the wire
    bool held = false;
    std::optional<Json> seen; ///< the value in the context; nothing: absent. A long one: the beginning of its JSON
    bool seenCut = false;     ///< `seen` is such a beginning
    bool operator==(const ExplainedCondition&) const = default;
};

struct ExplainedPolicy {
    std::string policy; ///< its id
    std::string effect;
    PolicyVerdict verdict = PolicyVerdict::NotReached;
    ExplainedList actions;
    ExplainedList subjects;
    ExplainedList resources;
    std::vector<ExplainedCondition> conditions; ///< those that did not hold go before others; empty when not reached
    std::size_t conditionCount = 0;             ///< of those reached, also those left out of `conditions`
    bool operator==(const ExplainedPolicy&) const = default;
};

/// Why a decision comes out as it does, in a size that is bounded: texts longer than maxText end in "…", lists are cut.
struct Explanation {
    static constexpr std::size_t maxCandidates = 100;
    static constexpr std::size_t maxNearestMisses = 10;
    static constexpr std::size_t maxConditions = 20;
    static constexpr std::size_t maxDeciders = 100;
    static constexpr std::size_t maxText = 512; ///< bytes

    Decision decision;              ///< with the first of its deciders
    std::size_t deciderCount = 0;   ///< also those left out
    std::size_t policyCount = 0;    ///< the owner's
    std::size_t candidateCount = 0; ///< those that had to be held against the request, up to where it was decided
    /// In evaluation order; of too many those that decided and those that got furthest.
    std::vector<ExplainedPolicy> candidates;
    /// Policies that missed, those first that got furthest, and of equals the newest.
    std::vector<ExplainedPolicy> nearestMisses;
};

/// "not reached", "missed", "allowed", "denied", "failed".
[[nodiscard]] std::string_view policyVerdictText(PolicyVerdict verdict) noexcept;
/// "not reached", "missed", "matched", "failed".
[[nodiscard]] std::string_view listResultText(ExplainedList::Result result) noexcept;

/// The answer of POST /v1/authz/explain. Reading follows codec.h.
std::string encodeExplanation(const Explanation& explanation);
Result<Explanation> decodeExplanation(std::string_view body);

} // namespace iam::contract
