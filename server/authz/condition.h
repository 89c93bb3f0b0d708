// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/expression.h"
#include "authz/network.h"
#include "authz/question.h"
#include "contract/policy.h"
#include <optional>
#include <string>
#include <variant>

namespace iam::authz {

/// One condition of a policy, ready to be asked. Immutable, any number of threads.
class CompiledCondition {
public:
    /// Never fails: with an option that cannot be read it never holds.
    explicit CompiledCondition(const contract::Condition& condition);

    [[nodiscard]] const std::string& typeName() const;
    /// `value` is what the context has under the condition's key, or null when it has nothing. The answer counts only
    /// while the question's effort is not spent.
    [[nodiscard]] bool holds(const contract::Json* value, Question& question) const;

private:
    struct Unreadable {};
    struct EqualsSubject {};
    struct StringPairsEqual {};
    struct ResourceContains {};
    using Test = std::variant<Unreadable, std::string, IpNetwork, EqualsSubject, StringPairsEqual, Expression,
                              ResourceContains, bool>;
    struct Asker;
    static Test testOf(const contract::Condition& condition);

    Test m_test;
    std::uint8_t m_type; // its place in contract::conditionTypeNames()
};

} // namespace iam::authz
