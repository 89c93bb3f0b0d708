// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/scanner.h"
#include "base/text.h"
#include <limits>

namespace iam::authz {

namespace {

constexpr int maxNumber = std::numeric_limits<std::int32_t>::max();

std::string utf8(std::u32string_view runes)
{
    std::string out;
    for (char32_t rune : runes) text::appendCodePoint(out, rune);
    return out;
}

int hexDigit(char32_t rune)
{
    if (rune >= '0' && rune <= '9') return static_cast<int>(rune - '0');
    if (rune >= 'a' && rune <= 'f') return static_cast<int>(rune - 'a') + 10;
    if (rune >= 'A' && rune <= 'F') return static_cast<int>(rune - 'A') + 10;
    return -1;
}

bool isDigit(char32_t rune)
{
    return rune >= '0' && rune <= '9';
}

} // namespace

bool isBlankRune(char32_t rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r');
}

bool isQuantifierRune(char32_t rune)
{
    return rune == '*' || rune == '+' || rune == '?' || rune == '{';
}

bool isSpecialRune(char32_t rune)
{
    return rune < 0x80 && std::string_view("$().[\\^|*+?{").find(static_cast<char>(rune)) != std::string_view::npos;
}

Scanner::Scanner(std::string_view pattern)
    : m_pattern(pattern)
{
    for (std::size_t position = 0; position < pattern.size();) m_runes += text::nextCodePoint(pattern, position);
}

bool Scanner::fail(std::string_view reason)
{
    if (m_fault.empty()) m_fault = "error parsing regexp: " + std::string(reason) + " in `" + m_pattern + "`";
    return false;
}

bool Scanner::refuse(std::string_view what)
{
    if (m_fault.empty()) m_fault = std::string(what) + " not supported in `" + m_pattern + "`";
    return false;
}

bool Scanner::skipBlank()
{
    for (;;) {
        if (m_options.extended) {
            while (left() > 0 && isBlankRune(peek())) ++m_position;
            if (isNext('#')) {
                while (left() > 0 && peek() != '\n') ++m_position;
                continue;
            }
        }
        if (left() < 3 || peek(0) != '(' || peek(1) != '?' || peek(2) != '#') return true;
        while (left() > 0 && peek() != ')') ++m_position;
        if (left() == 0) return fail("unterminated comment");
        ++m_position;
    }
}

bool Scanner::isQuantifierHere() const
{
    if (left() == 0) return false;
    if (peek() != '{') return isQuantifierRune(peek());
    std::size_t ahead = 1;
    while (ahead < left() && isDigit(peek(ahead))) ++ahead;
    if (ahead == 1 || ahead == left()) return false;
    if (peek(ahead) == '}') return true;
    if (peek(ahead) != ',') return false;
    ++ahead;
    while (ahead < left() && isDigit(peek(ahead))) ++ahead;
    return ahead < left() && peek(ahead) == '}';
}

std::optional<int> Scanner::takeDecimal()
{
    int number = 0;
    while (left() > 0 && isDigit(peek())) {
        const int digit = static_cast<int>(take() - '0');
        if (number > maxNumber / 10 || (number == maxNumber / 10 && digit > maxNumber % 10)) {
            fail("capture group number out of range");
            return std::nullopt;
        }
        number = number * 10 + digit;
    }
    return number;
}

std::u32string Scanner::takeName()
{
    const std::size_t start = m_position;
    while (left() > 0 && isWordRune(peek())) ++m_position;
    return std::u32string(taken(start));
}

void Scanner::takeOptions()
{
    for (bool on = true; left() > 0; ++m_position) {
        switch (peek()) {
        case '-':
            on = false;
            break;
        case '+':
            on = true;
            break;
        case 'i':
        case 'I':
            m_options.ignoreCase = on;
            break;
        case 'm':
        case 'M':
            m_options.multiline = on;
            break;
        case 'n':
        case 'N':
            m_options.explicitGroups = on;
            break;
        case 's':
        case 'S':
            m_options.singleLine = on;
            break;
        case 'x':
        case 'X':
            m_options.extended = on;
            break;
        case 'd':
        case 'D':
            break; // a debugging aid of the library: taken, without meaning
        default:
            return;
        }
    }
}

// Up to three octal digits. The digit test looks at the upper end only, so that characters below '0' count as
// negative digits; the low eight bits remain.
char32_t Scanner::takeOctal()
{
    int value = 0;
    int digit = static_cast<int>(peek()) - '0';
    for (std::size_t most = std::min<std::size_t>(3, left()); most > 0 && digit <= 7; --most) {
        value = value * 8 + digit;
        ++m_position;
        if (left() > 0) digit = static_cast<int>(peek()) - '0';
    }
    return static_cast<char32_t>(value & 0xFF);
}

std::optional<char32_t> Scanner::takeHex(int digits)
{
    char32_t value = 0;
    if (left() >= static_cast<std::size_t>(digits)) {
        for (; digits > 0; --digits) {
            const int digit = hexDigit(take());
            if (digit < 0) break;
            value = value * 16 + static_cast<char32_t>(digit);
        }
    }
    if (digits > 0) {
        fail("insufficient hexadecimal digits");
        return std::nullopt;
    }
    return value;
}

std::optional<char32_t> Scanner::takeHexInBraces()
{
    char32_t value = 0;
    for (bool any = false; left() > 0; any = true) {
        const char32_t rune = take();
        if (rune == '}') {
            if (any) return value;
            fail("insufficient hexadecimal digits");
            return std::nullopt;
        }
        const int digit = hexDigit(rune);
        if (digit < 0) break;
        value = value * 16 + static_cast<char32_t>(digit);
        if (value > 0x10FFFF) {
            fail("hex values may not be larger than 0x10FFFF");
            return std::nullopt;
        }
    }
    fail("missing closing }");
    return std::nullopt;
}

std::optional<char32_t> Scanner::takeControl()
{
    if (left() == 0) {
        fail("missing control character");
        return std::nullopt;
    }
    char32_t rune = take();
    if (rune >= 'a' && rune <= 'z') rune -= 'a' - 'A';
    if (rune < '@' || rune >= '@' + 0x20) {
        fail("unrecognized control character");
        return std::nullopt;
    }
    return rune - '@';
}

std::optional<char32_t> Scanner::takeCharEscape()
{
    const char32_t rune = take();
    if (rune >= '0' && rune <= '7') {
        --m_position;
        return takeOctal();
    }
    switch (rune) {
    case 'x':
        if (isNext('{')) {
            ++m_position;
            return takeHexInBraces();
        }
        return takeHex(2);
    case 'u':
        return takeHex(4);
    case 'a':
        return U'\x07';
    case 'b':
        return U'\x08';
    case 'e':
        return U'\x1B';
    case 'f':
        return U'\x0C';
    case 'n':
        return U'\n';
    case 'r':
        return U'\r';
    case 't':
        return U'\t';
    case 'v':
        return U'\x0B';
    case 'c':
        return takeControl();
    default:
        break;
    }
    if (isWordRune(rune)) {
        fail("unrecognized escape sequence \\" + utf8(std::u32string_view(&rune, 1)));
        return std::nullopt;
    }
    return rune;
}

std::optional<std::string> Scanner::takeProperty()
{
    if (left() < 3) {
        fail("incomplete \\p{X} character escape");
        return std::nullopt;
    }
    if (take() != '{') {
        fail("malformed \\p{X} character escape");
        return std::nullopt;
    }
    const std::size_t start = m_position;
    while (left() > 0 && (isWordRune(peek()) || peek() == '-')) ++m_position;
    const std::string name = utf8(taken(start));
    if (left() == 0 || take() != '}') {
        fail("incomplete \\p{X} character escape");
        return std::nullopt;
    }
    if (!namedRunes(name)) {
        fail("unknown unicode category, script, or property '" + name + "'");
        return std::nullopt;
    }
    return name;
}

NodePtr Scanner::takeEscape(bool build)
{
    if (left() == 0) {
        fail("illegal \\ at end of pattern");
        return nullptr;
    }
    const auto assertion = [this](Node::Kind kind) {
        ++m_position;
        return std::make_unique<Node>(kind, m_options.ignoreCase);
    };
    const auto set = [this](CharClass charClass) {
        auto node = std::make_unique<Node>(Node::Kind::Set, m_options.ignoreCase);
        node->charClass = std::move(charClass);
        return node;
    };
    const char32_t rune = peek();
    switch (rune) {
    case 'b':
        return assertion(Node::Kind::Boundary);
    case 'B':
        return assertion(Node::Kind::NoBoundary);
    case 'A':
    case 'G':
        return assertion(Node::Kind::TextStart); // a search begins at the start of the text
    case 'Z':
        return assertion(Node::Kind::TextEndOrLastLineFeed);
    case 'z':
        return assertion(Node::Kind::TextEnd);
    case 'w':
    case 'W':
        ++m_position;
        return set(CharClass::word(rune == 'W'));
    case 's':
    case 'S':
        ++m_position;
        return set(CharClass::space(rune == 'S'));
    case 'd':
    case 'D':
        ++m_position;
        return set(CharClass::digit(rune == 'D'));
    case 'p':
    case 'P': {
        ++m_position;
        const auto name = takeProperty();
        if (!name) return nullptr;
        CharClass charClass;
        charClass.addCategory(*name, rune == 'P', m_options.ignoreCase);
        return set(std::move(charClass));
    }
    default:
        return takeReferenceOrChar(build);
    }
}

// \1, \<name>, \'name', \k<name>: what looks like one but is none is read again as a character.
NodePtr Scanner::takeReferenceOrChar(bool build)
{
    const std::size_t start = m_position;
    char32_t rune = peek();
    char32_t closing = 0;
    if (rune == 'k') {
        if (left() >= 2) {
            ++m_position;
            rune = take();
            if (rune == '<' || rune == '\'') closing = rune == '<' ? '>' : '\'';
        }
        if (closing == 0 || left() == 0) {
            fail("malformed \\k<...> named back reference");
            return nullptr;
        }
        rune = peek();
    } else if ((rune == '<' || rune == '\'') && left() > 1) {
        closing = rune == '<' ? '>' : '\'';
        ++m_position;
        rune = peek();
    }

    if (closing != 0 && isDigit(rune)) {
        const auto number = takeDecimal();
        if (!number) return nullptr;
        if (left() > 0 && take() == closing) {
            isGroup(*number) ? refuse("back-references are")
                             : fail("reference to undefined group number " + std::to_string(*number));
            return nullptr;
        }
    } else if (closing == 0 && rune >= '1' && rune <= '9') {
        const auto number = takeDecimal();
        if (!number || !build) return nullptr;
        if (isGroup(*number)) {
            refuse("back-references are");
            return nullptr;
        }
        if (*number <= 9) {
            fail("reference to undefined group number " + std::to_string(*number));
            return nullptr;
        }
    } else if (closing != 0 && isWordRune(rune)) {
        const std::u32string name = takeName();
        if (left() > 0 && take() == closing) {
            isGroupName(name) ? refuse("back-references are") : fail("reference to undefined group name " + utf8(name));
            return nullptr;
        }
    }

    m_position = start;
    const auto escaped = takeCharEscape();
    if (!escaped) return nullptr;
    auto node = std::make_unique<Node>(Node::Kind::One, m_options.ignoreCase);
    node->rune = m_options.ignoreCase ? lowerRune(*escaped) : *escaped;
    return node;
}

bool Scanner::takeClassEscape(CharClass& made, bool inRange, bool ignoreCase, bool build, bool& handled, char32_t& rune)
{
    handled = true;
    rune = take();
    const bool named = std::u32string_view(U"DdSsWwPp").find(rune) != std::u32string_view::npos;
    if (named && build && inRange) // the library prints the number of the character here
        return fail("cannot include class \\" + std::to_string(static_cast<unsigned>(rune)) + " in character range");
    switch (rune) {
    case 'D':
    case 'd':
        if (build) made.addDigit(rune == 'D');
        return true;
    case 'S':
    case 's':
        if (build) made.addSpace(rune == 'S');
        return true;
    case 'W':
    case 'w':
        if (build) made.addWord(rune == 'W');
        return true;
    case 'P':
    case 'p': {
        const auto name = takeProperty();
        if (!name) return !build;
        if (build) made.addCategory(*name, rune == 'P', ignoreCase);
        return true;
    }
    case '-':
        if (build) made.addRune('-'); // a range that was begun stays open
        return true;
    default:
        break;
    }
    --m_position;
    handled = false;
    const auto escaped = takeCharEscape();
    if (!escaped) return false;
    rune = *escaped;
    return true;
}

std::optional<CharClass> Scanner::takeClass(bool ignoreCase, bool build)
{
    CharClass made;
    bool inRange = false;
    bool closed = false;
    char32_t previous = 0;
    if (isNext('^')) {
        ++m_position;
        made.negate();
    }
    for (bool first = true; left() > 0; first = false) {
        bool escaped = false;
        char32_t rune = take();
        if (rune == ']') {
            if (!first) {
                closed = true;
                break;
            }
        } else if (rune == '\\' && left() > 0) {
            bool handled = false;
            if (!takeClassEscape(made, inRange, ignoreCase, build, handled, rune)) return std::nullopt;
            if (handled) continue;
            escaped = true;
        } else if (rune == '[' && isNext(':') && !inRange) {
            const std::size_t behindBracket = m_position;
            ++m_position;
            bool negated = false;
            if (left() > 1 && peek() == '^') {
                negated = true;
                ++m_position;
            }
            const std::string name = utf8(takeName());
            // The class counts even when it turns out not to be closed.
            if (build && !made.addPosix(name, negated)) {
                fail("invalid character class range");
                return std::nullopt;
            }
            if (left() >= 2 && take() == ':' && take() == ']') continue;
            m_position = behindBracket;
        }

        if (inRange) {
            inRange = false;
            if (!build) continue;
            if (rune == '[' && !escaped && !first) { // not a range after all: a subtraction, as in [a-[b]]
                made.addRune(previous);
                if (++m_classDepth > maxClassDepth)
                    return refuse("character classes nested this deeply are"), std::nullopt;
                auto subtracted = takeClass(ignoreCase, true);
                --m_classDepth;
                if (!subtracted) return std::nullopt;
                made.setSubtracted(std::move(*subtracted));
                if (left() > 0 && peek() != ']')
                    return fail("a subtraction must be the last element in a character class"), std::nullopt;
            } else {
                if (previous > rune) return fail("[x-y] range in reverse order"), std::nullopt;
                made.addRange(previous, rune);
            }
        } else if (left() >= 2 && peek() == '-' && peek(1) != ']') {
            previous = rune;
            inRange = true;
            ++m_position;
        } else if (rune == '-' && !escaped && isNext('[') && !first) { // [a-z-[aeiou]]
            ++m_position;
            if (++m_classDepth > maxClassDepth) return refuse("character classes nested this deeply are"), std::nullopt;
            auto subtracted = takeClass(ignoreCase, build);
            --m_classDepth;
            if (!build) continue;
            if (!subtracted) return std::nullopt;
            made.setSubtracted(std::move(*subtracted));
            if (left() > 0 && peek() != ']')
                return fail("a subtraction must be the last element in a character class"), std::nullopt;
        } else if (build) {
            made.addRune(rune);
        }
    }
    if (!closed) return fail("unterminated [] set"), std::nullopt;
    if (build && ignoreCase) made.addLowerCase();
    return made;
}

} // namespace iam::authz
