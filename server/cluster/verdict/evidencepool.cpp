// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/evidencepool.h"
#include <algorithm>
#include <set>

namespace iam::cluster {

EvidencePool::EvidencePool(std::string vip, std::vector<std::string> nodes)
    : m_vip(std::move(vip))
    , m_nodes(std::move(nodes))
{
}

bool EvidencePool::isNode(const std::string& name) const
{
    return std::find(m_nodes.begin(), m_nodes.end(), name) != m_nodes.end();
}

Result<> EvidencePool::admitWitness(const std::string& witness) const
{
    if (isNode(witness)) return {};
    std::set<std::string_view> others;
    for (const auto& [key, entry] : m_words) {
        const std::string& known = std::get<1>(key);
        if (known == witness) return {};
        if (!isNode(known)) others.insert(known);
    }
    if (others.size() >= otherWitnesses) return fail(Code::Validation, "there are too many witnesses beside the nodes");
    return {};
}

Result<> EvidencePool::admit(const Observation& observation, Time now) const
{
    if (observation.witness.empty() || observation.witness.size() > longestText)
        return fail(Code::Validation, "a witness has a name of 1 to 64 bytes");
    if (observation.says.size() > longestText || observation.about.size() > longestText)
        return fail(Code::Validation, "a word of a witness has at most 64 bytes");
    if (!hasWord(observation.fact, observation.says))
        return fail(Code::Validation, std::string(textOf(observation.fact)) + " cannot be \"" + observation.says + '"');
    if ((observation.fact == Fact::Peer) == observation.about.empty())
        return fail(Code::Validation, "a word about a peer names it, and no other word does");
    if (observation.fact == Fact::Peer && !isNode(observation.about))
        return fail(Code::Validation, '"' + observation.about + "\" is not a node");
    if (observation.since && *observation.since > observation.at)
        return fail(Code::Validation, "since is later than the observation itself");
    if (observation.at > now + tolerance) return fail(Code::Validation, "the observation is from the future");
    return admitWitness(observation.witness);
}

Result<> EvidencePool::add(Observation observation, Time now)
{
    forget(now);
    if (auto admitted = admit(observation, now); !admitted) return admitted;
    observation.at = std::min(observation.at, now);
    if (observation.since) observation.since = std::min(*observation.since, observation.at);

    Entry& entry = m_words[{observation.fact, observation.witness, observation.about}];
    Word& word = entry.word;
    const bool first = word.seen.witness.empty();
    const bool same = !first && word.seen.says == observation.says;
    if (!first && observation.at < word.seen.at) {
        // Late: it says nothing about what is so now, but if it differs, what is so now began after it.
        if (!same && (!entry.differed || *entry.differed < observation.at)) {
            entry.differed = observation.at;
            word.from = std::max(word.from, observation.at);
        }
        return {};
    }
    if (!first && !same) entry.differed = word.seen.at;
    if (observation.since) {
        word.from = std::max(*observation.since, entry.differed.value_or(*observation.since));
        word.changeKnown = true;
    } else if (!same || observation.at - word.seen.at > freshFor) {
        word.from = observation.at;
        word.changeKnown = !first && !same;
    }
    word.seen = std::move(observation);
    return {};
}

void EvidencePool::forget(Time now)
{
    std::erase_if(m_words, [now](const auto& entry) { return now - entry.second.word.seen.at > keptFor; });
}

const Word* EvidencePool::latest(const std::string& witness, Fact fact, const std::string& about) const
{
    const auto found = m_words.find({fact, witness, about});
    return found == m_words.end() ? nullptr : &found->second.word;
}

std::vector<const Word*> EvidencePool::words() const
{
    std::vector<const Word*> words;
    words.reserve(m_words.size());
    for (const auto& [key, entry] : m_words) words.push_back(&entry.word);
    return words;
}

std::optional<EvidencePool::Time> EvidencePool::freshUntil(Time now) const
{
    std::optional<Time> until;
    for (const auto& [key, entry] : m_words) {
        if (!entry.word.fresh(now)) continue;
        const Time end = entry.word.seen.at + freshFor;
        if (!until || end < *until) until = end;
    }
    return until;
}

} // namespace iam::cluster
