// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/node.h"
#include <string>

namespace iam::authz {

/// Whether the pattern has what RE2 has no word for: look-around, atomic groups, Unicode word boundaries, an end of
/// text that is asserted in the middle, or more than a thousand repetitions.
[[nodiscard]] bool needsBacktracking(const Node& root);

/// The texts that a translation is for. Most texts are ASCII, and an expression for them alone is many times smaller.
enum class Alphabet { Ascii, Unicode };

/// The pattern for RE2 (UTF-8, default flags); a match is a match of the whole search, captures are dropped. Only for
/// patterns that do not need backtracking.
[[nodiscard]] std::string toRe2(const Node& root, Alphabet alphabet);
/// The pattern for PCRE2 (UTF); order and laziness are kept, because atomic groups can see them.
[[nodiscard]] std::string toPcre2(const Node& root, Alphabet alphabet);

} // namespace iam::authz
