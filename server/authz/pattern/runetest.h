// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

namespace iam::authz {

/// A set of runes that is quick to ask: any ASCII characters, and of the others all, none, or a well-known set.
struct RuneTest {
    enum class Beyond : std::uint8_t { None, All, Word, NotWord, Digit, NotDigit, Space, NotSpace };

    std::array<std::uint64_t, 2> ascii{}; ///< by bit
    Beyond beyond = Beyond::None;         ///< of what is not ASCII

    static RuneTest allBut(char ascii);
    void addAscii(char32_t first, char32_t last);

    [[nodiscard]] bool hasAscii(unsigned char c) const noexcept { return (ascii[c >> 6U] >> (c & 63U) & 1U) != 0; }
    [[nodiscard]] bool contains(char32_t rune) const noexcept
    {
        return rune < 0x80 ? hasAscii(static_cast<unsigned char>(rune)) : hasBeyond(rune);
    }
    [[nodiscard]] bool hasBeyond(char32_t rune) const noexcept;
    [[nodiscard]] RuneTest complement() const noexcept;
    /// False also when that cannot be told quickly.
    [[nodiscard]] bool isSurelyDisjoint(const RuneTest& other) const noexcept;
    [[nodiscard]] bool surelyContains(const RuneTest& other) const noexcept;
    bool operator==(const RuneTest&) const = default;
};

} // namespace iam::authz
