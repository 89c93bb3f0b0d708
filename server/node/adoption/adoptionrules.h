// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/policy.h"
#include <cstdint>
#include <optional>
#include <string>

namespace iam::node {

// What of an old row can stand in our tables, and what cannot.

/// "s0-23": the name with the row's id behind it, within the length that names may have; what may not be in a name is
/// left out.
[[nodiscard]] std::string freshName(const std::string& name, std::uint64_t id);
/// Whether our tables can hold it, though it may break the rule for new names.
[[nodiscard]] bool isStorableName(const std::string& name);
/// Whether it is a JSON object, null, or absent.
[[nodiscard]] bool isReadableExtend(const std::optional<std::string>& extendShadow);
/// The cost of a bcrypt hash that can be verified; nothing when it is none.
[[nodiscard]] std::optional<int> bcryptCost(const std::string& hash);
/// The detail says what is wrong.
Result<contract::PolicyDocument> readDocument(const std::optional<std::string>& policyShadow);

/// Whether a text has a character beyond U+FFFF, which the old tables cannot hold.
[[nodiscard]] bool isBeyondThreeBytes(const std::string& text);
/// JSON with such characters written as escapes.
[[nodiscard]] std::string withinThreeBytes(const std::string& json);
/// JSON with every character beyond ASCII written as escapes.
[[nodiscard]] std::string withinAscii(const std::string& json);

/// In the place of a password hash: no password fits it.
inline constexpr const char* lockedPassword = "!";

} // namespace iam::node
