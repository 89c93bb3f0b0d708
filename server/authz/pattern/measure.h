// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/node.h"
#include <cstddef>

namespace iam::authz {

inline constexpr std::size_t noBound = static_cast<std::size_t>(-1);

/// The most runes that a text which matches can have; noBound when there is no such number, also when the pattern does
/// not end with an assertion of the end.
[[nodiscard]] std::size_t longestText(const Node& root);

/// How many places of the pattern take more than one rune or branch, with counted repetitions written out.
[[nodiscard]] std::size_t choices(const Node& root);

/// Whether a rune is repeated without a small bound inside look-around or an atomic group.
[[nodiscard]] bool scansInLookAround(const Node& root);

} // namespace iam::authz
