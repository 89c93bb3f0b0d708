// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/parser.h"
#include "authz/pattern/scanner.h"
#include "base/text.h"
#include <utility>

namespace iam::authz {

namespace {

using Kind = Node::Kind;

// The second pass: builds the tree with a stack of its own, so that depth costs no stack of the thread.
class Parser : public Scanner {
public:
    using Scanner::Scanner;

    NodePtr parse();

private:
    struct Level {
        NodePtr group;
        NodePtr alternation;
        NodePtr concatenation;
    };

    NodePtr make(Kind kind) const { return std::make_unique<Node>(kind, m_options.ignoreCase); }
    NodePtr makeRune(char32_t rune) const;
    Level open(NodePtr group) const;
    NodePtr close();
    bool step();
    bool takeSpecial(char32_t rune, bool afterQuantifier);
    bool takeQuantifier();
    bool quantify(int min, int max, bool lazy);
    bool openGroup();
    bool closeGroup();
    NodePtr groupOpening(bool& optionsOnly);
    NodePtr angledGroupOpening(char32_t closing, std::size_t start);
    NodePtr pythonGroupOpening(std::size_t start);
    NodePtr unrecognizedGroup(std::size_t start);
    void appendUnit();

    std::vector<Level> m_outer;
    Level m_level;
    NodePtr m_unit; // what a quantifier would apply to
    bool m_wasQuantifier = false;
};

NodePtr Parser::makeRune(char32_t rune) const
{
    NodePtr node = make(Kind::One);
    node->rune = m_options.ignoreCase ? lowerRune(rune) : rune;
    return node;
}

Parser::Level Parser::open(NodePtr group) const
{
    return {std::move(group), make(Kind::Alternation), make(Kind::Concatenation)};
}

// Finishes the current group and returns it.
NodePtr Parser::close()
{
    addChild(*m_level.alternation, std::move(m_level.concatenation));
    addChild(*m_level.group, std::move(m_level.alternation));
    return std::move(m_level.group);
}

void Parser::appendUnit()
{
    addChild(*m_level.concatenation, std::move(m_unit));
    m_unit.reset();
}

NodePtr Parser::parse()
{
    if (!countGroups()) return nullptr;
    m_position = 0;
    m_options = {};
    m_savedOptions.clear();
    m_ignoreNextParenthesis = false;

    m_level = open(make(Kind::Capture));
    bool more = true;
    while (left() > 0 && more) more = step();
    if (!fault().empty()) return nullptr;
    if (!m_outer.empty()) {
        fail("missing closing )");
        return nullptr;
    }
    return close();
}

// One run of ordinary characters and the special one behind it with its quantifier. False: the end, or a fault.
bool Parser::step()
{
    const bool afterQuantifier = std::exchange(m_wasQuantifier, false);
    if (!skipBlank()) return false;
    const std::size_t start = m_position;
    while (left() > 0) {
        const char32_t rune = peek();
        const bool stops = isSpecialRune(rune) || (m_options.extended && (isBlankRune(rune) || rune == '#'));
        if (stops && (rune != '{' || isQuantifierHere())) break;
        ++m_position;
    }
    const std::size_t end = m_position;
    if (!skipBlank()) // a comment that does not end is no fault behind a run of characters
        forgive();
    bool special = false;
    char32_t rune = 0;
    if (left() > 0 && isSpecialRune(peek())) {
        special = true;
        rune = take();
        m_wasQuantifier = isQuantifierRune(rune);
    }
    if (start < end) {
        const std::size_t plainEnd = m_wasQuantifier ? end - 1 : end;
        for (std::size_t i = start; i < plainEnd; ++i) addChild(*m_level.concatenation, makeRune(m_runes[i]));
        if (m_wasQuantifier) m_unit = makeRune(m_runes[end - 1]);
    }
    if (!special) return left() > 0;
    return takeSpecial(rune, afterQuantifier && start == end);
}

bool Parser::takeSpecial(char32_t rune, bool afterQuantifier)
{
    switch (rune) {
    case '[': {
        auto charClass = takeClass(m_options.ignoreCase, true);
        if (!charClass) return false;
        m_unit = make(Kind::Set);
        m_unit->charClass = std::move(*charClass);
        break;
    }
    case '(':
        return openGroup();
    case '|':
        addChild(*m_level.alternation, std::move(m_level.concatenation));
        m_level.concatenation = make(Kind::Concatenation);
        return true;
    case ')':
        if (!closeGroup()) return false;
        break;
    case '\\':
        m_unit = takeEscape(true);
        if (!m_unit) return false;
        break;
    case '^':
        m_unit = make(m_options.multiline ? Kind::LineStart : Kind::TextStart);
        break;
    case '$':
        m_unit = make(m_options.multiline ? Kind::LineEnd : Kind::TextEndOrLastLineFeed);
        break;
    case '.':
        if (m_options.singleLine) {
            m_unit = make(Kind::Set);
            m_unit->charClass = CharClass::any();
        } else {
            m_unit = make(Kind::NotOne);
            m_unit->rune = '\n';
        }
        break;
    default: // a quantifier
        if (!m_unit)
            return fail(afterQuantifier ? "invalid nested repetition operator"
                                        : "missing argument to repetition operator");
        --m_position;
        break;
    }
    if (!skipBlank()) return false;
    if (left() > 0) m_wasQuantifier = isQuantifierHere();
    if (left() == 0 || !m_wasQuantifier) {
        appendUnit();
        return true;
    }
    return takeQuantifier();
}

bool Parser::takeQuantifier()
{
    int min = 0;
    int max = Node::unlimited;
    switch (take()) {
    case '?':
        max = 1;
        break;
    case '+':
        min = 1;
        break;
    case '{': {
        // isQuantifierHere() has seen the form; only the size of the numbers can be wrong.
        const auto lowest = takeDecimal();
        if (!lowest) return false;
        min = max = *lowest;
        if (take() == ',') {
            if (peek() == '}') {
                max = Node::unlimited;
            } else {
                const auto highest = takeDecimal();
                if (!highest) return false;
                max = *highest;
            }
            take();
        }
        break;
    }
    default:
        break;
    }
    if (!skipBlank()) return false;
    const bool lazy = isNext('?');
    if (lazy) ++m_position;
    if (min > max) return fail("invalid repeat count");
    return quantify(min, max, lazy);
}

bool Parser::quantify(int min, int max, bool lazy)
{
    if (max == 0) {
        m_unit = std::make_unique<Node>(Kind::Empty, m_unit->ignoreCase);
    } else if (min != 1 || max != 1) {
        auto loop = std::make_unique<Node>(Kind::Loop, m_unit->ignoreCase);
        loop->min = min;
        loop->max = max;
        loop->lazy = lazy;
        addChild(*loop, std::move(m_unit));
        m_unit = std::move(loop);
    }
    appendUnit();
    return true;
}

bool Parser::openGroup()
{
    m_savedOptions.push_back(m_options);
    bool optionsOnly = false;
    NodePtr group = groupOpening(optionsOnly);
    if (optionsOnly) {
        m_savedOptions.pop_back();
        return true;
    }
    if (!group) return false;
    if (m_outer.size() >= maxPatternDepth) return refuse("groups nested this deeply are");
    m_outer.push_back(std::exchange(m_level, open(std::move(group))));
    return true;
}

bool Parser::closeGroup()
{
    if (m_outer.empty()) return fail("unexpected )");
    m_unit = close();
    m_level = std::move(m_outer.back());
    m_outer.pop_back();
    m_options = m_savedOptions.back();
    m_savedOptions.pop_back();
    return true;
}

NodePtr Parser::unrecognizedGroup(std::size_t start)
{
    std::string seen;
    for (char32_t rune : taken(start)) text::appendCodePoint(seen, rune);
    fail("unrecognized grouping construct: (" + seen);
    return nullptr;
}

// Behind the parenthesis. Null with `optionsOnly` for (?i) and the like, null with a fault otherwise.
NodePtr Parser::groupOpening(bool& optionsOnly)
{
    const std::size_t start = m_position;
    if (!isNext('?') || (left() > 1 && peek(1) == ')'))
        return make(m_options.explicitGroups ? Kind::Group : Kind::Capture);
    ++m_position;
    if (left() == 0) return unrecognizedGroup(start);

    NodePtr node;
    switch (const char32_t rune = take(); rune) {
    case ':':
        return make(Kind::Group);
    case '=':
    case '!':
        node = make(Kind::LookAround);
        node->negative = rune == '!';
        return node;
    case '>':
        return make(Kind::Atomic);
    case '<':
    case '\'':
        if (left() == 0) return unrecognizedGroup(start);
        if (rune == '<' && (peek() == '=' || peek() == '!')) {
            node = make(Kind::LookAround);
            node->negative = take() == '!';
            node->behind = true;
            return node;
        }
        if (peek() == '=' || peek() == '!') {
            ++m_position;
            return unrecognizedGroup(start);
        }
        return angledGroupOpening(rune == '<' ? '>' : '\'', start);
    case '(':
        refuse("conditional expressions are");
        return nullptr;
    case 'P':
        return pythonGroupOpening(start);
    default:
        break;
    }
    --m_position;
    takeOptions();
    if (left() == 0) return unrecognizedGroup(start);
    switch (take()) {
    case ')':
        optionsOnly = true;
        return nullptr;
    case ':':
        return make(Kind::Group);
    default:
        return unrecognizedGroup(start);
    }
}

// Behind (?< or (?'.
NodePtr Parser::angledGroupOpening(char32_t closing, std::size_t start)
{
    const auto invalidName = [this]() -> NodePtr {
        fail("invalid group name: group names must begin with a word character and have a matching terminator");
        return nullptr;
    };
    const char32_t first = peek();
    bool known = false;
    if (first >= '0' && first <= '9') {
        const auto number = takeDecimal();
        if (!number) return nullptr;
        known = isGroup(*number);
        if (left() > 0 && peek() != closing && peek() != '-') return invalidName();
        if (*number == 0) {
            fail("capture number cannot be zero");
            return nullptr;
        }
    } else if (isWordRune(first)) {
        known = isGroupName(takeName());
        if (left() > 0 && peek() != closing && peek() != '-') return invalidName();
    } else if (first != '-') {
        return invalidName();
    }
    if (isNext('-') && (known || first == '-')) {
        refuse("balancing groups are");
        return nullptr;
    }
    if (!known || left() == 0) return unrecognizedGroup(start);
    if (take() != closing) return unrecognizedGroup(start);
    return make(Kind::Capture);
}

// Behind (?P.
NodePtr Parser::pythonGroupOpening(std::size_t start)
{
    if (left() < 3) return unrecognizedGroup(start);
    if (take() != '<') return unrecognizedGroup(start);
    if (!isWordRune(peek())) {
        fail("invalid group name: group names must begin with a word character and have a matching terminator");
        return nullptr;
    }
    const bool known = isGroupName(takeName());
    if (left() > 0 && peek() != '>') {
        fail("invalid group name: group names must begin with a word character and have a matching terminator");
        return nullptr;
    }
    if (!known || left() == 0) return unrecognizedGroup(start);
    ++m_position;
    return make(Kind::Capture);
}

} // namespace

tl::expected<NodePtr, std::string> parsePattern(std::string_view pattern)
{
    Parser parser(pattern);
    NodePtr root = parser.parse();
    if (!root) return tl::unexpected(parser.fault());
    return root;
}

} // namespace iam::authz
