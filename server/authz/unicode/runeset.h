// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace iam::authz {

struct RuneRange {
    char32_t first;
    char32_t last; ///< included
    bool operator==(const RuneRange&) const = default;
};

/// A set of Unicode code points without the surrogates. A plain value: ascending ranges that do not touch.
class RuneSet {
public:
    RuneSet() = default;
    /// In any order, overlapping or not; surrogates are left out.
    explicit RuneSet(std::vector<RuneRange> ranges);
    static RuneSet all();
    static RuneSet single(char32_t rune) { return RuneSet({{rune, rune}}); }

    [[nodiscard]] const std::vector<RuneRange>& ranges() const noexcept { return m_ranges; }
    [[nodiscard]] bool empty() const noexcept { return m_ranges.empty(); }
    [[nodiscard]] bool contains(char32_t rune) const noexcept;
    /// The only member, when there is exactly one.
    [[nodiscard]] std::optional<char32_t> only() const noexcept;

    [[nodiscard]] RuneSet unitedWith(const RuneSet& other) const;
    [[nodiscard]] RuneSet without(const RuneSet& other) const;
    [[nodiscard]] RuneSet complement() const;
    bool operator==(const RuneSet&) const = default;

private:
    std::vector<RuneRange> m_ranges;
};

/// A general category ("Lu", "L"), script ("Greek") or property ("White_Space") of Unicode 13 under exactly that name.
[[nodiscard]] std::optional<RuneSet> namedRunes(std::string_view name);
/// Letters, nonspacing marks, decimal digits, connector punctuation and the two zero-width joiners.
[[nodiscard]] const RuneSet& wordRunes();
/// The property White_Space.
[[nodiscard]] const RuneSet& spaceRunes();
/// Whether a quoted text may show this code point as it is: letters, marks, numbers, punctuation, symbols, space.
[[nodiscard]] bool isPrintable(char32_t rune);
[[nodiscard]] bool isWordRune(char32_t rune);

/// The simple lower case form; the rune itself when it has none.
[[nodiscard]] char32_t lowerRune(char32_t rune);
/// Every rune whose lower case form is in `set`.
[[nodiscard]] RuneSet runesLoweringInto(const RuneSet& set);

} // namespace iam::authz
