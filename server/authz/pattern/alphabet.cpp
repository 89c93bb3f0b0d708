// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/alphabet.h"
#include "base/text.h"
#include <algorithm>

namespace iam::authz {

namespace {

constexpr char32_t behindLastRune = 0x110000;
constexpr std::int64_t spelledBytesPerStep = 2;
constexpr std::int64_t searchingSteps = 3; // texts run on in one script, mostly

} // namespace

Alphabet::Alphabet(std::vector<Run> runs, std::size_t letters)
    : m_runs(std::move(runs))
    , m_letters(letters)
{
    m_runs.push_back({behindLastRune, 0});
    m_runs.shrink_to_fit();
}

char32_t Alphabet::letter(std::size_t number)
{
    const auto letter = static_cast<char32_t>(0x80 + number);
    return letter < 0xD800 ? letter : letter + 0x800; // behind the surrogates
}

const Alphabet::Run* Alphabet::runOf(char32_t rune) const
{
    const auto behind = std::upper_bound(m_runs.begin(), m_runs.end(), rune,
                                         [](char32_t value, const Run& run) { return value < run.first; });
    return &*std::prev(behind);
}

char32_t Alphabet::letterOf(char32_t rune) const
{
    return rune < 0x80 ? rune : runOf(rune)->letter;
}

bool Alphabet::spell(std::string_view text, Effort& effort, std::string& out) const
{
    if (!effort.spend(static_cast<std::int64_t>(text.size()) / spelledBytesPerStep)) return false;
    const bool asBytes = form() == Form::Bytes;
    const Run* run = m_runs.data();
    out.reserve(text.size());
    for (std::size_t position = 0; position < text.size();) {
        if (const char c = text[position]; static_cast<unsigned char>(c) < 0x80) {
            out += c;
            ++position;
            continue;
        }
        const char32_t rune = text::nextCodePoint(text, position);
        if (rune < run->first || rune >= run[1].first) {
            if (!effort.spend(searchingSteps)) return false;
            run = runOf(rune);
        }
        if (asBytes)
            out += static_cast<char>(static_cast<unsigned char>(run->letter));
        else
            text::appendCodePoint(out, run->letter);
    }
    return true;
}

} // namespace iam::authz
