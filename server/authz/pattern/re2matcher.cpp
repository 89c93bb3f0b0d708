// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include <re2/re2.h>

namespace iam::authz {

namespace {

class Re2Matcher final : public Matcher {
public:
    Re2Matcher(const std::string& expression, const RE2::Options& options, std::size_t maxSteps)
        : m_expression(expression, options)
        , m_maxSteps(maxSteps)
    {
    }

    [[nodiscard]] bool ok() const { return m_expression.ok(); }

    std::size_t bytes() const override { return static_cast<std::size_t>(m_expression.options().max_mem()); }

    MatchResult search(std::string_view text, Effort& effort) const override
    {
        if (!effort.spend(20 + static_cast<std::int64_t>(text.size()))) return MatchResult::LimitReached;
        // Only what RE2 does when its automaton outgrows its memory costs this much; but then it does.
        if (static_cast<std::size_t>(m_expression.ProgramSize()) * (text.size() + 1) > m_maxSteps)
            return MatchResult::LimitReached;
        const re2::StringPiece piece(text.data(), text.size());
        return m_expression.Match(piece, 0, text.size(), RE2::UNANCHORED, nullptr, 0) ? MatchResult::Yes
                                                                                      : MatchResult::No;
    }

private:
    RE2 m_expression;
    std::size_t m_maxSteps;
};

} // namespace

std::unique_ptr<const Matcher> compileRe2(const std::string& expression, const MatchBudget& budget)
{
    // Most templates are small; the larger budget is for long repetitions of Unicode classes.
    for (const std::int64_t memory : {std::int64_t{1} << 20, std::int64_t{1} << 23}) {
        RE2::Options options;
        options.set_max_mem(memory);
        options.set_log_errors(false);
        options.set_never_capture(true);
        auto matcher = std::make_unique<const Re2Matcher>(expression, options, budget.linearSteps);
        if (matcher->ok()) return matcher;
    }
    return nullptr;
}

} // namespace iam::authz
