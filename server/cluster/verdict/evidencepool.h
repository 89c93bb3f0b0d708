// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/verdict/observation.h"
#include <map>
#include <tuple>
#include <vector>

namespace iam::cluster {

/// What a word is good for no longer than this after it was so: at most that old counts, older is unknown.
inline constexpr std::chrono::seconds freshFor{2};

/// A witness's latest word of one kind, and what is known of how long it has been so.
struct Word {
    Observation seen;
    /// Since when it has been so without a break: the witness's own `since`, else when the first of an unbroken row of
    /// equal words was so; never before the last word that said something else.
    Observation::Time from{};
    bool changeKnown = false; ///< `from` is when it became so; otherwise it may have been so before
    /// No word of before this is about what is so now.
    [[nodiscard]] Observation::Time changed() const noexcept { return changeKnown ? from : Observation::Time::min(); }
    [[nodiscard]] bool fresh(Observation::Time now) const noexcept { return now - seen.at <= freshFor; }
};

/// Keeps each witness's latest word per fact (per peer for Fact::Peer). Latest by the time when it was so, not by when
/// it arrived: a word that comes late changes nothing. Not thread-safe; bounded in witnesses and in the length of
/// texts.
class EvidencePool {
public:
    using Time = Observation::Time;

    /// Other witnesses than nodes ("console") that are kept beside them.
    static constexpr std::size_t otherWitnesses = 16;
    static constexpr std::size_t longestText = 64;
    /// Words about the future are taken as of now up to this much, and refused beyond.
    static constexpr std::chrono::milliseconds tolerance{100};
    /// A word this old is dropped.
    static constexpr std::chrono::seconds keptFor{60};

    EvidencePool(std::string vip, std::vector<std::string> nodes);

    /// `now`: when it arrived. Refuses (Validation, a sentence) texts that are empty or too long, a `since` after `at`,
    /// words from the future, a witness too many, a word that its fact does not have.
    Result<> add(Observation observation, Time now);

    [[nodiscard]] const std::string& vip() const noexcept { return m_vip; }
    [[nodiscard]] const std::vector<std::string>& nodes() const noexcept { return m_nodes; }
    [[nodiscard]] bool isNode(const std::string& name) const;
    /// Fresh or not; null when it never spoke of that or is forgotten.
    [[nodiscard]] const Word* latest(const std::string& witness, Fact fact, const std::string& about = {}) const;
    /// All latest words, by fact, witness, about.
    [[nodiscard]] std::vector<const Word*> words() const;
    /// The last moment at which all words that are fresh at `now` still are; a verdict can only change after it, or
    /// when something is added. Empty: nothing is fresh.
    [[nodiscard]] std::optional<Time> freshUntil(Time now) const;

private:
    using Key = std::tuple<Fact, std::string, std::string>;
    struct Entry {
        Word word;
        std::optional<Time> differed; ///< when it last said something else
    };
    Result<> admit(const Observation& observation, Time now) const;
    Result<> admitWitness(const std::string& witness) const;
    void forget(Time now);

    std::string m_vip;
    std::vector<std::string> m_nodes;
    std::map<Key, Entry> m_words;
};

} // namespace iam::cluster
