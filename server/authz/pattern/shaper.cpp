// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/shape.h"
#include "base/text.h"
#include <algorithm>
#include <cstring>
#include <optional>

// From the tree of a template to its shape: everything is written out into alternatives, and then each must have one
// way to go at every step.
namespace iam::authz {

using Kind = Node::Kind;

class Shaper {
public:
    static Shape::Bytes shape(const Node& root, std::size_t before);

private:
    /// A text, a repeated set, or one of the two assertions.
    struct Part {
        enum class Is : std::uint8_t { Text, Set, Start, End };
        Is is = Is::Text;
        std::string text = {};
        RuneTest runes = {};
        std::uint32_t min = 0;
        std::uint32_t max = 0;
        std::optional<Shape::Way> way = Shape::Way::Longest;
    };
    using Line = std::vector<Part>;
    using Lines = std::vector<Line>;

    static constexpr std::size_t maxLines = 128;
    static constexpr std::size_t maxParts = 512;
    static constexpr std::uint32_t unlimited = static_cast<std::uint32_t>(Node::unlimited);

    static std::optional<Lines> linesOf(const Node& node);
    static std::optional<RuneTest> runesOf(const Node& node);
    static std::optional<Lines> alternatives(const Node& node);
    static std::optional<Lines> concatenation(const Node& node);
    static void append(Line& line, const Part& part);
    static bool dropAssertions(Line& line);
    static std::optional<Shape::Way> wayOf(const Line& line, std::size_t at);
    static bool covers(const RuneTest& runes, std::string_view text);
    static Shape::Bytes bytesOf(const Lines& lines, std::size_t before);
};

void Shaper::append(Line& line, const Part& part)
{
    if (part.is == Part::Is::Text && part.text.empty()) return;
    if (!line.empty() && line.back().is == part.is) {
        Part& last = line.back();
        if (part.is == Part::Is::Text) {
            last.text += part.text;
            return;
        }
        if (part.is == Part::Is::Set && last.runes == part.runes && last.min < unlimited / 2 &&
            part.min < unlimited / 2) {
            last.min += part.min;
            last.max = last.max > unlimited / 2 || part.max > unlimited / 2 ? unlimited : last.max + part.max;
            return;
        }
    }
    line.push_back(part);
}

// What one rune of the piece may be.
std::optional<RuneTest> Shaper::runesOf(const Node& node)
{
    if (node.ignoreCase) return std::nullopt;
    if (node.kind == Kind::Set) return node.charClass.test();
    if (node.rune >= 0x80) return std::nullopt;
    const RuneTest others = RuneTest::allBut(static_cast<char>(node.rune));
    if (node.kind == Kind::NotOne) return others;
    return node.kind == Kind::One ? std::optional(others.complement()) : std::nullopt;
}

std::optional<Shaper::Lines> Shaper::alternatives(const Node& node)
{
    Lines all;
    for (const NodePtr& child : node.children) {
        auto lines = linesOf(*child);
        if (!lines || all.size() + lines->size() > maxLines) return std::nullopt;
        std::move(lines->begin(), lines->end(), std::back_inserter(all));
    }
    return all;
}

std::optional<Shaper::Lines> Shaper::concatenation(const Node& node)
{
    Lines all{{}};
    for (const NodePtr& child : node.children) {
        const auto lines = linesOf(*child);
        if (!lines || all.size() * lines->size() > maxLines) return std::nullopt;
        if (lines->size() == 1) {
            for (Line& line : all)
                for (const Part& part : lines->front()) append(line, part);
            continue;
        }
        Lines next;
        for (const Line& begun : all) {
            for (const Line& rest : *lines) {
                Line& line = next.emplace_back(begun);
                for (const Part& part : rest) append(line, part);
            }
        }
        all = std::move(next);
    }
    return all;
}

// Nothing when the piece cannot be written like that.
std::optional<Shaper::Lines> Shaper::linesOf(const Node& node)
{
    switch (node.kind) {
    case Kind::Empty:
        return Lines{{}};
    case Kind::TextStart:
        return Lines{{Part{Part::Is::Start}}};
    case Kind::TextEndOrLastLineFeed:
        return Lines{{Part{Part::Is::End}}};
    case Kind::One:
        // U+FFFD also stands for bytes that are no UTF-8.
        if (!node.ignoreCase && node.rune != 0xFFFD && (node.rune < 0xD800 || node.rune > 0xDFFF)) {
            Part part;
            text::appendCodePoint(part.text, node.rune);
            return Lines{{std::move(part)}};
        }
        return std::nullopt;
    case Kind::NotOne:
    case Kind::Set:
        if (const auto runes = runesOf(node)) return Lines{{Part{Part::Is::Set, {}, *runes, 1, 1}}};
        return std::nullopt;
    case Kind::Loop: {
        const Node& repeated = *node.children.front();
        if (const auto runes = runesOf(repeated))
            return Lines{{Part{Part::Is::Set,
                               {},
                               *runes,
                               static_cast<std::uint32_t>(node.min),
                               static_cast<std::uint32_t>(node.max)}}};
        if (node.max != 1) return std::nullopt;
        auto lines = linesOf(repeated);
        if (lines && node.min == 0) lines->emplace_back();
        return lines;
    }
    case Kind::Group:
    case Kind::Capture:
    case Kind::Alternation:
        return node.children.empty() ? Lines{{}} : alternatives(node);
    case Kind::Concatenation:
        return concatenation(node);
    default:
        return std::nullopt;
    }
}

// False unless the whole text is asserted, and nothing in the middle of it.
bool Shaper::dropAssertions(Line& line)
{
    const auto is = [](Part::Is wanted) { return [wanted](const Part& part) { return part.is == wanted; }; };
    const auto begin = std::find_if_not(line.begin(), line.end(), is(Part::Is::Start));
    const auto end = std::find_if_not(line.rbegin(), std::make_reverse_iterator(begin), is(Part::Is::End)).base();
    if (begin == line.begin() || end == line.end()) return false;
    line = Line(std::make_move_iterator(begin), std::make_move_iterator(end));
    return std::none_of(line.begin(), line.end(), is(Part::Is::Start)) &&
           std::none_of(line.begin(), line.end(), is(Part::Is::End));
}

bool Shaper::covers(const RuneTest& runes, std::string_view text)
{
    for (std::size_t position = 0; position < text.size();)
        if (!runes.contains(text::nextCodePoint(text, position))) return false;
    return true;
}

// Nothing when a repetition could end at several places and the right one is not known.
std::optional<Shape::Way> Shaper::wayOf(const Line& line, std::size_t at)
{
    const Part& part = line[at];
    if (part.is == Part::Is::Text || part.min == part.max) return Shape::Way::Longest;
    if (at + 1 == line.size()) return Shape::Way::Last;
    const Part& next = line[at + 1];
    if (next.is == Part::Is::Set) {
        if (next.min > 0 && part.runes.isSurelyDisjoint(next.runes)) return Shape::Way::Longest;
        return std::nullopt;
    }
    if (at + 2 == line.size()) return Shape::Way::Last;
    std::size_t position = 0;
    if (!part.runes.contains(text::nextCodePoint(next.text, position))) return Shape::Way::Longest;
    // With the first place of the text the repetition behind it has the most to take, and it can take all between.
    const Part& rest = line[at + 2];
    if (part.max == unlimited && rest.max == unlimited && rest.runes.surelyContains(part.runes) &&
        covers(rest.runes, next.text))
        return Shape::Way::Nearest;
    return std::nullopt;
}

Shape::Bytes Shaper::shape(const Node& root, std::size_t before)
{
    auto lines = linesOf(root);
    if (!lines) return nullptr;
    std::size_t count = 0;
    for (Line& line : *lines) {
        if (!dropAssertions(line)) return nullptr;
        if (line.empty()) line.emplace_back();
        count += line.size();
        if (count > maxParts) return nullptr;
        for (std::size_t i = 0; i < line.size(); ++i)
            if (!(line[i].way = wayOf(line, i))) return nullptr;
    }
    return bytesOf(*lines, before);
}

Shape::Bytes Shaper::bytesOf(const Lines& lines, std::size_t before)
{
    std::vector<RuneTest> sets;
    std::vector<Shape::Piece> pieces;
    std::string texts;
    for (const Line& line : lines) {
        for (const Part& part : line) {
            Shape::Piece& piece = pieces.emplace_back();
            piece.isText = part.is == Part::Is::Text;
            piece.offset = piece.isText ? static_cast<std::uint32_t>(texts.size()) : part.min;
            piece.length = piece.isText ? static_cast<std::uint32_t>(part.text.size()) : part.max;
            piece.way = *part.way;
            texts += part.text;
            if (piece.isText) continue;
            const auto known = std::find(sets.begin(), sets.end(), part.runes);
            piece.runes = static_cast<std::uint16_t>(known - sets.begin());
            if (known == sets.end()) sets.push_back(part.runes);
        }
        pieces.back().ends = true;
    }
    const Shape::Head head{static_cast<std::uint32_t>(sizeof(Shape::Head) + sets.size() * sizeof(RuneTest) +
                                                      pieces.size() * sizeof(Shape::Piece) + texts.size()),
                           static_cast<std::uint32_t>(before), static_cast<std::uint16_t>(sets.size()),
                           static_cast<std::uint16_t>(pieces.size())};
    auto bytes = std::make_unique<std::byte[]>(head.size);
    std::byte* end = bytes.get();
    const auto put = [&end](const void* from, std::size_t size) {
        if (size > 0) std::memcpy(end, from, size);
        end += size;
    };
    put(&head, sizeof(head));
    put(sets.data(), sets.size() * sizeof(RuneTest));
    put(pieces.data(), pieces.size() * sizeof(Shape::Piece));
    put(texts.data(), texts.size());
    return bytes;
}

Shape::Bytes Shape::of(const Node& root, std::size_t before)
{
    return Shaper::shape(root, before);
}

} // namespace iam::authz
