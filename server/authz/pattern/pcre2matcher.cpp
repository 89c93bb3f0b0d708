// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include <algorithm>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace iam::authz {

namespace {

constexpr std::uint32_t maxHeapKiB = 16 * 1024;
constexpr std::int64_t pcre2SearchSteps = 50;
constexpr std::int64_t scannedBytesPerStep = 8;
constexpr std::int64_t firstPcre2Steps = 32;
constexpr std::int64_t pcre2Growth = 8;
constexpr std::int64_t minPcre2Steps = 60;
constexpr std::int64_t maxPcre2Steps = 50'000;
constexpr std::int64_t maxPcre2Work = Effort::decision * 3 / 8; // beside it, the tries before

struct FreeCode {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatchData {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeMatchContext {
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

class Pcre2Matcher final : public Matcher {
public:
    Pcre2Matcher(std::unique_ptr<pcre2_code, FreeCode> code, const MatchBudget& budget)
        : m_code(std::move(code))
        , m_budget(budget)
    {
    }

    std::size_t bytes() const override
    {
        std::size_t bytes = 0;
        pcre2_pattern_info(m_code.get(), PCRE2_INFO_SIZE, &bytes);
        return bytes;
    }

    // The engine does not say how many steps it took. So it begins with few, which nearly always are enough, and what
    // was allowed is what is charged.
    MatchResult search(std::string_view text, Effort& effort) const override
    {
        if (text.size() > maxBacktrackingText) return MatchResult::LimitReached;
        const auto size = static_cast<std::int64_t>(text.size());
        const std::int64_t step = m_budget.backtrackingStep + (m_budget.scans ? size / scannedBytesPerStep : 0);
        const std::int64_t most = std::clamp(maxPcre2Work / step, minPcre2Steps, maxPcre2Steps);
        const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create(1, nullptr));
        const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
        if (!data || !context) return MatchResult::LimitReached;
        pcre2_set_heap_limit(context.get(), maxHeapKiB);
        for (std::int64_t steps = most < firstPcre2Steps * pcre2Growth ? most : firstPcre2Steps;;
             steps = std::min(steps * pcre2Growth, most)) {
            if (!effort.spend(pcre2SearchSteps + size / scannedBytesPerStep + steps * step))
                return MatchResult::LimitReached;
            pcre2_set_match_limit(context.get(), static_cast<std::uint32_t>(steps));
            const int found = pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0,
                                          PCRE2_NO_UTF_CHECK, data.get(), context.get());
            if (found >= 0) return MatchResult::Yes;
            if (found == PCRE2_ERROR_NOMATCH) return MatchResult::No;
            if (found != PCRE2_ERROR_MATCHLIMIT || steps == most) return MatchResult::LimitReached;
        }
    }

private:
    std::unique_ptr<pcre2_code, FreeCode> m_code;
    MatchBudget m_budget;
};

} // namespace

std::unique_ptr<const Matcher> compilePcre2(const std::string& expression, Alphabet::Form form,
                                            const MatchBudget& budget, std::string& why)
{
    // Without the automatic possessive repeats every character that is gone back over counts as a step.
    std::uint32_t options =
        PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE | PCRE2_NO_AUTO_POSSESS | PCRE2_DOLLAR_ENDONLY;
    if (form == Alphabet::Form::Utf8) options |= PCRE2_UTF;
    int error = 0;
    PCRE2_SIZE place = 0;
    std::unique_ptr<pcre2_code, FreeCode> code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()),
                                                             expression.size(), options, &error, &place, nullptr));
    if (!code) {
        PCRE2_UCHAR message[160] = {};
        pcre2_get_error_message(error, message, sizeof(message) - 1);
        why = reinterpret_cast<const char*>(message);
        return nullptr;
    }
    return std::make_unique<const Pcre2Matcher>(std::move(code), budget);
}

} // namespace iam::authz
