// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/pattern/node.h"
#include "authz/pattern/runetest.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

/// A template that is plain enough to be answered by walking along the needle: alternatives of texts and repeated sets
/// of runes, where every step has only one way to go. It says what the regular expression would say, on any bytes,
/// and needs no engine. Immutable, any number of threads.
class Shape {
public:
    /// Nothing when the template is not that plain. The tree must be of readTemplate().
    [[nodiscard]] static std::optional<Shape> of(const Node& root);

    /// Whether it matches the whole needle, or all but a final line feed. Its work is charged to `effort`; the answer
    /// counts also when that is spent by it.
    [[nodiscard]] bool matches(std::string_view needle, Effort& effort) const;

    /// All texts, when there is nothing but texts; otherwise nothing.
    [[nodiscard]] std::vector<std::string> texts() const;
    /// What all needles that match begin with, and end with (before a final line feed).
    [[nodiscard]] std::string prefix() const;
    [[nodiscard]] std::string suffix() const;

private:
    friend class Shaper;
    /// How a repeated set finds its end.
    enum class Way : std::uint8_t {
        Longest, ///< as far as it goes: what follows cannot begin inside
        Nearest, ///< up to where the text that follows is found first: what follows that takes all the rest
        Last,    ///< up to the text at the end of the needle
    };
    struct Piece {
        bool isText = true;
        bool ends = false; ///< the alternative
        Way way = Way::Longest;
        std::uint32_t offset = 0; ///< of a text in m_texts; of a set, the fewest repetitions
        std::uint32_t length = 0; ///< of a text; of a set, the most repetitions
        RuneTest runes;
    };
    using Pieces = std::vector<Piece>;

    [[nodiscard]] std::string_view textOf(const Piece& piece) const
    {
        return std::string_view(m_texts).substr(piece.offset, piece.length);
    }
    bool matchesFrom(const Piece* piece, std::string_view needle, std::int64_t& cost) const;

    Pieces m_pieces; // of all alternatives, one after the other
    std::string m_texts;
};

} // namespace iam::authz
