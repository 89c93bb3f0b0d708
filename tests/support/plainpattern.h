// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/dice.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::support {

/// Regular expressions the plain way, for judging the engine: no code of the engine, no library. It knows a part of the
/// grammar only (runes, `.`, classes, \d \w \s \D \W \S, groups, alternatives, quantifiers, (?i) (?s) (?m), look-ahead,
/// ^ $ \A \z \Z \b \B) and only the runes that plainRunes() lists; anything else ends the program with a message, so
/// that a test cannot pass by not understanding.
class PlainPattern {
public:
    enum class Dialect {
        Template, ///< classes are Unicode's, case by the lower case form, $ also before a last line feed
        Go,       ///< classes are ASCII's, $ only at the end
    };

    /// One list entry with `<` in it, or a reason why it is none.
    static PlainPattern ofTemplate(const std::string& entry);
    /// An expression that may match anywhere.
    static PlainPattern ofExpression(const std::string& expression);

    /// The reason as a decision shows it; empty: the pattern is good.
    [[nodiscard]] const std::string& fault() const noexcept { return m_fault; }
    [[nodiscard]] bool matches(const std::string& text) const;
    /// A text that probably matches: look-ahead and boundaries are not heeded.
    [[nodiscard]] std::string sample(Dice& dice) const;

    struct Piece;

private:
    std::vector<Piece> m_pieces;
    bool m_anywhere = false;
    std::string m_fault;
};

using PlainText = std::u32string;

/// A piece matches from a place in the text to some other places.
struct PlainPattern::Piece {
    enum class Kind { Rune, Any, Class, Group, Repeat, Ahead, Start, End, LineStart, LineEnd, LastEnd, Edge, NoEdge };
    static constexpr unsigned noLimit = ~0U;

    Kind kind = Kind::Rune;
    Dialect dialect = Dialect::Template;
    bool ignoresCase = false;
    bool negated = false;
    bool takesLineFeed = false; // Any
    unsigned least = 0;
    unsigned most = 0;
    char32_t rune = 0;
    struct Range {
        char32_t first;
        char32_t last;
    };
    std::vector<Range> ranges;              // Class
    std::u32string named;                   // Class: of d, w, s
    std::vector<std::vector<Piece>> bodies; // Group, Ahead: the alternatives; Repeat: one body of one piece

    [[nodiscard]] bool takes(char32_t of) const; // Rune, Any, Class
};

/// Every rune that patterns and texts of the comparison are made of, but for those below 0x80.
[[nodiscard]] const std::u32string& plainRunes();
[[nodiscard]] PlainText decodePlain(const std::string& utf8);
[[nodiscard]] std::string encodePlain(const PlainText& runes);

/// Parts of templates that are not valid, with the words for it.
struct BrokenPart {
    std::string part;
    std::string what;
};
[[nodiscard]] const std::vector<BrokenPart>& brokenParts();

} // namespace iam::support
