// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/unicode/runeset.h"
#include "authz/unicode/tables.h"
#include <algorithm>

namespace iam::authz {

namespace {

constexpr char32_t lastRune = 0x10FFFF;
constexpr char32_t firstSurrogate = 0xD800;
constexpr char32_t lastSurrogate = 0xDFFF;

// Sorted and merged, with the surrogates cut out.
std::vector<RuneRange> normalized(std::vector<RuneRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](const RuneRange& a, const RuneRange& b) { return a.first < b.first; });
    std::vector<RuneRange> out;
    const auto append = [&out](char32_t first, char32_t last) {
        if (first > last) return;
        if (!out.empty() && first <= out.back().last + 1)
            out.back().last = std::max(out.back().last, last);
        else
            out.push_back({first, last});
    };
    for (const RuneRange& range : ranges) {
        if (range.first > range.last) continue;
        const char32_t last = std::min(range.last, lastRune);
        if (last < firstSurrogate || range.first > lastSurrogate) {
            append(range.first, last);
        } else {
            if (range.first < firstSurrogate) append(range.first, firstSurrogate - 1);
            append(lastSurrogate + 1, last);
        }
    }
    return out;
}

RuneSet runesNumbered(std::span<const std::uint32_t> transitions, unsigned shift, std::uint64_t numbers)
{
    std::vector<RuneRange> ranges;
    for (std::size_t i = 0; i < transitions.size(); ++i) {
        const std::uint32_t number = transitions[i] & ((1U << shift) - 1);
        if (number >= 64 || (numbers >> number & 1U) == 0) continue;
        const char32_t next = i + 1 < transitions.size() ? transitions[i + 1] >> shift : lastRune + 1;
        ranges.push_back({transitions[i] >> shift, next - 1});
    }
    return RuneSet(std::move(ranges));
}

std::optional<RuneSet> category(std::string_view name)
{
    std::uint64_t numbers = 0;
    for (std::size_t i = 1; i < unicode::categoryNames.size(); ++i) // 0, unassigned, cannot be asked for
        if (unicode::categoryNames[i] == name || (name.size() == 1 && unicode::categoryNames[i][0] == name[0]))
            numbers |= std::uint64_t{1} << i;
    if (numbers == 0) return std::nullopt;
    return runesNumbered(unicode::categories, 5, numbers);
}

std::optional<RuneSet> script(std::string_view name)
{
    const auto& names = unicode::scriptNames;
    const auto found = std::find(names.begin() + 1, names.end(), name);
    if (found == names.end()) return std::nullopt;
    const auto number = static_cast<std::uint32_t>(found - names.begin());
    std::vector<RuneRange> ranges;
    for (std::size_t i = 0; i < unicode::scripts.size(); ++i) {
        if ((unicode::scripts[i] & 0xFFU) != number) continue;
        const char32_t next = i + 1 < unicode::scripts.size() ? unicode::scripts[i + 1] >> 8 : lastRune + 1;
        ranges.push_back({unicode::scripts[i] >> 8, next - 1});
    }
    return RuneSet(std::move(ranges));
}

std::optional<RuneSet> property(std::string_view name)
{
    if (name == "STerm") // an older name of the same property
        name = "Sentence_Terminal";
    for (const unicode::Property& property : unicode::properties) {
        if (property.name != name) continue;
        std::vector<RuneRange> ranges;
        for (std::uint32_t i = 0; i + 1 < property.count; i += 2)
            ranges.push_back(
                {unicode::propertyBounds[property.offset + i], unicode::propertyBounds[property.offset + i + 1] - 1});
        return RuneSet(std::move(ranges));
    }
    return std::nullopt;
}

} // namespace

RuneSet::RuneSet(std::vector<RuneRange> ranges)
    : m_ranges(normalized(std::move(ranges)))
{
}

RuneSet RuneSet::all()
{
    return RuneSet({{0, lastRune}});
}

bool RuneSet::contains(char32_t rune) const noexcept
{
    const auto behind = std::upper_bound(m_ranges.begin(), m_ranges.end(), rune,
                                         [](char32_t value, const RuneRange& range) { return value < range.first; });
    return behind != m_ranges.begin() && rune <= std::prev(behind)->last;
}

std::optional<char32_t> RuneSet::only() const noexcept
{
    if (m_ranges.size() != 1 || m_ranges.front().first != m_ranges.front().last) return std::nullopt;
    return m_ranges.front().first;
}

RuneSet RuneSet::unitedWith(const RuneSet& other) const
{
    std::vector<RuneRange> ranges = m_ranges;
    ranges.insert(ranges.end(), other.m_ranges.begin(), other.m_ranges.end());
    return RuneSet(std::move(ranges));
}

RuneSet RuneSet::complement() const
{
    std::vector<RuneRange> ranges;
    char32_t next = 0;
    for (const RuneRange& range : m_ranges) {
        if (range.first > next) ranges.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    if (next <= lastRune) ranges.push_back({next, lastRune});
    return RuneSet(std::move(ranges));
}

RuneSet RuneSet::without(const RuneSet& other) const
{
    return complement().unitedWith(other).complement();
}

std::optional<RuneSet> namedRunes(std::string_view name)
{
    // The property wins over the category and the category over the script, should they ever share a name.
    if (auto runes = property(name)) return runes;
    if (auto runes = category(name)) return runes;
    return script(name);
}

const RuneSet& wordRunes()
{
    static const RuneSet runes = [] {
        RuneSet all({{0x200C, 0x200D}});
        for (const char* name : {"L", "Mn", "Nd", "Pc"}) all = all.unitedWith(*category(name));
        return all;
    }();
    return runes;
}

const RuneSet& spaceRunes()
{
    static const RuneSet runes = *property("White_Space");
    return runes;
}

bool isPrintable(char32_t rune)
{
    static const RuneSet runes = [] {
        RuneSet all = RuneSet::single(U' ');
        for (const char* name : {"L", "M", "N", "P", "S"}) all = all.unitedWith(*category(name));
        return all;
    }();
    return runes.contains(rune);
}

bool isWordRune(char32_t rune)
{
    return wordRunes().contains(rune);
}

char32_t lowerRune(char32_t rune)
{
    const auto behind =
        std::upper_bound(unicode::lowerRuns.begin(), unicode::lowerRuns.end(), rune,
                         [](char32_t value, const unicode::LowerRun& run) { return value < run.first; });
    if (behind == unicode::lowerRuns.begin()) return rune;
    const unicode::LowerRun& run = *std::prev(behind);
    if (rune > run.last || (rune - run.first) % run.step != 0) return rune;
    return static_cast<char32_t>(static_cast<std::int32_t>(rune) + run.delta);
}

RuneSet runesLoweringInto(const RuneSet& set)
{
    // Members that have a lower case form elsewhere leave; whatever has its lower case form in the set comes in.
    static const RuneSet changing = [] {
        std::vector<RuneRange> runes;
        for (const unicode::LowerRun& run : unicode::lowerRuns)
            for (std::uint32_t rune = run.first; rune <= run.last; rune += run.step) runes.push_back({rune, rune});
        return RuneSet(std::move(runes));
    }();
    std::vector<RuneRange> joining;
    for (const unicode::LowerRun& run : unicode::lowerRuns) {
        for (std::uint32_t rune = run.first; rune <= run.last; rune += run.step)
            if (set.contains(static_cast<char32_t>(static_cast<std::int32_t>(rune) + run.delta)))
                joining.push_back({rune, rune});
    }
    return set.without(changing).unitedWith(RuneSet(std::move(joining)));
}

} // namespace iam::authz
