// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include "contract/policy.h"
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

inline constexpr std::size_t maxEntryLength = 4096;      ///< bytes of one entry of a list
inline constexpr std::size_t maxExpressionLength = 4096; ///< bytes of a StringMatchCondition's expression

/// Everything that keeps a policy from being written, in the order of the fields; empty when it may be. Fields are
/// named like "actions[2]" and "conditions.remoteIP.options.cidr", behind `path` and a dot when that is given.
/// Messages are one English sentence each. Stored policies that do not pass can still be evaluated: they deny.
[[nodiscard]] std::vector<FieldFault> validatePolicy(const contract::PolicyDocument& document,
                                                     const std::string& path = {});

/// What is wrong with one entry of actions, subjects or resources, or nothing. Entries without `<` are literals and
/// only limited in length.
[[nodiscard]] std::optional<std::string> checkTemplate(std::string_view entry);
/// What is wrong with a network ("10.0.0.0/8", "2001:db8::/32"), or nothing.
[[nodiscard]] std::optional<std::string> checkCidr(std::string_view cidr);
/// What is wrong with a StringMatchCondition's expression (RE2 as Go's regexp reads it), or nothing.
[[nodiscard]] std::optional<std::string> checkExpression(std::string_view expression);
/// What is wrong with an effect, or nothing: only "allow" and "deny" may be written.
[[nodiscard]] std::optional<std::string> checkEffect(std::string_view effect);

} // namespace iam::authz
