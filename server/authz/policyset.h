// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/compiledpolicy.h"
#include "authz/explanation.h"
#include "authz/index/policyindex.h"
#include "authz/index/policysequence.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <cstddef>
#include <memory>
#include <vector>

namespace iam::authz {

/// All policies of one owner in evaluation order (newest first, as the store delivers them), with an index of them.
/// Immutable; decide() and explain() may run on any number of threads at once.
class PolicySet {
public:
    enum class Indexing {
        On,
        Off, ///< every request is held against every policy: to compare with
    };

    /// No policies.
    PolicySet() = default;
    /// Compiles every document, the first one the first in order; never fails.
    [[nodiscard]] static std::shared_ptr<const PolicySet>
    compile(const std::vector<contract::PolicyDocument>& documents, Indexing indexing = Indexing::On);
    /// In any order; no policy is null, no rank comes twice.
    explicit PolicySet(std::vector<RankedPolicy> policies, Indexing indexing = Indexing::On);
    /// This set with some policies put in, replacing those of the same rank, or taken out (null). What did not change
    /// is shared; of several for one rank the last counts.
    [[nodiscard]] std::shared_ptr<const PolicySet> with(const std::vector<RankedPolicy>& changes) const;

    [[nodiscard]] const PolicySequence& policies() const noexcept { return m_policies; }
    [[nodiscard]] std::size_t size() const noexcept { return m_policies.size(); }

    /// The first policy in order that matches and denies wins over every allow; a template that cannot be evaluated
    /// denies as soon as it is reached (`failed`, its text as the reason), even after an allow; any allow allows;
    /// otherwise contract::reasonDefault. Without any policy: contract::reasonNoPolicies. `deciders`: the ids of the
    /// matching policies up to where the decision ended. Nothing is added to the request's context.
    [[nodiscard]] contract::Decision decide(const contract::DecisionRequest& request) const;
    /// The same evaluation with a trace: `decision` is what decide() answers. Policies which the index left out are
    /// looked at for the trace alone.
    [[nodiscard]] Explanation explain(const contract::DecisionRequest& request) const;

private:
    class Verdicts;
    class Trace;
    [[nodiscard]] contract::Decision evaluate(const contract::DecisionRequest& request, Trace* trace) const;
    [[nodiscard]] bool narrow(Question& question, Candidates& candidates) const;

    PolicySequence m_policies;
    PolicyIndex m_index;
    Indexing m_indexing = Indexing::On;
};

} // namespace iam::authz
