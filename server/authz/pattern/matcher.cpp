// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include "authz/pattern/measure.h"

namespace iam::authz {

namespace {

// RE2's automaton stays small when few places of the pattern are ambiguous, and then the time does not depend on the
// size of the program. Otherwise it may fall back to a simulation whose every rune costs the whole program.
constexpr std::size_t maxHarmlessChoices = 8;
constexpr std::size_t harmlessSteps = std::size_t{1} << 28;
constexpr std::size_t asciiSteps = std::size_t{1} << 22;
constexpr std::size_t unicodeSteps = std::size_t{1} << 26;

// A repeated set runs over the text in one step of PCRE2; inside look-around it can do so again and again.
constexpr std::size_t mostBacktracking = 50'000;
constexpr std::size_t scanningWork = std::size_t{1} << 22;

} // namespace

tl::expected<std::unique_ptr<const Matcher>, std::string> compilePattern(const Node& root, Alphabet alphabet)
{
    MatchBudget budget;
    if (choices(root) <= maxHarmlessChoices)
        budget.linearSteps = harmlessSteps;
    else
        budget.linearSteps = alphabet == Alphabet::Ascii ? asciiSteps : unicodeSteps;
    budget.backtrackingSteps = mostBacktracking;
    budget.backtrackingWork = scansInLookAround(root) ? scanningWork : mostBacktracking * (maxBacktrackingText + 1);

    if (!needsBacktracking(root))
        if (auto matcher = compileRe2(toRe2(root, alphabet), budget)) return matcher;
    std::string why;
    if (auto matcher = compilePcre2(toPcre2(root, alphabet), budget, why)) return matcher;
    return tl::unexpected(why);
}

} // namespace iam::authz
