// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/spelling.h"
#include <string>

namespace iam::authz {

/// Whether the pattern has what RE2 has no word for: look-around, atomic groups, Unicode word boundaries, an end of
/// text that is asserted in the middle, or more than a thousand repetitions.
[[nodiscard]] bool needsBacktracking(const Node& root);

/// The pattern for RE2 (default flags), for texts in the letters of the spelling; a match is a match of the whole
/// search, captures are dropped. Only for patterns that do not need backtracking.
[[nodiscard]] std::string toRe2(const Node& root, const Spelling& spelling);
/// The pattern for PCRE2; order and laziness are kept, because atomic groups can see them.
[[nodiscard]] std::string toPcre2(const Node& root, const Spelling& spelling);

} // namespace iam::authz
