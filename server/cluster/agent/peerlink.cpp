// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/peerlink.h"
#include "base/logging.h"
#include "cluster/verdict/evidencepool.h"
#include "cluster/verdict/statusage.h"

namespace iam::cluster {
namespace {

contract::Age ageOf(SteadyTime time, SteadyTime now)
{
    return std::max(std::chrono::ceil<contract::Age>(now - time), contract::Age{});
}

} // namespace

contract::ClusterWitness toWitness(const Observation& observation, SteadyTime now)
{
    contract::ClusterWitness witness;
    witness.what = textOf(observation.fact);
    witness.node = observation.witness;
    witness.says = observation.says;
    witness.about = observation.about;
    witness.age = ageOf(observation.at, now);
    if (observation.since) witness.since = ageOf(*observation.since, now);
    return witness;
}

std::optional<Observation> toObservation(const contract::ClusterWitness& witness, SteadyTime asked)
{
    const auto fact = factOf(witness.what);
    if (!fact || witness.age < contract::Age{}) return std::nullopt;
    Observation observation{witness.node, *fact, witness.about, witness.says, asked - witness.age, {}};
    if (witness.since) observation.since = asked - std::max(*witness.since, witness.age);
    return observation;
}

PeerLink::PeerLink(Setup setup, const ClusterKeySource& keys, const Clock& clock, Heard heard)
    : m_setup(std::move(setup))
    , m_clock(clock)
    , m_heard(std::move(heard))
    , m_reportAsked(clock.steadyNow())
    , m_complaint("not heard yet")
    , m_ask(HttpAsk::Config{m_setup.peer.address, m_setup.port, m_setup.peer.name, true, longestReport, timeout},
            {m_setup.self, m_setup.peer.name}, keys, clock, [this](const SignedAnswer& answer) { answered(answer); })
{
    m_node.name = m_setup.peer.name;
    m_node.address = m_setup.peer.address;
}

void PeerLink::ask()
{
    m_ask.get(observationsPath);
}

void PeerLink::answered(const SignedAnswer& answer)
{
    if (answer.clockOffset) m_offset = answer.clockOffset;
    switch (answer.outcome) {
    case SignedAnswer::Outcome::Answered:
        say("reachable", answer.askedAt);
        return read(answer);
    case SignedAnswer::Outcome::Refused:
        say("reachable", answer.askedAt);
        return complain(answer.reason);
    case SignedAnswer::Outcome::Silent:
        say("unreachable", answer.askedAt);
        return complain(answer.reason);
    case SignedAnswer::Outcome::Forged:
        m_word.reset(); // somebody is there, but who
        return complain(answer.reason);
    case SignedAnswer::Outcome::Unasked:
        return;
    }
}

void PeerLink::read(const SignedAnswer& answer)
{
    auto report = contract::decodeNodeReport(answer.body);
    if (!report || report->node.name != name()) return complain("a report that cannot be read");
    complain({});
    m_node = std::move(report->node);
    m_reportAsked = answer.askedAt;
    // Only of itself: what it heard from others is not its own to say.
    for (const contract::ClusterWitness& word : report->words)
        if (const auto observation = toObservation(word, answer.askedAt); observation && word.node == name())
            m_heard(*observation);
}

void PeerLink::say(const char* what, SteadyTime at)
{
    const bool same = m_word && m_word->says == what && at - m_word->at <= freshFor;
    m_word = Observation{m_setup.self, Fact::Peer, name(), what, at, same ? m_word->since : std::optional(at)};
    m_heard(*m_word);
}

void PeerLink::complain(std::string why)
{
    if (why.empty() && !m_complaint.empty()) qCInfo(lcCluster, "the agent of %s is heard", name().c_str());
    if (!why.empty() && why != m_complaint)
        qCWarning(lcCluster, "the agent of %s is not heard: %s", name().c_str(), why.c_str());
    m_complaint = std::move(why);
}

std::chrono::milliseconds PeerLink::age() const
{
    return ageOf(m_reportAsked, m_clock.steadyNow());
}

contract::ClusterNode PeerLink::node() const
{
    contract::ClusterStatus status;
    status.nodes = {m_node};
    contract::ClusterNode node = std::move(agedBy(std::move(status), age()).nodes.front());
    node.age = age();
    node.reachable.reset();
    node.clockOffset = node.age <= freshFor ? m_offset : std::nullopt;
    if (m_word && m_clock.steadyNow() - m_word->at <= freshFor) {
        node.reachable = m_word->says == "reachable";
        // It answers, though with a report that is of no use here: that much is known, and how old that is.
        if (*node.reachable && node.age > freshFor) node.age = ageOf(m_word->at, m_clock.steadyNow());
    }
    return node;
}

} // namespace iam::cluster
