// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace iam::authz {

/// A text that patterns are matched against, with what they ask of it worked out once. The text must outlive it. One
/// thread.
class Needle {
public:
    explicit Needle(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::string_view text() const noexcept { return m_text; }
    /// What is found out about all of the text is charged when it is asked first.
    [[nodiscard]] bool isAscii(Effort& effort);
    [[nodiscard]] bool isUtf8(Effort& effort);

    /// What a pattern whose answer took work said of this text before. Many policies share their patterns.
    [[nodiscard]] std::optional<bool> answerOf(const void* pattern) const
    {
        const auto found = m_answers.find(pattern);
        return found == m_answers.end() ? std::nullopt : std::optional(found->second);
    }
    void keepAnswer(const void* pattern, bool matches) { m_answers.emplace(pattern, matches); }

private:
    std::string_view m_text;
    std::optional<bool> m_isAscii;
    std::optional<bool> m_isUtf8;
    std::unordered_map<const void*, bool> m_answers;
};

} // namespace iam::authz
