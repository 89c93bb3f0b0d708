// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/shape.h"
#include "authz/findtext.h"
#include "base/text.h"
#include <algorithm>
#include <optional>
#include <utility>

namespace iam::authz {

namespace {

constexpr std::int64_t walkedBytesPerStep = 8;
constexpr std::int64_t textBytesPerStep = 256;
constexpr std::int64_t stepsPerRune = 4; // beyond ASCII

// How far runes of the set go in [from, end), at most `most` of them; `count`: how many there were.
std::size_t run(const RuneTest& runes, std::string_view text, std::size_t from, std::size_t end, std::uint32_t most,
                std::uint32_t& count, std::int64_t& cost)
{
    const std::string_view seen = text.substr(0, end);
    std::size_t position = from;
    count = 0;
    std::int64_t others = 0;
    while (position < end && count < most) {
        const auto byte = static_cast<unsigned char>(seen[position]);
        if (byte < 0x80) {
            if (!runes.hasAscii(byte)) break;
            ++position;
        } else {
            std::size_t behind = position;
            ++others;
            if (!runes.hasBeyond(text::nextCodePoint(seen, behind))) break;
            position = behind;
        }
        ++count;
    }
    cost += static_cast<std::int64_t>(position - from) / walkedBytesPerStep + others * stepsPerRune;
    return position;
}

constexpr std::uint32_t noMost = static_cast<std::uint32_t>(Node::unlimited);

} // namespace

bool Shape::matches(std::string_view needle, Effort& effort) const
{
    if (!needle.starts_with(textAt(0, head().before))) {
        effort.spend(Effort::otherBeginning);
        return false;
    }
    std::int64_t cost = 4;
    bool matching = false;
    const Piece* const last = pieces().data() + pieces().size();
    for (const Piece* piece = pieces().data(); piece != last; ++piece) {
        ++cost;
        matching = matchesFrom(piece, needle, cost);
        if (matching) break;
        while (!piece->ends) ++piece;
    }
    effort.spend(cost);
    return matching;
}

bool Shape::matchesFrom(const Piece* piece, std::string_view needle, std::int64_t& cost) const
{
    const bool lineFeed = needle.ends_with('\n');
    std::size_t position = 0;
    for (;; ++piece) {
        std::uint32_t count = 0;
        if (piece->isText) {
            cost += piece->length / textBytesPerStep;
            if (needle.compare(position, piece->length, textOf(*piece)) != 0) return false;
            position += piece->length;
        } else if (piece->way == Way::Longest) {
            position = run(runesOf(*piece), needle, position, needle.size(), piece->length, count, cost);
            if (count < piece->offset) return false;
        } else if (piece->way == Way::Nearest) {
            const std::size_t start = run(runesOf(*piece), needle, position, needle.size(), piece->offset, count, cost);
            if (count < piece->offset) return false;
            ++piece; // the text
            const std::size_t found = findText(needle, textOf(*piece), start);
            cost += static_cast<std::int64_t>(std::min(found, needle.size()) - start) / walkedBytesPerStep;
            if (found == std::string_view::npos) return false;
            if (run(runesOf(piece[-1]), needle, start, found, noMost, count, cost) != found) return false;
            position = found + piece->length;
        } else {
            const std::string_view end = piece->ends ? std::string_view() : textOf(piece[1]);
            const auto endsAt = [&](std::string_view whole) {
                if (whole.size() < position + end.size() || !whole.ends_with(end)) return false;
                const std::size_t stop = whole.size() - end.size();
                return run(runesOf(*piece), needle, position, stop, piece->length, count, cost) == stop &&
                       count >= piece->offset;
            };
            return endsAt(needle) || (lineFeed && endsAt(needle.substr(0, needle.size() - 1)));
        }
        if (piece->ends) break;
    }
    return position == needle.size() || (lineFeed && position + 1 == needle.size());
}

std::vector<std::string> Shape::texts() const
{
    std::vector<std::string> texts;
    for (const Piece& piece : pieces()) {
        if (!piece.isText || !piece.ends) return {};
        texts.emplace_back(textOf(piece));
    }
    return texts;
}

std::string Shape::prefix() const
{
    std::optional<std::string_view> common;
    bool begins = true;
    for (const Piece& piece : pieces()) {
        if (std::exchange(begins, piece.ends)) {
            const std::string_view text = piece.isText ? textOf(piece) : std::string_view();
            if (!common) common = text;
            const auto differing = std::mismatch(common->begin(), common->end(), text.begin(), text.end());
            common = common->substr(0, static_cast<std::size_t>(differing.first - common->begin()));
        }
    }
    return std::string(common.value_or(std::string_view()));
}

std::string Shape::suffix() const
{
    std::optional<std::string_view> common;
    for (const Piece& piece : pieces()) {
        if (!piece.ends) continue;
        const std::string_view text = piece.isText ? textOf(piece) : std::string_view();
        if (!common) common = text;
        const auto differing = std::mismatch(common->rbegin(), common->rend(), text.rbegin(), text.rend());
        common = common->substr(static_cast<std::size_t>(common->rend() - differing.first));
    }
    return std::string(common.value_or(std::string_view()));
}

} // namespace iam::authz
