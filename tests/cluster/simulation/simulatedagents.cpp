// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulatedagents.h"
#include <cstdlib>

namespace iam::test {

using cluster::Fact;
using cluster::Observation;

namespace {

constexpr auto patience = 800 * ms; // for an answer through the address, and of a peer
constexpr auto largestSkew = 30'000 * ms;

Observation::Time moment(Schedule::Time time)
{
    return Observation::Time(std::chrono::microseconds(time));
}

std::string textOf(Network::Vrrp state)
{
    switch (state) {
    case Network::Vrrp::Master:
        return "MASTER";
    case Network::Vrrp::Backup:
        return "BACKUP";
    case Network::Vrrp::Fault:
        return "FAULT";
    case Network::Vrrp::Stopped:
        break;
    }
    return "STOP";
}

} // namespace

SimulatedAgents::SimulatedAgents(Network& network, TruthOracle& oracle)
    : m_network(network)
    , m_schedule(network.schedule())
    , m_oracle(oracle)
{
    network.addressChanged = [this](int i) { run(i, [this, i] { look(i); }); };
    network.vrrpChanged = [this](int i) {
        const Network::Vrrp state = m_network.node(i).vrrp;
        // A pipe: late, but in order.
        agent(i).toldUntil = std::max(agent(i).toldUntil + 1, m_schedule.now() + m_schedule.between(1 * ms, 70 * ms));
        m_schedule.at(agent(i).toldUntil, [this, i, state] {
            run(i, [this, i, state] {
                agent(i).vrrp = state;
                agent(i).vrrpSince = m_schedule.now();
                look(i);
            });
        });
    };
    std::vector<std::string> nodes;
    for (int i = 0; i < network.size(); ++i) nodes.push_back(name(i));
    for (int i = 0; i <= Network::mostNodes; ++i) {
        if (i != Network::outside && i >= network.size()) continue;
        agent(i).pool = std::make_unique<cluster::EvidencePool>("10.0.4.99", nodes);
        const Time period = m_schedule.between(200 * ms, 500 * ms);
        if (i != Network::outside) {
            repeat(i, period, &SimulatedAgents::look);
            repeat(i, 250 * ms, &SimulatedAgents::checkNginx);
        }
        repeat(i, period, &SimulatedAgents::askAddress);
        repeat(i, period, &SimulatedAgents::askPeers);
    }
}

std::string SimulatedAgents::name(int i) const
{
    return i == Network::outside ? "console" : "n" + std::to_string(i + 1);
}

void SimulatedAgents::run(int i, std::function<void()> what)
{
    Agent& self = agent(i);
    if (!self.runs) return;
    if (self.frozen) {
        self.deferred.push_back(std::move(what));
    } else if (m_schedule.now() < self.stalledUntil) {
        m_schedule.at(self.stalledUntil, [this, i, life = self.life, what = std::move(what)] {
            if (agent(i).life == life) run(i, what);
        });
    } else {
        what();
    }
}

void SimulatedAgents::repeat(int i, Time period, void (SimulatedAgents::*what)(int))
{
    m_schedule.after(m_schedule.between(1, period), [this, i, period, what] {
        // A timer that could not fire fires once, not as often as it was due.
        if (!agent(i).frozen) run(i, [this, i, what] { (this->*what)(i); });
        repeat(i, period, what);
    });
}

Observation SimulatedAgents::word(int i, Fact fact, std::string says, Time at) const
{
    return {name(i), fact, {}, std::move(says), moment(at), {}};
}

void SimulatedAgents::learn(int i, Observation seen)
{
    if (!agent(i).pool->add(std::move(seen), moment(m_schedule.now()))) std::abort();
}

/// At its own interface, and what its keepalived said last.
void SimulatedAgents::look(int i)
{
    Agent& self = agent(i);
    const Time now = m_schedule.now();
    const std::string says = m_network.node(i).held ? "held" : "absent";
    const cluster::Word* before = self.pool->latest(name(i), Fact::Address);
    if (!before || before->seen.says != says) self.addressSince = now;
    Observation address = word(i, Fact::Address, says, now);
    address.since = moment(self.addressSince);
    learn(i, std::move(address));
    Observation state = word(i, Fact::Vrrp, textOf(self.vrrp), now);
    state.since = moment(self.vrrpSince);
    learn(i, std::move(state));
    conclude(i);
}

void SimulatedAgents::checkNginx(int i)
{
    const Time asked = m_schedule.now();
    const bool hangs = m_network.node(i).nginx == Network::Nginx::Hangs;
    m_schedule.after(hangs ? 250 * ms : m_schedule.between(1 * ms, 5 * ms), [this, i, asked] {
        const bool answers = m_network.node(i).nginx == Network::Nginx::Runs;
        run(i, [this, i, asked, answers] { nginxSaid(i, asked, answers); });
    });
}

void SimulatedAgents::nginxSaid(int i, Time asked, bool answers)
{
    Agent& self = agent(i);
    learn(i, word(i, Fact::Nginx, answers ? "answers" : "silent", asked));
    self.goodChecks = answers ? self.goodChecks + 1 : 0;
    self.silentChecks = answers ? 0 : self.silentChecks + 1;
    if (self.silentChecks >= 2) m_network.setTrack(i, true);
    if (self.goodChecks >= 2) m_network.setTrack(i, false);
    conclude(i);
}

void SimulatedAgents::askAddress(int i)
{
    const Time asked = m_schedule.now();
    const int owner = m_network.askedBy(i);
    const auto decided = std::make_shared<bool>(false);
    const auto tell = [this, i, asked, decided](const std::string& says) {
        if (*decided) return;
        *decided = true;
        run(i, [this, i, asked, says] {
            learn(i, word(i, Fact::VipAnswer, says, asked));
            conclude(i);
        });
    };
    m_schedule.after(patience, [tell] { tell("none"); });
    if (owner < 0) return;
    m_schedule.after(m_schedule.between(1 * ms, 8 * ms), [this, i, owner, tell] {
        const auto nginx = m_network.node(owner).nginx;
        if (!m_network.node(owner).runs || nginx == Network::Nginx::Hangs) return;
        if (nginx == Network::Nginx::Stopped || !agent(owner).runs) return tell("none"); // refused, or 502
        run(owner, [this, i, owner, tell] {
            if (m_network.node(owner).nginx == Network::Nginx::Runs && (i == owner || m_network.reaches(owner, i)))
                tell(name(owner));
        });
    });
}

void SimulatedAgents::askPeers(int i)
{
    const Time asked = m_schedule.now();
    for (int peer = 0; peer < m_network.size(); ++peer) {
        if (peer == i || !m_network.reaches(i, peer)) continue;
        if (std::abs(agent(i).offset - agent(peer).offset) > largestSkew) continue;
        m_schedule.after(m_schedule.between(ms / 5, 6 * ms), [this, i, peer, asked, life = agent(i).life] {
            run(peer, [this, i, peer, asked, life] { serve(peer, i, asked, life); });
        });
    }
}

/// Answers `from` with all own words and their ages.
void SimulatedAgents::serve(int i, int from, Time asked, int life)
{
    if (!m_network.reaches(i, from)) return;
    const auto now = moment(m_schedule.now());
    std::vector<Observation> words;
    for (const cluster::Word* word : agent(i).pool->words()) {
        if (word->seen.witness != name(i)) continue;
        Observation seen = word->seen;
        // What is unknown to the asker is how long this took, so it counts from when it asked.
        seen.at = moment(asked) - (now - seen.at);
        if (seen.since) *seen.since = moment(asked) - (now - *seen.since);
        words.push_back(std::move(seen));
    }
    m_schedule.after(m_schedule.between(ms / 5, 6 * ms), [this, from, asked, life, words = std::move(words)] {
        if (m_schedule.now() - asked > patience || agent(from).life != life) return;
        run(from, [this, from, words] {
            for (const Observation& seen : words) learn(from, seen);
            conclude(from);
        });
    });
}

void SimulatedAgents::conclude(int observer)
{
    Agent& self = agent(observer);
    const Time now = m_schedule.now();
    const contract::ClusterVip vip = shown(observer);
    using contract::VipVerdict;
    const auto shown = vip.verdict == VipVerdict::Confirmed  ? TruthOracle::Shown::Confirmed
                       : vip.verdict == VipVerdict::Double   ? TruthOracle::Shown::Double
                       : vip.verdict == VipVerdict::Disputed ? TruthOracle::Shown::Disputed
                                                             : TruthOracle::Shown::Other;
    const int owner = shown == TruthOracle::Shown::Confirmed ? vip.owner.back() - '1' : -1;
    m_oracle.show(name(observer), now, shown, owner);
    const auto until = self.pool->freshUntil(moment(now));
    if (!until) return;
    const int conclusion = ++self.conclusion;
    const auto next = std::chrono::duration_cast<std::chrono::microseconds>(until->time_since_epoch()).count() + 1;
    m_schedule.at(next, [this, observer, conclusion] {
        if (agent(observer).conclusion == conclusion) conclude(observer);
    });
}

contract::ClusterVip SimulatedAgents::shown(int observer) const
{
    return verdict(*agent(observer).pool, moment(m_schedule.now()));
}

void SimulatedAgents::kill(int i)
{
    agent(i).runs = false;
    agent(i).frozen = false;
    ++agent(i).life;
    agent(i).deferred.clear();
}

void SimulatedAgents::start(int i)
{
    Agent& self = agent(i);
    if (self.runs) return;
    self.runs = true;
    self.silentChecks = self.goodChecks = 0;
    self.vrrp = m_network.node(i).vrrp;
    self.vrrpSince = m_schedule.now();
    self.pool = std::make_unique<cluster::EvidencePool>(self.pool->vip(), self.pool->nodes());
    conclude(i);
}

void SimulatedAgents::freeze(int i, bool frozen)
{
    Agent& self = agent(i);
    self.frozen = frozen;
    if (frozen) return;
    const auto deferred = std::move(self.deferred);
    self.deferred.clear();
    for (const auto& what : deferred) run(i, what);
}

void SimulatedAgents::stall(int i, Time length)
{
    agent(i).stalledUntil = m_schedule.now() + length;
}

bool SimulatedAgents::allHear() const
{
    for (int i = 0; i < m_network.size(); ++i)
        if (!agent(i).runs || agent(i).frozen || std::abs(agent(i).offset) > largestSkew) return false;
    return true;
}

} // namespace iam::test
