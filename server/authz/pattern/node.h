// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/charclass.h"
#include <limits>
#include <memory>
#include <vector>

namespace iam::authz {

/// A piece of a parsed pattern.
struct Node {
    enum class Kind {
        Empty,
        One,       ///< `rune`
        NotOne,    ///< any but `rune`
        Set,       ///< one of `charClass`
        LineStart, ///< at the beginning or behind a line feed
        LineEnd,   ///< at the end or before a line feed
        Boundary,  ///< between a word rune and none
        NoBoundary,
        TextStart,
        TextEnd,
        TextEndOrLastLineFeed, ///< at the end or before a line feed that is the last rune
        Concatenation,
        Alternation,
        Loop, ///< `min` to `max` times the child
        Group,
        Capture,
        LookAround, ///< `behind`, `negative`
        Atomic,
    };
    static constexpr int unlimited = std::numeric_limits<std::int32_t>::max();

    explicit Node(Kind nodeKind, bool nodeIgnoresCase = false)
        : kind(nodeKind)
        , ignoreCase(nodeIgnoresCase)
    {
    }

    Kind kind;
    bool ignoreCase; ///< the text is lower-cased before it is looked at
    bool lazy = false;
    bool behind = false;
    bool negative = false;
    char32_t rune = 0;
    int min = 0;
    int max = 0;
    CharClass charClass;
    std::vector<std::unique_ptr<Node>> children;

    /// The runes that One, NotOne or Set takes.
    [[nodiscard]] RuneSet runes() const
    {
        RuneSet taken = kind == Kind::Set ? charClass.members() : RuneSet::single(rune);
        if (kind == Kind::NotOne) taken = taken.complement();
        return ignoreCase ? runesLoweringInto(taken) : taken;
    }
};
using NodePtr = std::unique_ptr<Node>;

/// Appends a child, simplified as far as it has a meaning: alternatives of one rune each become one set, and of its
/// named classes the first negated one has the last word.
void addChild(Node& parent, NodePtr child);

} // namespace iam::authz
