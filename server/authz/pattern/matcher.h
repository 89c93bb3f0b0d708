// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/pattern/translation.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace iam::authz {

enum class MatchResult {
    No,
    Yes,
    LimitReached, ///< undecided: the work it takes is beyond the budget. Never to be taken for No.
};

/// What one match costs and may cost, in steps of an Effort.
struct MatchBudget {
    std::int64_t linearStepsPerKiB = 0; ///< RE2
    std::int64_t linearSteps = 0;       ///< RE2: more are LimitReached
    std::int64_t backtrackingStep = 0;  ///< PCRE2: of one of its own steps, beside the scanning
    bool scans = false;                 ///< PCRE2: one of its steps can run over the whole text
};
inline constexpr std::size_t maxBacktrackingText = 65'536; ///< bytes; longer texts are LimitReached at once

/// A compiled pattern. Immutable, any number of threads.
class Matcher {
public:
    virtual ~Matcher() = default;
    /// Searches for the pattern anywhere in `text`, which is in the letters of the pattern's alphabet. LimitReached
    /// also when the effort is spent.
    [[nodiscard]] virtual MatchResult search(std::string_view text, Effort& effort) const = 0;
    /// The memory it takes at most.
    [[nodiscard]] virtual std::size_t bytes() const = 0;

    Matcher(const Matcher&) = delete;
    Matcher& operator=(const Matcher&) = delete;

protected:
    Matcher() = default;
};

/// By RE2 (linear time) where it can, by PCRE2 (with a step limit) otherwise. Fails with the reason when neither can.
[[nodiscard]] tl::expected<std::unique_ptr<const Matcher>, std::string> compilePattern(const Node& root,
                                                                                       const Spelling& spelling);
/// What spelling and compilePattern() cost within a decision, in steps of an Effort.
[[nodiscard]] std::int64_t costOfCompiling(const Node& root, const Spelling& spelling);
/// Whether RE2 takes it for certain, and no text is too much for it.
[[nodiscard]] bool neverReachesLimit(const Node& root);

/// The two engines by themselves; null when the engine does not take the expression. `form`: of the texts;
/// `size`: an estimate of programSize(); `why` is the engine's own word.
[[nodiscard]] std::unique_ptr<const Matcher> compileRe2(const std::string& expression, Alphabet::Form form,
                                                        const MatchBudget& budget, std::size_t size);
[[nodiscard]] std::unique_ptr<const Matcher> compilePcre2(const std::string& expression, Alphabet::Form form,
                                                          const MatchBudget& budget, std::string& why);

} // namespace iam::authz
