// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/json.h"
#include <string>
#include <vector>

namespace iam::contract {

/// "May this subject do this action on this resource?" `context` is an object or null.
struct DecisionRequest {
    std::string subject;
    std::string action;
    std::string resource;
    Json context;
};

/// The answer. `reason` is empty when allowed. `deciders` are the ids of the policies that matched, in evaluation
/// order; empty when nothing matched and after a fault. `failed`: a template could not be evaluated, or it took too much work, which denies.
struct Decision {
    bool allowed = false;
    bool failed = false;
    std::string reason;
    std::vector<std::string> deciders;
    std::string faultyPolicy = {}; ///< the id of the policy with that template; not on the wire
};

/// So many requests fit into one batch.
inline constexpr std::size_t maxBatchRequests = 1000;

inline constexpr const char* reasonDefault = "Request was denied by default";
inline constexpr const char* reasonForced = "Request was forcefully denied";
inline constexpr const char* reasonNoPolicies = "list policies failed";
/// The policies take more work than one decision may cost; `failed` is true then.
inline constexpr const char* reasonTooMuchWork = "decision limit reached";

} // namespace iam::contract
