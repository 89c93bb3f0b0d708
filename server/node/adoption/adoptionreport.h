// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoption.h"
#include <string>

namespace iam::node {

/// For people: counts, and the first findings of each kind.
[[nodiscard]] std::string checkText(const AdoptionCheck& check);

/// For programs, one line:
/// {"place","form":"old"|"ours"|"empty"|"unknown","takenOver","steps":[{"step","note"}],
/// "tables":[{"name","rows","nextId","collation","engine"}],"users":{"disabled","administrators","neverLoggedIn"},"passwords":{"bcryptCosts":{"10":5},"unusable",
/// "untouchedForAYear","untouchedForThreeYears","oldest"},"charset":{"wideColumns":[…],"textsBeyondThreeBytes"},
/// "notes":["…"],"undecided","findings":[{"key","table","id","kind","about","message","choices":[…],"proposal"}]};
/// without the old form only the first four.
[[nodiscard]] std::string checkJson(const AdoptionCheck& check);

/// For people, without an end of line; empty: nothing to be said.
[[nodiscard]] std::string eventText(const AdoptionEvent& event);
/// For programs, one line: {"event":"told"|"begun"|"done"|"before","step","words","note"}.
[[nodiscard]] std::string eventJson(const AdoptionEvent& event);
/// The last line of a run: {"event":"finished"}, or
/// {"event":"failed","stopped","detail","faults":[{"field","message"}]}, where "stopped" says that it was asked to stop
/// between two steps.
[[nodiscard]] std::string endJson(const Result<>& end);

} // namespace iam::node
