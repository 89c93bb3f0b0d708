// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace iam::authz {

/// A regular expression as Go 1.19's regexp package reads it. Immutable, any number of threads.
class Expression {
public:
    /// Nothing when Go would not take it; `why` then says so in a few words.
    [[nodiscard]] static std::optional<Expression> compile(const std::string& expression, std::string& why);

    /// Whether it matches anywhere in `text`. False when that takes more than the effort, which is spent then.
    [[nodiscard]] bool matches(std::string_view text, Effort& effort) const;

private:
    explicit Expression(std::shared_ptr<const re2::RE2> compiled)
        : m_compiled(std::move(compiled))
    {
    }

    std::shared_ptr<const re2::RE2> m_compiled;
};

} // namespace iam::authz
