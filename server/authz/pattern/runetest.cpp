// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/runetest.h"
#include "authz/unicode/runeset.h"

namespace iam::authz {

namespace {

bool isDigitRune(char32_t rune)
{
    static const RuneSet digits = *namedRunes("Nd");
    return digits.contains(rune);
}

} // namespace

RuneTest RuneTest::allBut(char ascii)
{
    RuneTest none;
    none.addAscii(static_cast<unsigned char>(ascii), static_cast<unsigned char>(ascii));
    return none.complement();
}

void RuneTest::addAscii(char32_t first, char32_t last)
{
    for (char32_t rune = first; rune <= last && rune < 0x80; ++rune)
        ascii[rune >> 6U] |= std::uint64_t{1} << (rune & 63U);
}

bool RuneTest::hasBeyond(char32_t rune) const noexcept
{
    switch (beyond) {
    case Beyond::None:
        return false;
    case Beyond::All:
        return true;
    case Beyond::Word:
        return isWordRune(rune);
    case Beyond::NotWord:
        return !isWordRune(rune);
    case Beyond::Digit:
        return isDigitRune(rune);
    case Beyond::NotDigit:
        return !isDigitRune(rune);
    case Beyond::Space:
        return spaceRunes().contains(rune);
    case Beyond::NotSpace:
        return !spaceRunes().contains(rune);
    }
    return false;
}

RuneTest RuneTest::complement() const noexcept
{
    static_assert(static_cast<int>(Beyond::All) == 1 && static_cast<int>(Beyond::NotSpace) == 7); // pairs
    return {{~ascii[0], ~ascii[1]}, static_cast<Beyond>(static_cast<unsigned>(beyond) ^ 1U)};
}

bool RuneTest::isSurelyDisjoint(const RuneTest& other) const noexcept
{
    return (ascii[0] & other.ascii[0]) == 0 && (ascii[1] & other.ascii[1]) == 0 &&
           (beyond == Beyond::None || other.beyond == Beyond::None || beyond == other.complement().beyond);
}

bool RuneTest::surelyContains(const RuneTest& other) const noexcept
{
    return (other.ascii[0] & ~ascii[0]) == 0 && (other.ascii[1] & ~ascii[1]) == 0 &&
           (beyond == Beyond::All || other.beyond == Beyond::None || beyond == other.beyond);
}

} // namespace iam::authz
