// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/measure.h"
#include "base/text.h"
#include <algorithm>

namespace iam::authz {

namespace {

using Kind = Node::Kind;

constexpr int smallRepeat = 16;

std::size_t added(std::size_t a, std::size_t b)
{
    return a == noBound || b == noBound || a > noBound - 1 - b ? noBound : a + b;
}

std::size_t multiplied(std::size_t a, std::size_t times)
{
    if (a == 0 || times == 0) return 0;
    return a == noBound || a > (noBound - 1) / times ? noBound : a * times;
}

std::size_t longest(const Node& node)
{
    std::size_t length = 0;
    switch (node.kind) {
    case Kind::One:
    case Kind::NotOne:
    case Kind::Set:
        return 1;
    case Kind::Concatenation:
        for (const NodePtr& child : node.children) length = added(length, longest(*child));
        return length;
    case Kind::Loop:
        length = longest(*node.children.front());
        if (node.max == Node::unlimited) return length == 0 ? 0 : noBound;
        return multiplied(length, static_cast<std::size_t>(node.max));
    case Kind::LookAround:
        return 0;
    default:
        for (const NodePtr& child : node.children) length = std::max(length, longest(*child));
        return length;
    }
}

bool scans(const Node& node, bool inside)
{
    inside = inside || node.kind == Kind::LookAround || node.kind == Kind::Atomic;
    if (inside && node.kind == Kind::Loop && node.max > smallRepeat) return true;
    return std::any_of(node.children.begin(), node.children.end(),
                       [inside](const NodePtr& child) { return scans(*child, inside); });
}

constexpr std::size_t largeProgram = 1'000'000;

bool isAsserting(Kind kind)
{
    return kind == Kind::Empty || kind == Kind::LineStart || kind == Kind::LineEnd || kind == Kind::TextStart ||
           kind == Kind::TextEnd || kind == Kind::TextEndOrLastLineFeed;
}

// Visits the pieces that every match passes, from one end; false where the text is not fixed any more.
template <typename Visit>
bool visitText(const Node& node, bool fromEnd, const Visit& visit)
{
    switch (node.kind) {
    case Kind::One:
        return !node.ignoreCase && node.rune != 0xFFFD && (node.rune < 0xD800 || node.rune > 0xDFFF) && visit(node);
    case Kind::Concatenation:
    case Kind::Group:
    case Kind::Capture:
        for (std::size_t i = 0; i < node.children.size(); ++i)
            if (!visitText(*node.children[fromEnd ? node.children.size() - 1 - i : i], fromEnd, visit)) return false;
        return true;
    default:
        return isAsserting(node.kind);
    }
}

} // namespace

std::size_t longestText(const Node& root)
{
    // The root is the group of the whole pattern.
    const Node* whole = root.children.empty() ? nullptr : root.children.front().get();
    if (!whole || whole->kind != Kind::Concatenation) return noBound;
    if (whole->children.front()->kind != Kind::TextStart) return noBound;
    switch (whole->children.back()->kind) {
    case Kind::TextEnd:
        return longest(*whole);
    case Kind::TextEndOrLastLineFeed:
        return added(longest(*whole), 1);
    default:
        return noBound;
    }
}

std::size_t choices(const Node& root)
{
    std::size_t count = 0;
    for (const NodePtr& child : root.children) count = added(count, choices(*child));
    if (root.kind == Kind::Alternation) count = added(count, root.children.size() - 1);
    if (root.kind == Kind::NotOne || root.kind == Kind::Set) count = 1;
    if (root.kind == Kind::One && root.ignoreCase) count = 1;
    if (root.kind == Kind::Loop) {
        const int times = root.max == Node::unlimited ? std::max(root.min, 1) : root.max;
        count = multiplied(count, static_cast<std::size_t>(times));
        if (times > 1) count = added(count, static_cast<std::size_t>(times));
    }
    return count;
}

bool scansInLookAround(const Node& root)
{
    return scans(root, false);
}

std::size_t programSize(const Node& root, const Spelling& spelling)
{
    std::size_t size = 1;
    for (const NodePtr& child : root.children)
        size = std::min(added(size, programSize(*child, spelling)), largeProgram);
    if (root.kind == Kind::One || root.kind == Kind::NotOne || root.kind == Kind::Set) {
        const RuneSet& set = spelling.of(root);
        const bool bytes = spelling.alphabet().form() == Alphabet::Form::Bytes;
        const std::size_t beyond = bytes && !set.only() ? 1 : 3;
        size = 0;
        for (const RuneRange& range : set.ranges()) size += range.last < 0x80 ? 1 : beyond;
        if (set.ranges().size() != 1) ++size;
    }
    if (root.kind == Kind::Loop) {
        const int times = root.max == Node::unlimited ? std::max(root.min, 1) : root.max;
        size = std::min(multiplied(size, static_cast<std::size_t>(times)), largeProgram);
    }
    return size;
}

std::size_t nodes(const Node& root)
{
    std::size_t count = 1;
    for (const NodePtr& child : root.children) count += nodes(*child);
    return count;
}

std::string textBegin(const Node& root)
{
    std::string begin;
    visitText(root, false, [&begin](const Node& one) {
        text::appendCodePoint(begin, one.rune);
        return true;
    });
    return begin;
}

std::string textEnd(const Node& root)
{
    std::string end;
    visitText(root, true, [&end](const Node& one) {
        std::string rune;
        text::appendCodePoint(rune, one.rune);
        end.insert(0, rune);
        return true;
    });
    return end;
}

} // namespace iam::authz
