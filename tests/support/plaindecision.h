// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/policy.h"
#include "support/plainpattern.h"
#include <map>
#include <string>
#include <vector>

namespace iam::support {

/// The rules of a decision written down as plainly as they can be: every policy is asked in order, every entry is
/// looked at. Shares no code with the engine; only documents, requests and JSON values are the same types. Understands
/// what PlainPattern does.
class PlainDecisions {
public:
    /// `policies` in evaluation order.
    [[nodiscard]] contract::Decision decide(const std::vector<contract::PolicyDocument>& policies,
                                            const contract::DecisionRequest& request);

    /// The patterns that were met are remembered, so that a million of decisions end some day.
    const PlainPattern& templateOf(const std::string& entry);
    const PlainPattern& expressionOf(const std::string& expression);

private:
    bool listMatches(const contract::PatternList& list, const std::string& needle, std::string& fault);
    bool conditionHolds(const contract::Condition& condition, const contract::Json& value,
                        const contract::DecisionRequest& request);

    std::map<std::string, PlainPattern> m_templates;
    std::map<std::string, PlainPattern> m_expressions;
};

/// Whether the text of an address lies in the text of a network; false when one of them is none.
[[nodiscard]] bool plainlyInNetwork(const std::string& address, const std::string& network);

/// Expressions that are none; such a condition never holds.
[[nodiscard]] const std::vector<std::string>& brokenExpressions();

} // namespace iam::support
