// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/matcher.h"
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace iam::authz {

/// One list entry with `<…>` in it: literal text around regular expressions. Text and expressions together must match
/// the whole needle; an end may lie before a final line feed. Read when first asked and compiled when a needle first
/// begins like it; any number of threads.
class Template {
public:
    explicit Template(std::string entry);
    ~Template();

    [[nodiscard]] const std::string& entry() const noexcept { return m_entry; }

    /// LimitReached stands for every kind of failure here; `fault` then says why. A template that is not valid fails
    /// with every needle.
    [[nodiscard]] MatchResult match(const std::string& needle, std::string& fault) const;

    /// Why the entry is no valid template, or nothing. Compiles it.
    [[nodiscard]] static std::optional<std::string> check(const std::string& entry);

private:
    struct Form {
        std::once_flag once;
        std::unique_ptr<const Matcher> matcher;
        std::string fault;
        std::size_t longestText = 0;
    };
    const Form& form(Alphabet alphabet) const;

    std::string m_entry;
    // Each written inside its once-flag, then constant.
    mutable std::once_flag m_readOnce;
    mutable std::string m_fault;
    mutable Form m_ascii;
    mutable Form m_unicode;
};

/// Whether an entry is a template; others are literals.
[[nodiscard]] inline bool isTemplate(std::string_view entry)
{
    return entry.find('<') != std::string_view::npos;
}

/// Templates beyond this many bytes fail.
inline constexpr std::size_t maxTemplateBytes = 65'536;

} // namespace iam::authz
