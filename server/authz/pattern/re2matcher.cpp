// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include <limits>
#include <re2/re2.h>

namespace iam::authz {

namespace {

constexpr std::int64_t re2SearchSteps = 20;

class Re2Matcher final : public Matcher {
public:
    Re2Matcher(const std::string& expression, const RE2::Options& options, const MatchBudget& budget)
        : m_expression(expression, options)
        , m_budget(budget)
    {
    }

    [[nodiscard]] bool ok() const { return m_expression.ok(); }

    MatchResult search(std::string_view text, Effort& effort) const override
    {
        const auto size = static_cast<std::int64_t>(text.size());
        const std::int64_t cost = re2SearchSteps + size * m_budget.linearStepsPerKiB / 1024;
        if (cost > m_budget.linearSteps || !effort.spend(cost)) return MatchResult::LimitReached;
        const re2::StringPiece piece(text.data(), text.size());
        return m_expression.Match(piece, 0, text.size(), RE2::UNANCHORED, nullptr, 0) ? MatchResult::Yes
                                                                                      : MatchResult::No;
    }

    std::size_t bytes() const override { return static_cast<std::size_t>(m_expression.options().max_mem()); }

private:
    RE2 m_expression;
    MatchBudget m_budget;
};

// Less memory than this for a program of that size, and RE2 cannot use its automaton.
struct Re2Memory {
    std::size_t size;
    std::int64_t bytes;
};
constexpr Re2Memory re2Memories[] = {{60, std::int64_t{1} << 16},
                                     {300, std::int64_t{1} << 18},
                                     {2'000, std::int64_t{1} << 20},
                                     {std::numeric_limits<std::size_t>::max(), std::int64_t{1} << 23}};

} // namespace

std::unique_ptr<const Matcher> compileRe2(const std::string& expression, Alphabet::Form form, const MatchBudget& budget,
                                          std::size_t size)
{
    for (const Re2Memory& memory : re2Memories) {
        if (memory.size < size) continue;
        RE2::Options options;
        options.set_max_mem(memory.bytes);
        options.set_log_errors(false);
        options.set_never_capture(true);
        if (form == Alphabet::Form::Bytes) options.set_encoding(RE2::Options::EncodingLatin1);
        auto matcher = std::make_unique<const Re2Matcher>(expression, options, budget);
        if (matcher->ok()) return matcher;
    }
    return nullptr;
}

} // namespace iam::authz
