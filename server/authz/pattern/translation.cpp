// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/translation.h"
#include <array>
#include <string_view>

namespace iam::authz {

namespace {

using Kind = Node::Kind;

constexpr int maxRe2Repeat = 1000;

// Consumes nothing, and asserts nothing but the end of the text (or nothing at all).
bool assertsEndOnly(const Node& node)
{
    switch (node.kind) {
    case Kind::Empty:
    case Kind::TextEndOrLastLineFeed:
        return true;
    case Kind::Concatenation:
    case Kind::Alternation:
    case Kind::Group:
    case Kind::Capture:
        for (const NodePtr& child : node.children)
            if (!assertsEndOnly(*child)) return false;
        return true;
    default:
        return false;
    }
}

// `atEnd`: nothing but assertions of the end can follow. There, "at the end or before the last line feed" may as well
// take the line feed, which RE2 can express.
bool needsBacktracking(const Node& node, bool atEnd)
{
    switch (node.kind) {
    case Kind::LookAround:
    case Kind::Atomic:
    case Kind::Boundary:
    case Kind::NoBoundary:
        return true;
    case Kind::TextEndOrLastLineFeed:
        return !atEnd;
    case Kind::Loop:
        if (node.min > maxRe2Repeat || (node.max != Node::unlimited && node.max > maxRe2Repeat)) return true;
        return needsBacktracking(*node.children.front(), atEnd && node.max == 1);
    case Kind::Concatenation:
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
            if (needsBacktracking(**child, atEnd)) return true;
            atEnd = atEnd && assertsEndOnly(**child);
        }
        return false;
    default:
        for (const NodePtr& child : node.children)
            if (needsBacktracking(*child, atEnd)) return true;
        return false;
    }
}

class Writer {
public:
    Writer(bool pcre2, const Spelling& spelling)
        : m_pcre2(pcre2)
        , m_spelling(spelling)
    {
    }

    void write(const Node& node);
    std::string take() { return std::move(m_out); }

private:
    void writeRune(char32_t rune);
    void writeSet(const RuneSet& set);
    void writeChildren(const Node& node, std::string_view separator);
    void writeLoop(const Node& node);

    bool m_pcre2;
    const Spelling& m_spelling;
    std::string m_out;
};

bool isPlain(char32_t rune)
{
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || (rune >= '0' && rune <= '9') ||
           rune == '_' || rune == '/';
}

void appendHex(std::string& out, char32_t rune)
{
    std::array<char, 16> digits{};
    std::size_t count = 0;
    do {
        digits[count++] = "0123456789abcdef"[rune & 0xF];
        rune >>= 4;
    } while (rune != 0);
    out += "\\x{";
    while (count > 0) out += digits[--count];
    out += '}';
}

void Writer::writeRune(char32_t rune)
{
    if (isPlain(rune))
        m_out += static_cast<char>(rune);
    else
        appendHex(m_out, rune);
}

void Writer::writeSet(const RuneSet& set)
{
    const bool bytes = m_spelling.alphabet().form() == Alphabet::Form::Bytes;
    if (const auto only = set.only()) {
        // Not a literal: where alternatives begin with the same one, RE2 forgets that it is a byte.
        const bool asSet = bytes && !m_pcre2 && *only >= 0x80;
        if (asSet) m_out += '[';
        writeRune(*only);
        if (asSet) m_out += "\\x{ff}]"; // which no text has
    } else if (set.empty()) {
        m_out += m_pcre2 ? "(?!)" : bytes ? "[^\\x{0}-\\x{ff}]" : "[^\\x{0}-\\x{10ffff}]";
    } else if (set == m_spelling.all()) {
        m_out += "(?s:.)";
    } else {
        m_out += '[';
        for (const RuneRange& range : set.ranges()) {
            writeRune(range.first);
            if (range.last == range.first) continue;
            m_out += '-';
            writeRune(range.last);
        }
        m_out += ']';
    }
}

void Writer::writeChildren(const Node& node, std::string_view separator)
{
    m_out += "(?:";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) m_out += separator;
        write(*node.children[i]);
    }
    m_out += ')';
}

void Writer::writeLoop(const Node& node)
{
    const Kind repeated = node.children.front()->kind;
    if (repeated == Kind::One || repeated == Kind::NotOne || repeated == Kind::Set)
        write(*node.children.front()); // without a group: PCRE2 repeats it in one step
    else
        writeChildren(node, {});
    if (node.max == Node::unlimited && node.min <= 1)
        m_out += node.min == 0 ? "*" : "+";
    else if (node.min == 0 && node.max == 1)
        m_out += '?';
    else if (node.max == Node::unlimited)
        m_out += '{' + std::to_string(node.min) + ",}";
    else if (node.min == node.max)
        m_out += '{' + std::to_string(node.min) + '}';
    else
        m_out += '{' + std::to_string(node.min) + ',' + std::to_string(node.max) + '}';
    if (node.lazy && m_pcre2) m_out += '?';
}

void Writer::write(const Node& node)
{
    switch (node.kind) {
    case Kind::Empty:
        m_out += "(?:)";
        break;
    case Kind::One:
    case Kind::NotOne:
    case Kind::Set:
        writeSet(m_spelling.of(node));
        break;
    case Kind::LineStart:
        m_out += m_pcre2 ? "(?<![^\\x{a}])" : "(?m:^)";
        break;
    case Kind::LineEnd:
        m_out += m_pcre2 ? "(?![^\\x{a}])" : "(?m:$)";
        break;
    case Kind::Boundary:
    case Kind::NoBoundary: {
        std::string word;
        std::swap(word, m_out);
        writeSet(m_spelling.word());
        std::swap(word, m_out);
        const std::string_view same = node.kind == Kind::Boundary ? "!" : "=";
        const std::string_view other = node.kind == Kind::Boundary ? "=" : "!";
        m_out += "(?:(?<=" + word + ")(?" + std::string(same) + word + ")|(?<!" + word + ")(?" + std::string(other) +
                 word + "))";
        break;
    }
    case Kind::TextStart:
        m_out += "\\A";
        break;
    case Kind::TextEnd:
        m_out += "\\z";
        break;
    case Kind::TextEndOrLastLineFeed:
        m_out += m_pcre2 ? "(?=\\x{a}?\\z)" : "(?:\\x{a}?\\z)";
        break;
    case Kind::Concatenation:
        writeChildren(node, {});
        break;
    case Kind::Alternation:
        writeChildren(node, "|");
        break;
    case Kind::Loop:
        writeLoop(node);
        break;
    case Kind::Group:
    case Kind::Capture:
        writeChildren(node, {});
        break;
    case Kind::LookAround:
        m_out += node.behind ? "(?<" : "(?";
        m_out += node.negative ? '!' : '=';
        writeChildren(node, {});
        m_out += ')';
        break;
    case Kind::Atomic:
        m_out += "(?>";
        writeChildren(node, {});
        m_out += ')';
        break;
    }
}

std::string written(const Node& root, bool pcre2, const Spelling& spelling)
{
    Writer writer(pcre2, spelling);
    writer.write(root);
    return writer.take();
}

} // namespace

bool needsBacktracking(const Node& root)
{
    return needsBacktracking(root, true);
}

std::string toRe2(const Node& root, const Spelling& spelling)
{
    return written(root, false, spelling);
}

std::string toPcre2(const Node& root, const Spelling& spelling)
{
    return written(root, true, spelling);
}

} // namespace iam::authz
