// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/spelling.h"
#include <cstddef>
#include <string>

namespace iam::authz {

inline constexpr std::size_t noBound = static_cast<std::size_t>(-1);

/// The most runes that a text which matches can have; noBound when there is no such number, also when the pattern does
/// not end with an assertion of the end.
[[nodiscard]] std::size_t longestText(const Node& root);

/// How many places of the pattern take more than one rune or branch, with counted repetitions written out.
[[nodiscard]] std::size_t choices(const Node& root);

/// Whether a rune is repeated without a small bound inside look-around or an atomic group.
[[nodiscard]] bool scansInLookAround(const Node& root);

/// About how many places RE2's program has, with counted repetitions written out; at most about a million.
[[nodiscard]] std::size_t programSize(const Node& root, const Spelling& spelling);

/// The pieces of the tree.
[[nodiscard]] std::size_t nodes(const Node& root);

/// Text that every match begins with, or ends with (before a final line feed); perhaps not all of it. In bytes of the
/// text as it was given: U+FFFD, which also stands for what is no UTF-8, ends it.
[[nodiscard]] std::string textBegin(const Node& root);
[[nodiscard]] std::string textEnd(const Node& root);

} // namespace iam::authz
