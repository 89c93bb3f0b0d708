// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/patternset.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/template.h"
#include <array>
#include <re2/set.h>

namespace iam::authz {

namespace {

constexpr std::int64_t maxSetMemory = std::int64_t{1} << 19; // bytes of one alphabet's program and automaton
constexpr std::size_t maxMemberSize = 100;                   // places of the program

RE2::Options setOptions()
{
    RE2::Options options;
    options.set_max_mem(maxSetMemory);
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

} // namespace

struct PatternSet::Forms {
    struct Form {
        std::unique_ptr<const RE2::Set> set; ///< null: none of them
        std::vector<int> places;             ///< by the number in the set
    };
    std::array<Form, 2> forms;
    std::vector<int> others; ///< in no set
};

PatternSet::~PatternSet() = default;

PatternSet::PatternSet(std::vector<PatternPtr> patterns)
    : m_patterns(std::move(patterns))
{
    if (m_patterns.size() < fewest) return;
    auto made = std::make_unique<Forms>();
    std::array<std::unique_ptr<RE2::Set>, 2> sets;
    for (auto& set : sets) set = std::make_unique<RE2::Set>(setOptions(), RE2::UNANCHORED);
    for (std::size_t i = 0; i < m_patterns.size(); ++i) {
        const int place = static_cast<int>(i);
        const auto root = readTemplate(m_patterns[i]->text());
        const bool taken =
            root && !needsBacktracking(**root) && programSize(**root, Alphabet::Unicode) <= maxMemberSize;
        if (!taken) {
            made->others.push_back(place);
            continue;
        }
        for (const Alphabet alphabet : {Alphabet::Ascii, Alphabet::Unicode}) {
            const auto form = static_cast<std::size_t>(alphabet);
            if (sets[form] == nullptr) continue;
            if (sets[form]->Add(toRe2(**root, alphabet), nullptr) < 0)
                sets[form].reset();
            else
                made->forms[form].places.push_back(place);
        }
    }
    for (std::size_t form = 0; form < sets.size(); ++form)
        if (sets[form] != nullptr && !made->forms[form].places.empty() && sets[form]->Compile())
            made->forms[form].set = std::move(sets[form]);
    m_forms = std::move(made);
}

bool PatternSet::search(Needle& needle, std::vector<int>& places) const
{
    if (m_forms == nullptr) return false;
    const Forms::Form& form = m_forms->forms[static_cast<std::size_t>(needle.alphabet())];
    if (form.set == nullptr) return false;
    const std::string_view text = needle.text();
    thread_local std::vector<int> found;
    RE2::Set::ErrorInfo error{};
    if (!form.set->Match(re2::StringPiece(text.data(), text.size()), &found, &error)) {
        if (error.kind != RE2::Set::kNoError) return false;
        found.clear();
    }
    for (const int number : found) places.push_back(form.places[static_cast<std::size_t>(number)]);
    places.insert(places.end(), m_forms->others.begin(), m_forms->others.end());
    return true;
}

} // namespace iam::authz
