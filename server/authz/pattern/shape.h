// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/pattern/node.h"
#include "authz/pattern/runetest.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iam::authz {

/// A template that is plain enough to be answered by walking along the needle: alternatives of texts and repeated sets
/// of runes, where every step has only one way to go. It says what the regular expression would say, on any bytes,
/// and needs no engine. It lies in bytes that somebody else keeps and nobody changes, without any address in them: a
/// copy of them is as good. Any number of threads.
class Shape {
public:
    using Bytes = std::unique_ptr<const std::byte[]>;
    /// Of the address where the bytes begin.
    static constexpr std::size_t alignment = alignof(RuneTest);

    /// Null when the template is not that plain. The tree must be of readTemplate(); `before` is the size of the text
    /// before its first part.
    [[nodiscard]] static Bytes of(const Node& root, std::size_t before);
    explicit Shape(const std::byte* bytes) noexcept
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {m_bytes, head().size}; }

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
        std::uint32_t offset = 0; ///< of a text, behind the pieces; of a set, the fewest repetitions
        std::uint32_t length = 0; ///< of a text; of a set, the most repetitions
        std::uint16_t runes = 0;  ///< of a set: which one
        Way way = Way::Longest;
        bool isText : 1 = true;
        bool ends : 1 = false; ///< the alternative
    };
    /// Behind it are the sets, the pieces of all alternatives, one after the other, and the texts.
    struct alignas(alignment) Head {
        std::uint32_t size = 0; ///< of all of it
        std::uint32_t before = 0;
        std::uint16_t sets = 0;
        std::uint16_t pieces = 0;
    };

    [[nodiscard]] const Head& head() const noexcept { return *reinterpret_cast<const Head*>(m_bytes); }
    [[nodiscard]] const RuneTest* sets() const noexcept
    {
        return reinterpret_cast<const RuneTest*>(m_bytes + sizeof(Head));
    }
    [[nodiscard]] std::span<const Piece> pieces() const noexcept
    {
        return {reinterpret_cast<const Piece*>(sets() + head().sets), head().pieces};
    }
    [[nodiscard]] std::string_view textAt(std::size_t offset, std::size_t length) const noexcept
    {
        return {reinterpret_cast<const char*>(pieces().data() + head().pieces) + offset, length};
    }
    [[nodiscard]] std::string_view textOf(const Piece& piece) const noexcept
    {
        return textAt(piece.offset, piece.length);
    }
    [[nodiscard]] const RuneTest& runesOf(const Piece& piece) const noexcept { return sets()[piece.runes]; }
    bool matchesFrom(const Piece* piece, std::string_view needle, std::int64_t& cost) const;

    const std::byte* m_bytes;
};

} // namespace iam::authz
