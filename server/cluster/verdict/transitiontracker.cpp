// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/transitiontracker.h"
#include <algorithm>

namespace iam::cluster {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longestHistory = 512;
constexpr std::size_t mostWitnesses = 256; // kinds of words of all witnesses
constexpr std::size_t mostPending = 64;
// Words about one event of different senses: keepalived's FIFO, netlink and checks every quarter of a second.
constexpr auto near = 600ms;

} // namespace

void TransitionTracker::observe(const SeenInterruption& interruption)
{
    m_interruptions.push_back(interruption);
    if (m_interruptions.size() > mostPending) m_interruptions.pop_front();
}

void TransitionTracker::remember(const Observation& observation)
{
    const Key key{observation.fact, observation.witness, observation.about};
    const auto known = m_latest.find(key);
    if (known == m_latest.end() && m_latest.size() >= mostWitnesses) return;
    const bool differs = known == m_latest.end() || known->second.says != observation.says;
    m_latest[key] = observation;
    if (!differs) return;
    m_history.push_back(observation);
    if (m_history.size() > longestHistory) m_history.pop_front();
}

void TransitionTracker::observe(const Observation& observation)
{
    const auto known = m_latest.find({observation.fact, observation.witness, observation.about});
    if (known != m_latest.end() && observation.at < known->second.at) return; // late: others came after it
    remember(observation);
    if (observation.fact != Fact::Address) return;

    const auto found = m_holdings.find(observation.witness);
    const bool held = observation.says == "held";
    const Time since = observation.since.value_or(observation.at);
    if (found == m_holdings.end()) {
        if (m_holdings.size() >= mostWitnesses) return;
        m_holdings[observation.witness] = {held, since, observation.at};
        if (held && m_owner.empty())
            m_owner = observation.witness;
        else if (held)
            gained(observation, since);
        return;
    }
    Holding& holding = found->second;
    const bool differs = holding.held != held;
    if (differs) holding = {held, since, observation.at};
    holding.until = observation.at;
    if (differs && held) gained(observation, since);
    if (differs && !held) lost(observation, since);
}

void TransitionTracker::gained(const Observation& word, Time since)
{
    const std::string& node = word.witness;
    if (!m_pending.empty() && m_pending.back().to.empty()) {
        // Left one interface and came to another one, or back: one transition.
        Change& change = m_pending.back();
        change.to = node;
        change.at = since;
        change.known = word.at;
    } else if (m_owner != node) {
        changed({since, word.at, m_owner, node});
    }
    m_owner = node;
}

void TransitionTracker::lost(const Observation& word, Time since)
{
    if (word.witness != m_owner) return;
    m_owner.clear();
    for (const auto& [node, holding] : m_holdings)
        if (holding.held && word.at - holding.until <= patience) m_owner = node;
    changed({since, word.at, word.witness, m_owner});
}

void TransitionTracker::changed(Change change)
{
    m_pending.push_back(std::move(change));
    if (m_pending.size() > mostPending) m_pending.pop_front();
}

std::optional<TransitionTracker::Time> TransitionTracker::due() const
{
    if (m_pending.empty()) return {};
    return m_pending.front().known + patience;
}

std::vector<Transition> TransitionTracker::take(Time now)
{
    std::vector<Transition> concluded;
    while (!m_pending.empty() && m_pending.front().known + patience <= now) {
        concluded.push_back(conclude(m_pending.front()));
        m_pending.pop_front();
    }
    return concluded;
}

Transition TransitionTracker::conclude(const Change& change) const
{
    Transition transition{change.at, change.from, change.to, Cause::Unknown, {}, {}};
    // It left the old interface shortly before it came to the new one, or (two masters, a node that hangs) later.
    const Time left = change.from.empty() ? change.at : leftAt(change.from, change.at - lookBack).value_or(change.at);
    transition.cause = causeOf(change, left);
    const Time begin = std::min(left, change.at) - lookBack;
    for (const Observation& word : m_history) {
        const bool concerns = word.witness == change.from || word.witness == change.to || word.about == change.from;
        if (concerns && word.at >= begin && word.at <= change.known + patience) transition.evidence.push_back(word);
    }
    std::stable_sort(transition.evidence.begin(), transition.evidence.end(),
                     [](const Observation& a, const Observation& b) { return a.at < b.at; });
    transition.interruption = interruptionOf(std::min(left, change.at), std::max(left, change.at));
    return transition;
}

/// When the node last let go of the address, not before `after`.
std::optional<TransitionTracker::Time> TransitionTracker::leftAt(const std::string& node, Time after) const
{
    for (auto word = m_history.rbegin(); word != m_history.rend(); ++word) {
        if (word->fact != Fact::Address || word->witness != node || word->says != "absent") continue;
        const Time left = word->since.value_or(word->at);
        return left >= after ? std::optional(left) : std::nullopt;
    }
    return {};
}

std::optional<SeenInterruption> TransitionTracker::interruptionOf(Time begin, Time end) const
{
    std::optional<SeenInterruption> longest;
    for (const SeenInterruption& seen : m_interruptions) {
        const bool overlaps = seen.from - near <= end && seen.from + seen.length + near >= begin;
        if (overlaps && (!longest || longest->length < seen.length)) longest = seen;
    }
    return longest;
}

} // namespace iam::cluster
