// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/node.h"
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace iam::authz {

inline constexpr std::size_t maxPatternDepth = 200;

/// Reads a pattern as dlclark/regexp2 1.2 does with its RE2 option: .NET's grammar with (?P<name>…), [:posix:] classes
/// and class subtraction; \w \d \s are Unicode's; no \Q…\E, no \pL without braces, no possessive quantifiers.
/// The text of a failure is that library's, too. Refused beyond it: back-references, conditionals, balancing groups,
/// properties that are not in the tables, and groups nested deeper than maxPatternDepth. Linear but for prescans of
/// quantifiers.
[[nodiscard]] tl::expected<NodePtr, std::string> parsePattern(std::string_view pattern);

} // namespace iam::authz
