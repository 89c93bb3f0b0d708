// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/expression.h"
#include "authz/network.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <mutex>
#include <optional>
#include <variant>

namespace iam::authz {

/// One condition of a policy, ready to be asked. Any number of threads.
class CompiledCondition {
public:
    /// Never fails: with an option that cannot be read it never holds.
    explicit CompiledCondition(contract::Condition condition);

    [[nodiscard]] const std::string& typeName() const { return contract::conditionTypeName(m_condition); }
    /// `value` is what the context has under the condition's key, or null when it has nothing.
    [[nodiscard]] bool holds(const contract::Json* value, const contract::DecisionRequest& request) const;

private:
    contract::Condition m_condition;
    std::optional<IpNetwork> m_network;
    mutable std::once_flag m_compileOnce; // expressions are compiled when first asked
    mutable std::optional<Expression> m_expression;
};

} // namespace iam::authz
