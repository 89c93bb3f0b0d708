// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/node.h"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

/// The characters of a pattern with the position in them, the options in force and the groups that are known: what
/// the parser's two passes (counting groups, building the tree) share. Functions that can fail return nothing and
/// leave the reason in fault().
class Scanner {
public:
    struct Options {
        bool ignoreCase = false;     // i
        bool multiline = false;      // m
        bool explicitGroups = false; // n
        bool singleLine = false;     // s
        bool extended = false;       // x
    };

    explicit Scanner(std::string_view pattern);

    [[nodiscard]] const std::string& fault() const { return m_fault; }

protected:
    [[nodiscard]] std::size_t left() const { return m_runes.size() - m_position; }
    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const { return m_runes[m_position + ahead]; }
    char32_t take() { return m_runes[m_position++]; }
    [[nodiscard]] bool isNext(char32_t rune) const { return left() > 0 && peek() == rune; }
    [[nodiscard]] std::u32string_view taken(std::size_t from) const
    {
        return std::u32string_view(m_runes).substr(from, m_position - from);
    }

    /// Records why; always false.
    bool fail(std::string_view reason);
    bool refuse(std::string_view what);
    void forgive() { m_fault.clear(); }

    bool skipBlank(); ///< comments and, in extended mode, white space
    [[nodiscard]] bool isQuantifierHere() const;
    std::optional<int> takeDecimal();
    std::u32string takeName();
    void takeOptions();
    std::optional<char32_t> takeCharEscape();
    /// Behind the backslash. Without `build` the result means nothing and references are not looked up.
    NodePtr takeEscape(bool build);
    /// Behind the opening bracket.
    std::optional<CharClass> takeClass(bool ignoreCase, bool build);

    /// The first pass: which group numbers and names there are.
    bool countGroups();
    [[nodiscard]] bool isGroup(int number) const { return m_groups.contains(number); }
    [[nodiscard]] bool isGroupName(const std::u32string& name) const { return m_names.contains(name); }

    std::u32string m_runes;
    std::size_t m_position = 0;
    Options m_options;
    std::vector<Options> m_savedOptions;
    bool m_ignoreNextParenthesis = false;

private:
    NodePtr takeReferenceOrChar(bool build);
    std::optional<std::string> takeProperty();
    char32_t takeOctal();
    std::optional<char32_t> takeHex(int digits);
    std::optional<char32_t> takeHexInBraces();
    std::optional<char32_t> takeControl();
    bool takeClassEscape(CharClass& made, bool inRange, bool ignoreCase, bool build, bool& handled, char32_t& rune);
    bool countGroupOpening();
    bool countNamedGroup();
    void noteName(std::u32string name);

    std::string m_pattern;
    std::string m_fault;
    std::set<int> m_groups;
    std::set<std::u32string> m_names;
    std::vector<std::u32string> m_nameOrder;
    int m_nextGroup = 1;
    int m_classDepth = 0;
    static constexpr int maxClassDepth = 50;
};

/// Categories of ASCII characters in the grammar.
[[nodiscard]] bool isBlankRune(char32_t rune);
[[nodiscard]] bool isQuantifierRune(char32_t rune);
/// Ends a run of ordinary characters.
[[nodiscard]] bool isSpecialRune(char32_t rune);

} // namespace iam::authz
