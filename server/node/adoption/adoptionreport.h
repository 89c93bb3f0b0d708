// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoption.h"
#include <string>

namespace iam::node {

/// For people: counts, and the first findings of each kind.
[[nodiscard]] std::string checkText(const AdoptionCheck& check);

/// For programs:
/// {"place","form":"old"|"ours"|"empty"|"unknown","takenOver","tables":[{"name","rows","nextId","collation",
/// "engine"}],"users":{"disabled","administrators","neverLoggedIn"},"passwords":{"bcryptCosts":{"10":5},"unusable",
/// "untouchedForAYear","untouchedForThreeYears","oldest"},"charset":{"wideColumns":[…],"textsBeyondThreeBytes"},
/// "notes":["…"],"undecided","findings":[{"key","table","id","kind","about","message","choices":[…],"proposal"}]};
/// without the old form only the first three.
[[nodiscard]] std::string checkJson(const AdoptionCheck& check);

} // namespace iam::node
