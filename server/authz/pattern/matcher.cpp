// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include "authz/pattern/measure.h"
#include <algorithm>
#include <limits>

namespace iam::authz {

namespace {

// RE2's automaton stays small when few places of the pattern are ambiguous, and then the time does not depend on the
// size of the program. Otherwise it may build a new state or simulate the whole program at every byte.
constexpr std::size_t maxHarmlessChoices = 8;
constexpr std::size_t maxHarmlessNodes = 1'000;
constexpr std::int64_t harmlessStepsPerKiB = 256;
constexpr std::int64_t programStepsPerKiB = 760; // of each place of the program
constexpr std::int64_t maxLinearSteps = Effort::decision * 5 / 8;

constexpr std::size_t maxProgramSize = 30'000; // takes fifteen milliseconds to compile
constexpr std::int64_t compilingSteps = 10'000;
constexpr std::int64_t compilingStepsPerPlace = 60;
constexpr std::int64_t spellingSteps = 4; // of each interval

constexpr std::int64_t byteBacktrackingStep = 13;
constexpr std::int64_t utf8BacktrackingStep = 26;

} // namespace

tl::expected<std::unique_ptr<const Matcher>, std::string> compilePattern(const Node& root, const Spelling& spelling)
{
    const std::size_t size = programSize(root, spelling);
    const Alphabet::Form form = spelling.alphabet().form();
    MatchBudget budget;
    if (choices(root) <= maxHarmlessChoices) {
        budget.linearStepsPerKiB = harmlessStepsPerKiB;
        budget.linearSteps = std::numeric_limits<std::int64_t>::max();
    } else {
        budget.linearStepsPerKiB = programStepsPerKiB * static_cast<std::int64_t>(std::min(size, maxProgramSize));
        budget.linearSteps = maxLinearSteps;
    }
    budget.backtrackingStep = form == Alphabet::Form::Bytes ? byteBacktrackingStep : utf8BacktrackingStep;
    budget.scans = scansInLookAround(root);
    if (size <= maxProgramSize && !needsBacktracking(root))
        if (auto matcher = compileRe2(toRe2(root, spelling), form, budget, size)) return matcher;
    std::string why;
    if (auto matcher = compilePcre2(toPcre2(root, spelling), form, budget, why)) return matcher;
    return tl::unexpected(why);
}

std::int64_t costOfCompiling(const Node& root, const Spelling& spelling)
{
    return compilingSteps + compilingStepsPerPlace * static_cast<std::int64_t>(programSize(root, spelling)) +
           spellingSteps * static_cast<std::int64_t>(spelling.work());
}

bool neverReachesLimit(const Node& root)
{
    // So few choices and nodes make a program that is not too large, whatever they are.
    return choices(root) <= maxHarmlessChoices && nodes(root) <= maxHarmlessNodes && !needsBacktracking(root);
}

} // namespace iam::authz
