// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/pattern/translation.h"
#include <cstddef>
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

/// What one match may cost. A longer text gets a smaller share per rune, so that the time has a bound.
struct MatchBudget {
    std::size_t linearSteps = 0;       ///< RE2: size of the program × length of the text
    std::size_t backtrackingSteps = 0; ///< PCRE2
    std::size_t backtrackingWork = 0; ///< PCRE2: steps × length of the text; at least minBacktrackingSteps are allowed
};
inline constexpr std::size_t minBacktrackingSteps = 100;
inline constexpr std::size_t maxBacktrackingText = 65'536; ///< bytes; longer texts are LimitReached at once

/// A compiled pattern. Immutable, any number of threads.
class Matcher {
public:
    virtual ~Matcher() = default;
    /// Searches for the pattern anywhere in `text`, which must be UTF-8. LimitReached also when the effort is spent.
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
                                                                                       Alphabet alphabet);

/// The two engines by themselves; null when the engine does not take the expression. `why` is its own word for it.
[[nodiscard]] std::unique_ptr<const Matcher> compileRe2(const std::string& expression, const MatchBudget& budget);
[[nodiscard]] std::unique_ptr<const Matcher> compilePcre2(const std::string& expression, const MatchBudget& budget,
                                                          std::string& why);

} // namespace iam::authz
