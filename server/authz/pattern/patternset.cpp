// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/patternset.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include <re2/set.h>

namespace iam::authz {

namespace {

constexpr std::int64_t maxSetMemory = std::int64_t{1} << 19; // bytes of the program and the automaton
constexpr std::size_t maxMemberSize = 100;                   // places of the program
constexpr std::int64_t setSteps = 20;
constexpr std::int64_t placeStepsPerKiBOfSet = 450;        // the automaton may build a new state at every byte
constexpr std::int64_t spellingStepsPerKiB = 1024 * 7 / 2; // of runes of many scripts

RE2::Options setOptions(Alphabet::Form form)
{
    RE2::Options options;
    options.set_max_mem(maxSetMemory);
    options.set_log_errors(false);
    options.set_never_capture(true);
    if (form == Alphabet::Form::Bytes) options.set_encoding(RE2::Options::EncodingLatin1);
    return options;
}

} // namespace

struct PatternSet::Members {
    Alphabet alphabet;
    std::unique_ptr<const RE2::Set> set; ///< null: nothing is known
    std::vector<int> places;             ///< by the number in the set
    std::vector<int> others;             ///< that are not in it
};

PatternSet::~PatternSet() = default;

PatternSet::PatternSet(std::vector<PatternPtr> patterns)
    : m_patterns(std::move(patterns))
{
    if (m_patterns.size() < fewest) return;
    std::vector<NodePtr> roots;
    std::vector<int> places;
    std::vector<int> others;
    for (std::size_t i = 0; i < m_patterns.size(); ++i) {
        auto root = readTemplate(m_patterns[i]->text());
        if (!root || needsBacktracking(**root)) {
            others.push_back(static_cast<int>(i));
            continue;
        }
        roots.push_back(std::move(*root));
        places.push_back(static_cast<int>(i));
    }
    const Spelling spelling(roots);
    auto set = std::make_unique<RE2::Set>(setOptions(spelling.alphabet().form()), RE2::UNANCHORED);
    Members members{spelling.alphabet(), nullptr, {}, std::move(others)};
    std::size_t total = 0;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const std::size_t size = programSize(*roots[i], spelling);
        const bool taken = size <= maxMemberSize && set->Add(toRe2(*roots[i], spelling), nullptr) >= 0;
        (taken ? members.places : members.others).push_back(places[i]);
        if (taken) total += size;
    }
    m_stepsPerKiB = spellingStepsPerKiB + static_cast<std::int64_t>(total) * placeStepsPerKiBOfSet;
    if (!members.places.empty() && set->Compile()) members.set = std::move(set);
    m_members = std::make_unique<const Members>(std::move(members));
}

std::int64_t PatternSet::costOf(std::size_t bytes) const noexcept
{
    if (m_members == nullptr || m_members->set == nullptr) return 0;
    return setSteps + static_cast<std::int64_t>(bytes + 1) * m_stepsPerKiB / 1024;
}

bool PatternSet::search(Needle& needle, Effort& effort, std::vector<int>& places) const
{
    if (m_members == nullptr || m_members->set == nullptr) return false;
    std::string_view text = needle.text();
    if (!effort.spend(costOf(text.size()))) return false;
    Effort spelling; // is counted in that
    std::string spelled;
    if (!needle.isAscii(spelling)) {
        if (!m_members->alphabet.spell(text, spelling, spelled)) return false;
        text = spelled;
    }
    thread_local std::vector<int> found;
    RE2::Set::ErrorInfo error{};
    if (!m_members->set->Match(re2::StringPiece(text.data(), text.size()), &found, &error)) {
        if (error.kind != RE2::Set::kNoError) return false;
        found.clear();
    }
    for (const int number : found) places.push_back(m_members->places[static_cast<std::size_t>(number)]);
    places.insert(places.end(), m_members->others.begin(), m_members->others.end());
    return true;
}

} // namespace iam::authz
