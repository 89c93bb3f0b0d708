// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/compiledpolicy.h"
#include "authz/explanation.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <cstddef>
#include <memory>
#include <vector>

namespace iam::authz {

/// All policies of one owner in evaluation order (newest first, as the store delivers them). Immutable; decide() and
/// explain() may run on any number of threads at once.
class PolicySet {
public:
    using Policies = std::vector<std::shared_ptr<const CompiledPolicy>>;

    /// Compiles every document; never fails. A set that differs in one policy is better made from policies().
    [[nodiscard]] static std::shared_ptr<const PolicySet>
    compile(const std::vector<contract::PolicyDocument>& documents);
    explicit PolicySet(Policies policies);

    [[nodiscard]] const Policies& policies() const noexcept { return m_policies; }
    [[nodiscard]] std::size_t size() const noexcept { return m_policies.size(); }

    /// The first policy in order that matches and denies wins over every allow; a template that cannot be evaluated
    /// denies as soon as it is reached (`failed`, its text as the reason), even after an allow; any allow allows;
    /// otherwise contract::reasonDefault. Without any policy: contract::reasonNoPolicies. `deciders`: the ids of the
    /// matching policies up to where the decision ended. Nothing is added to the request's context.
    [[nodiscard]] contract::Decision decide(const contract::DecisionRequest& request) const;
    /// The same evaluation with a trace: `decision` is what decide() answers.
    [[nodiscard]] Explanation explain(const contract::DecisionRequest& request) const;

private:
    contract::Decision evaluate(const contract::DecisionRequest& request, Explanation* trace) const;

    Policies m_policies;
};

} // namespace iam::authz
