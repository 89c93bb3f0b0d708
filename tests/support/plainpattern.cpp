// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plainpattern.h"
#include <bitset>
#include <cstdio>
#include <cstdlib>

namespace iam::support {

namespace {

using Piece = PlainPattern::Piece;
using Kind = Piece::Kind;
using Dialect = PlainPattern::Dialect;
using Sequence = std::vector<Piece>;

[[noreturn]] void giveUp(const char* why, const std::string& about)
{
    std::fprintf(stderr, "plain pattern: %s: %s\n", why, about.c_str());
    std::abort();
}

// What the comparison's runes beyond ASCII are.
struct KnownRune {
    char32_t rune;
    char32_t lower;
    bool word, digit, space;
};
constexpr KnownRune knownRunes[] = {
    {U'\u00E9', U'\u00E9', true, false, false},          // é
    {U'\u00C9', U'\u00E9', true, false, false},          // É
    {U'\u7528', U'\u7528', true, false, false},          // 用
    {U'\u6237', U'\u6237', true, false, false},          // 户
    {U'\u212A', U'k', true, false, false},               // the Kelvin sign
    {U'\u017F', U'\u017F', true, false, false},          // the long s
    {U'\u0663', U'\u0663', true, true, false},           // Arabic-Indic three
    {U'\u00A0', U'\u00A0', false, false, true},          // no-break space
    {U'\u0085', U'\u0085', false, false, true},          // next line
    {U'\u2028', U'\u2028', false, false, true},          // line separator
    {U'\U0001F600', U'\U0001F600', false, false, false}, // a face
    {U'\uFFFD', U'\uFFFD', false, false, false},
};

KnownRune known(char32_t rune)
{
    if (rune < 0x80) {
        const bool upper = rune >= 'A' && rune <= 'Z';
        const bool digit = rune >= '0' && rune <= '9';
        return {rune, upper ? rune - 'A' + 'a' : rune, upper || digit || (rune >= 'a' && rune <= 'z') || rune == '_',
                digit, rune == ' ' || (rune >= '\t' && rune <= '\r')};
    }
    for (const KnownRune& entry : knownRunes)
        if (entry.rune == rune) return entry;
    giveUp("a rune that it does not know", std::to_string(static_cast<unsigned>(rune)));
}

bool isIn(char32_t name, char32_t rune, Dialect dialect)
{
    if (dialect == Dialect::Go && (rune >= 0x80 || rune == '\v')) return false;
    const KnownRune entry = known(rune);
    return name == 'd' ? entry.digit : name == 'w' ? entry.word : entry.space;
}

// The patterns of the comparison are read from left to right, with a place.
class Reader {
public:
    Reader(const std::string& text, Dialect dialect)
        : m_text(text)
        , m_runes(decodePlain(text))
        , m_dialect(dialect)
    {
    }

    std::vector<Sequence> readAll()
    {
        std::vector<Sequence> bodies = readAlternatives({});
        if (m_place != m_runes.size()) refuse();
        return bodies;
    }

private:
    struct Options {
        bool i = false, s = false, m = false;
    };

    [[noreturn]] void refuse() const { giveUp("a pattern that it does not know", m_text); }
    [[nodiscard]] bool ended() const { return m_place == m_runes.size(); }
    [[nodiscard]] bool startsWith(std::u32string_view what) const
    {
        return std::u32string_view(m_runes).substr(m_place).starts_with(what);
    }
    bool skip(std::u32string_view what)
    {
        if (!startsWith(what)) return false;
        m_place += what.size();
        return true;
    }
    char32_t take()
    {
        if (ended()) refuse();
        return m_runes[m_place++];
    }

    Piece make(Kind kind, const Options& options) const
    {
        Piece piece;
        piece.kind = kind;
        piece.dialect = m_dialect;
        piece.ignoresCase = options.i;
        return piece;
    }

    // Up to the closing bracket or the end. Options hold to the end of the group, in later alternatives too.
    std::vector<Sequence> readAlternatives(Options options)
    {
        std::vector<Sequence> bodies(1);
        while (!ended() && !startsWith(U")")) {
            if (skip(U"|")) {
                bodies.emplace_back();
                continue;
            }
            if (startsWith(U"(?") && readOptions(options)) continue;
            Piece piece = readPiece(options);
            if (m_dialect == Dialect::Go && piece.kind == Kind::Ahead) refuse();
            readQuantifier(piece, options);
            bodies.back().push_back(std::move(piece));
        }
        return bodies;
    }

    // (?i) and the like. False, and nothing read, when a group stands there.
    bool readOptions(Options& options)
    {
        const std::size_t end = m_runes.find(U')', m_place);
        if (end == std::u32string::npos) refuse();
        const std::u32string_view inside = std::u32string_view(m_runes).substr(m_place + 2, end - m_place - 2);
        if (inside.empty() || inside.find_first_not_of(U"ism-") != std::u32string_view::npos) return false;
        setOptions(options, inside);
        m_place = end + 1;
        return true;
    }
    static void setOptions(Options& options, std::u32string_view names)
    {
        bool on = true;
        for (const char32_t name : names) {
            if (name == '-') on = false;
            if (name == 'i') options.i = on;
            if (name == 's') options.s = on;
            if (name == 'm') options.m = on;
        }
    }

    Piece readPiece(const Options& options)
    {
        if (startsWith(U"(")) return readGroup(options);
        if (skip(U"[")) return readClass(options);
        if (skip(U".")) {
            Piece any = make(Kind::Any, options);
            any.takesLineFeed = options.s;
            return any;
        }
        if (skip(U"^")) return make(options.m ? Kind::LineStart : Kind::Start, options);
        if (skip(U"$")) {
            const Kind end = m_dialect == Dialect::Go ? Kind::End : Kind::LastEnd;
            return make(options.m ? Kind::LineEnd : end, options);
        }
        if (skip(U"\\")) return readEscape(options);
        const char32_t rune = take();
        if (std::u32string_view(U"*+?{})]|").find(rune) != std::u32string_view::npos) refuse();
        Piece literal = make(Kind::Rune, options);
        literal.rune = rune;
        return literal;
    }

    Piece readEscape(const Options& options)
    {
        const char32_t name = take();
        Piece piece = make(Kind::Rune, options);
        piece.rune = name;
        switch (name) {
        case 'A':
            piece.kind = Kind::Start;
            return piece;
        case 'z':
            piece.kind = Kind::End;
            return piece;
        case 'Z':
            if (m_dialect == Dialect::Go) refuse();
            piece.kind = Kind::LastEnd;
            return piece;
        case 'b':
            piece.kind = Kind::Edge;
            return piece;
        case 'B':
            piece.kind = Kind::NoEdge;
            return piece;
        case 'd':
        case 'w':
        case 's':
        case 'D':
        case 'W':
        case 'S':
            piece.kind = Kind::Class;
            piece.negated = name < 'a';
            piece.named = std::u32string(1, name < 'a' ? name - 'A' + 'a' : name);
            return piece;
        case 'n':
            piece.rune = '\n';
            return piece;
        default:
            if (known(name).word) refuse();
            return piece;
        }
    }

    Piece readGroup(const Options& options)
    {
        Piece group = make(Kind::Group, options);
        Options inside = options;
        if (skip(U"(?=") || skip(U"(?!")) {
            group.kind = Kind::Ahead;
            group.negated = m_runes[m_place - 1] == '!';
        } else if (skip(U"(?")) {
            const std::size_t colon = m_runes.find(U':', m_place);
            const auto names = std::u32string_view(m_runes).substr(m_place, colon - m_place);
            if (colon == std::u32string::npos || names.find_first_not_of(U"ism-") != names.npos) refuse();
            setOptions(inside, names);
            m_place = colon + 1;
        } else {
            ++m_place;
        }
        group.bodies = readAlternatives(inside);
        if (!skip(U")")) refuse();
        return group;
    }

    Piece readClass(const Options& options)
    {
        Piece made = make(Kind::Class, options);
        made.negated = skip(U"^");
        while (!skip(U"]")) {
            char32_t first = take();
            if (first == '[') refuse();
            if (first == '\\') {
                first = take();
                if (first == 'd' || first == 'w' || first == 's') {
                    made.named += first;
                    continue;
                }
                if (first == 'n')
                    first = '\n';
                else if (known(first).word)
                    refuse();
            }
            char32_t last = first;
            if (startsWith(U"-") && m_place + 1 < m_runes.size() && m_runes[m_place + 1] != ']') {
                ++m_place;
                last = take();
                if (last < first || last >= 0x80 || last == '\\' || last == '[') refuse();
            }
            made.ranges.push_back({first, last});
        }
        return made;
    }

    void readQuantifier(Piece& piece, const Options& options)
    {
        Piece repeat = make(Kind::Repeat, options);
        if (skip(U"*"))
            repeat.most = Piece::noLimit;
        else if (skip(U"+")) {
            repeat.least = 1;
            repeat.most = Piece::noLimit;
        } else if (skip(U"?"))
            repeat.most = 1;
        else if (skip(U"{"))
            readCounts(repeat);
        else
            return;
        skip(U"?"); // lazy: the same texts match
        repeat.bodies = {{std::move(piece)}};
        piece = std::move(repeat);
    }
    void readCounts(Piece& repeat)
    {
        repeat.least = readNumber();
        repeat.most = repeat.least;
        if (skip(U",")) repeat.most = startsWith(U"}") ? Piece::noLimit : readNumber();
        if (!skip(U"}") || repeat.most < repeat.least) refuse();
    }
    unsigned readNumber()
    {
        if (ended() || m_runes[m_place] < '0' || m_runes[m_place] > '9') refuse();
        unsigned number = 0;
        while (!ended() && m_runes[m_place] >= '0' && m_runes[m_place] <= '9') number = number * 10 + (take() - '0');
        return number;
    }

    std::string m_text;
    std::u32string m_runes;
    Dialect m_dialect;
    std::size_t m_place = 0;
};

constexpr std::size_t longestText = 255;
using Places = std::bitset<longestText + 1>;

// All places of a text that a pattern can reach, step by step: no order of preference, nothing to go back over.
class Walk {
public:
    explicit Walk(PlainText text)
        : m_text(std::move(text))
    {
        if (m_text.size() > longestText) giveUp("a text longer than it takes", encodePlain(m_text));
    }

    [[nodiscard]] Places along(const Sequence& pieces, Places from) const
    {
        for (const Piece& piece : pieces) {
            if (from.none()) break;
            from = across(piece, from);
        }
        return from;
    }
    [[nodiscard]] std::size_t size() const { return m_text.size(); }

private:
    [[nodiscard]] Places across(const Piece& piece, const Places& from) const
    {
        Places to;
        switch (piece.kind) {
        case Kind::Rune:
        case Kind::Any:
        case Kind::Class:
            for (std::size_t i = 0; i < m_text.size(); ++i)
                if (from[i] && piece.takes(m_text[i])) to.set(i + 1);
            return to;
        case Kind::Group:
            for (const Sequence& body : piece.bodies) to |= along(body, from);
            return to;
        case Kind::Repeat:
            return repeated(piece, from);
        default:
            for (std::size_t i = 0; i <= m_text.size(); ++i)
                if (from[i] && holds(piece, i)) to.set(i);
            return to;
        }
    }

    [[nodiscard]] Places repeated(const Piece& piece, Places from) const
    {
        const Sequence& body = piece.bodies.front();
        for (unsigned i = 0; i < piece.least; ++i) from = along(body, from);
        Places reached = from;
        for (unsigned i = piece.least; i < piece.most; ++i) {
            from = along(body, from);
            if ((from & ~reached).none()) break; // nothing new can come of it
            reached |= from;
        }
        return reached;
    }

    [[nodiscard]] bool holds(const Piece& piece, std::size_t at) const
    {
        const std::size_t end = m_text.size();
        switch (piece.kind) {
        case Kind::Start:
            return at == 0;
        case Kind::End:
            return at == end;
        case Kind::LastEnd:
            return at == end || (at + 1 == end && m_text[at] == '\n');
        case Kind::LineStart:
            return at == 0 || m_text[at - 1] == '\n';
        case Kind::LineEnd:
            return at == end || m_text[at] == '\n';
        case Kind::Edge:
        case Kind::NoEdge: {
            const bool before = at > 0 && isIn('w', m_text[at - 1], piece.dialect);
            const bool behind = at < end && isIn('w', m_text[at], piece.dialect);
            return (before != behind) == (piece.kind == Kind::Edge);
        }
        default: { // Ahead
            Places from;
            from.set(at);
            for (const Sequence& body : piece.bodies)
                if (along(body, from).any()) return !piece.negated;
            return piece.negated;
        }
        }
    }

    PlainText m_text;
};

void appendSample(PlainText& out, const Sequence& pieces, Dice& dice);

void appendSample(PlainText& out, const Piece& piece, Dice& dice)
{
    switch (piece.kind) {
    case Kind::Rune:
        out += piece.rune;
        break;
    case Kind::Any:
    case Kind::Class: {
        for (int i = 0; i < 30; ++i) {
            const char32_t rune = dice.chance(30)   ? dice.pick(plainRunes())
                                  : dice.chance(60) ? static_cast<char32_t>('a' + dice.below(26))
                                                    : static_cast<char32_t>(' ' + dice.below(95));
            if (!piece.takes(rune)) continue;
            out += rune;
            return;
        }
        break;
    }
    case Kind::Group:
        appendSample(out, dice.pick(piece.bodies), dice);
        break;
    case Kind::Repeat: {
        unsigned times = piece.least;
        for (int i = 0; i < 3 && times < piece.most && dice.chance(50); ++i) ++times;
        for (unsigned i = 0; i < times && out.size() < 60; ++i) appendSample(out, piece.bodies.front(), dice);
        break;
    }
    default:
        break;
    }
}

void appendSample(PlainText& out, const Sequence& pieces, Dice& dice)
{
    for (const Piece& piece : pieces) appendSample(out, piece, dice);
}

// As Go's %q writes it, for the runes of the comparison.
std::string inQuotes(const std::string& entry)
{
    std::string out = "\"";
    for (const char32_t rune : decodePlain(entry)) {
        char hex[16] = {};
        if (rune == '"' || rune == '\\')
            out += {'\\', static_cast<char>(rune)};
        else if (rune == '\n')
            out += "\\n";
        else if (rune == '\t')
            out += "\\t";
        else if (rune == '\r')
            out += "\\r";
        else if (rune == 0xA0 || rune == 0x85 || rune == 0x2028)
            std::snprintf(hex, sizeof hex, "\\u%04x", static_cast<unsigned>(rune));
        else
            out += encodePlain({rune});
        out += hex;
    }
    return out + '"';
}

} // namespace

bool Piece::takes(char32_t of) const
{
    if (kind == Kind::Any) return of != '\n' || takesLineFeed;
    const auto lower = [this](char32_t one) {
        if (dialect == Dialect::Go && one == U'\u017F') return U's'; // the long s has a capital S, which has an s
        return known(one).lower;
    };
    if (ignoresCase) of = lower(of);
    if (kind == Kind::Rune) return of == (ignoresCase ? lower(rune) : rune);
    bool in = false;
    for (const char32_t name : named) in = in || isIn(name, of, dialect);
    for (const Range& range : ranges)
        for (char32_t member = range.first; member <= range.last; ++member)
            in = in || of == member || (ignoresCase && of == lower(member));
    return in != negated;
}

PlainPattern PlainPattern::ofTemplate(const std::string& entry)
{
    PlainPattern made;
    std::vector<std::string> literals(1);
    std::vector<std::string> parts;
    int depth = 0;
    for (const char c : entry) {
        if (c == '<' && depth++ == 0) {
            parts.emplace_back();
        } else if (c == '>' && --depth == 0) {
            literals.emplace_back();
        } else if (depth < 0) {
            break;
        } else {
            (depth == 0 ? literals : parts).back() += c;
        }
    }
    if (depth != 0) {
        made.m_fault = "Unbalanced braces in \"" + inQuotes(entry) + "\"";
        return made;
    }
    for (const std::string& part : parts)
        for (const BrokenPart& broken : brokenParts())
            if (part == broken.part) {
                made.m_fault = "error parsing regexp: " + broken.what + " in `^" + part + "$`";
                return made;
            }
    Piece anchor;
    anchor.kind = Kind::Start;
    made.m_pieces.push_back(anchor);
    for (std::size_t i = 0; i < literals.size(); ++i) {
        for (const char32_t rune : decodePlain(literals[i])) {
            Piece literal;
            literal.rune = rune;
            made.m_pieces.push_back(std::move(literal));
        }
        if (i == parts.size()) break;
        Piece group;
        group.kind = Kind::Group;
        group.bodies = Reader(parts[i], Dialect::Template).readAll();
        made.m_pieces.push_back(std::move(group));
    }
    anchor.kind = Kind::LastEnd;
    made.m_pieces.push_back(anchor);
    return made;
}

PlainPattern PlainPattern::ofExpression(const std::string& expression)
{
    PlainPattern made;
    made.m_anywhere = true;
    Piece group;
    group.kind = Kind::Group;
    group.bodies = Reader(expression, Dialect::Go).readAll();
    made.m_pieces.push_back(std::move(group));
    return made;
}

bool PlainPattern::matches(const std::string& text) const
{
    const Walk walk(decodePlain(text));
    Places from;
    from.set(0);
    if (m_anywhere)
        for (std::size_t i = 0; i <= walk.size(); ++i) from.set(i);
    return walk.along(m_pieces, from).any();
}

std::string PlainPattern::sample(Dice& dice) const
{
    PlainText out;
    appendSample(out, m_pieces, dice);
    return encodePlain(out);
}

const std::u32string& plainRunes()
{
    static const std::u32string all = [] {
        std::u32string made = U"\n\r\t";
        for (const KnownRune& entry : knownRunes) made += entry.rune;
        return made;
    }();
    return all;
}

const std::vector<BrokenPart>& brokenParts()
{
    static const std::vector<BrokenPart> all{
        {"[", "unterminated [] set"},
        {"[^]", "unterminated [] set"},
        {"(", "missing closing )"},
        {"(a|b", "missing closing )"},
        {")", "unexpected )"},
        {"a)(b", "unexpected )"},
        {"a**", "invalid nested repetition operator"},
        {"a*+", "invalid nested repetition operator"},
        {"a|*", "missing argument to repetition operator"},
        {"a{3,2}", "invalid repeat count"},
        {"[z-a]", "[x-y] range in reverse order"},
        {"\\pL+", "malformed \\p{X} character escape"},
        {"\\Qa.b\\E", "unrecognized escape sequence \\Q"},
        {"\\y", "unrecognized escape sequence \\y"},
    };
    return all;
}

PlainText decodePlain(const std::string& utf8)
{
    PlainText out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[i++]);
        const int more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        char32_t rune = more == 0 ? byte : byte & (0x3F >> more);
        for (int k = 0; k < more; ++k) {
            if (i == utf8.size()) giveUp("not UTF-8", utf8);
            rune = rune << 6 | (static_cast<unsigned char>(utf8[i++]) & 0x3F);
        }
        out += rune;
    }
    return out;
}

std::string encodePlain(const PlainText& runes)
{
    std::string out;
    for (const char32_t rune : runes) {
        const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (rune >> shift & 0x3F)); };
        if (rune < 0x80) {
            out += static_cast<char>(rune);
        } else if (rune < 0x800) {
            out += static_cast<char>(0xC0 | rune >> 6);
            tail(0);
        } else if (rune < 0x10000) {
            out += static_cast<char>(0xE0 | rune >> 12);
            tail(6);
            tail(0);
        } else {
            out += static_cast<char>(0xF0 | rune >> 18);
            tail(12);
            tail(6);
            tail(0);
        }
    }
    return out;
}

} // namespace iam::support
