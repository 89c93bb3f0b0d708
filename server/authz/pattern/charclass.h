// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/runetest.h"
#include "authz/unicode/runeset.h"
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

/// What stands between [ and ], or a single \w, while it is read. Kept apart from RuneSet because the order of the
/// named classes counts: the first negated one decides and hides those behind it, as in the grammar's .NET ancestor.
class CharClass {
public:
    static CharClass word(bool negated);
    static CharClass space(bool negated);
    static CharClass digit(bool negated);
    static CharClass any();

    void addRune(char32_t rune) { addRange(rune, rune); }
    void addRange(char32_t first, char32_t last);
    /// \w \s \d inside brackets.
    void addWord(bool negated) { addNamed(wordName, negated); }
    void addSpace(bool negated) { addNamed(spaceName, negated); }
    void addDigit(bool negated) { addNamed("Nd", negated); }
    /// \p{name}; the name must be known to namedRunes(). Upper, lower and title case are one when case is ignored.
    void addCategory(const std::string& name, bool negated, bool ignoreCase);
    /// [:name:]; false when there is no such class.
    [[nodiscard]] bool addPosix(std::string_view name, bool negated);
    void setSubtracted(CharClass subtracted);
    void negate() { m_negated = true; }
    /// For matching against lower-cased text.
    void addLowerCase();
    /// Takes the members of another mergeable class in.
    void add(const CharClass& other);

    [[nodiscard]] bool isMergeable() const { return !m_negated && !m_subtracted; }
    /// Written with nothing but one rune: [a]; with `isNegatedSingle`: [^a].
    [[nodiscard]] bool isSingle() const { return !m_negated && holdsOneRune(); }
    [[nodiscard]] bool isNegatedSingle() const { return m_negated && holdsOneRune(); }
    [[nodiscard]] char32_t firstRune() const { return ranges().front().first; }
    [[nodiscard]] RuneSet members() const;
    /// The same set in the quicker form; nothing when that cannot hold it.
    [[nodiscard]] std::optional<RuneTest> test() const;

private:
    struct Named {
        std::string name;
        bool negated;
    };
    static constexpr const char* wordName = "\\w";
    static constexpr const char* spaceName = "\\s";

    void addNamed(const std::string& name, bool negated);
    [[nodiscard]] const std::vector<RuneRange>& ranges() const;
    [[nodiscard]] bool holdsOneRune() const;

    mutable std::vector<RuneRange> m_ranges; // ranges() puts them in order and merges them; surrogates are allowed
    mutable bool m_merged = true;
    std::vector<Named> m_named; // in the order written
    std::shared_ptr<const CharClass> m_subtracted;
    bool m_negated = false;
    bool m_anything = false;
};

} // namespace iam::authz
