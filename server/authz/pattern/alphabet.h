// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

/// What an expression is written in: the ASCII characters, and one letter from U+0080 on for each class of the other
/// code points that the expression does not tell apart. Immutable, any number of threads.
class Alphabet {
public:
    /// Code points from `first` up to the next run, all of one class.
    struct Run {
        char32_t first;
        char32_t letter;
    };
    /// How a text in letters is stored: few letters are a byte each, other than 0xFF.
    enum class Form { Bytes, Utf8 };

    /// `runs`: ascending, the first begins at U+0080. The letters are letter(0) to letter(letters - 1).
    Alphabet(std::vector<Run> runs, std::size_t letters);
    static char32_t letter(std::size_t number);

    [[nodiscard]] std::size_t letters() const noexcept { return m_letters; }
    [[nodiscard]] Form form() const noexcept { return m_letters < 0x80 ? Form::Bytes : Form::Utf8; }
    /// Of a code point that is no surrogate.
    [[nodiscard]] char32_t letterOf(char32_t rune) const;
    /// `text` in letters, of which U+FFFD is one for every byte that is no UTF-8. Needed for what is not ASCII alone.
    /// False when the effort is spent.
    [[nodiscard]] bool spell(std::string_view text, Effort& effort, std::string& out) const;
    /// The memory it takes.
    [[nodiscard]] std::size_t bytes() const noexcept { return m_runs.size() * sizeof(Run); }

private:
    [[nodiscard]] const Run* runOf(char32_t rune) const;

    std::vector<Run> m_runs; // and one behind the last
    std::size_t m_letters;
};

} // namespace iam::authz
