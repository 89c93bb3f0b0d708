// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/explanation.h"
#include "contract/json.h"
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace iam::authz {

using contract::PolicyVerdict;

/// How one list (actions, subjects, resources) went.
struct ListExplanation {
    bool reached = false;
    bool matched = false;
    std::size_t entries = 0;          ///< how many the list has, once it was reached
    std::optional<std::size_t> entry; ///< which entry matched or failed; nothing when none did
    std::string entryText;            ///< that entry as written
    std::string fault;                ///< why that entry could not be evaluated; empty otherwise
};

/// How one condition went. Once conditions are reached, all of them are shown.
struct ConditionExplanation {
    std::string key;
    std::string type; ///< the name on the wire
    bool held = false;
    const contract::Json* seen = nullptr; ///< the value in the request's context, whose life it has; null: absent
};

struct PolicyExplanation {
    std::string id;
    std::string effect;
    bool candidate =
        false; ///< the decision held it against the request; others are looked at for the explanation alone
    PolicyVerdict verdict = PolicyVerdict::NotReached;
    ListExplanation actions;
    ListExplanation subjects;
    ListExplanation resources;
    std::vector<ConditionExplanation> conditions; ///< by key; empty when not reached or when there are none
};

/// The whole way to a decision.
struct Explanation {
    contract::Decision decision;
    std::vector<PolicyExplanation> policies; ///< every policy of the owner, in evaluation order
};

} // namespace iam::authz
