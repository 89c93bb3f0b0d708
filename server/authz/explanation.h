// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/json.h"
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace iam::authz {

enum class PolicyVerdict {
    NotReached, ///< an earlier policy had decided
    Missed,     ///< some part did not match
    Allowed,    ///< everything matched, and it allows
    Denied,     ///< everything matched, and it denies: the decision ends here
    Failed,     ///< a template could not be evaluated: the decision ends here, denied
};

/// How one list (actions, subjects, resources) went.
struct ListExplanation {
    bool reached = false;
    bool matched = false;
    std::optional<std::size_t> entry; ///< which entry matched or failed; nothing when none did
    std::string entryText;            ///< that entry as written
    std::string fault;                ///< why that entry could not be evaluated; empty otherwise
};

/// How one condition went. Once conditions are reached, all of them are shown.
struct ConditionExplanation {
    std::string key;
    std::string type; ///< the name on the wire
    bool held = false;
    std::optional<contract::Json> seen; ///< the value in the context; nothing: absent
};

struct PolicyExplanation {
    std::string id;
    std::string effect;
    PolicyVerdict verdict = PolicyVerdict::NotReached;
    ListExplanation actions;
    ListExplanation subjects;
    ListExplanation resources;
    std::vector<ConditionExplanation> conditions; ///< by key; empty when not reached or when there are none
};

/// Why a decision came out as it did. Plain data.
struct Explanation {
    contract::Decision decision;
    std::vector<PolicyExplanation> policies; ///< every policy of the owner, in evaluation order
};

} // namespace iam::authz
