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
constexpr std::int64_t asciiStepsPerKiB = 400; // of each place of the program
constexpr std::int64_t unicodeStepsPerKiB = 800;
constexpr std::int64_t maxLinearSteps = Effort::decision * 5 / 8;

constexpr std::size_t maxProgramSize = 30'000;   // takes fifteen milliseconds to compile
constexpr std::size_t maxQuickProgramSize = 500; // takes a quarter of one
constexpr std::int64_t compilingSteps = 10'000;
constexpr std::int64_t compilingStepsPerPlace = 150;

constexpr std::int64_t asciiBacktrackingStep = 13;
constexpr std::int64_t unicodeBacktrackingStep = 26;

bool isForRe2(const Node& root, std::size_t size)
{
    return size <= maxProgramSize && !needsBacktracking(root);
}

} // namespace

tl::expected<std::unique_ptr<const Matcher>, std::string> compilePattern(const Node& root, Alphabet alphabet,
                                                                         Compiling when)
{
    MatchBudget budget;
    if (choices(root) <= maxHarmlessChoices) {
        budget.linearStepsPerKiB = harmlessStepsPerKiB;
        budget.linearSteps = std::numeric_limits<std::int64_t>::max();
    } else {
        const auto size = static_cast<std::int64_t>(std::min(programSize(root, Alphabet::Ascii), maxProgramSize));
        budget.linearStepsPerKiB = (alphabet == Alphabet::Ascii ? asciiStepsPerKiB : unicodeStepsPerKiB) * size;
        budget.linearSteps = maxLinearSteps;
    }
    budget.backtrackingStep = alphabet == Alphabet::Ascii ? asciiBacktrackingStep : unicodeBacktrackingStep;
    budget.scans = scansInLookAround(root);

    const std::size_t size = programSize(root, alphabet);
    const auto linear = [&] { return compileRe2(toRe2(root, alphabet), budget, size); };
    const bool forRe2 = isForRe2(root, size);
    const bool forRe2Now = forRe2 && (when == Compiling::Ahead || size <= maxQuickProgramSize);
    if (forRe2Now)
        if (auto matcher = linear()) return matcher;
    std::string why;
    if (auto matcher = compilePcre2(toPcre2(root, alphabet), budget, why)) return matcher;
    if (forRe2 && !forRe2Now)
        if (auto matcher = linear()) return matcher;
    return tl::unexpected(why);
}

std::int64_t costOfCompiling(const Node& root, Alphabet alphabet)
{
    return compilingSteps + compilingStepsPerPlace *
                                static_cast<std::int64_t>(std::min(programSize(root, alphabet), maxQuickProgramSize));
}

bool neverReachesLimit(const Node& root)
{
    return choices(root) <= maxHarmlessChoices && nodes(root) <= maxHarmlessNodes &&
           isForRe2(root, programSize(root, Alphabet::Unicode));
}

} // namespace iam::authz
