// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/agent.h"
#include "base/logging.h"
#include "cluster/agent/bootclock.h"
#include "cluster/agent/upstreamshares.h"
#include "contract/clustercodec.h"
#include <QThread>
#include <utility>

namespace iam::cluster {
namespace {

constexpr const char* probePath = "/.well-known/iam-probe";
constexpr std::chrono::milliseconds probeTimeout{1000};
constexpr std::chrono::milliseconds probeGathering{1000};
constexpr std::size_t mostEvidence = 16;

std::vector<std::string> namesOf(const ClusterDefinition& definition)
{
    std::vector<std::string> names;
    for (const NodeDefinition& node : definition.nodes) names.push_back(node.name);
    return names;
}

} // namespace

Agent::Agent(Setup setup, Senses& senses, const ClusterKeySource& keys, Journal* journal, const Clock& clock)
    : m_setup(std::move(setup))
    , m_senses(senses)
    , m_keys(keys)
    , m_journal(journal)
    , m_clock(clock)
    , m_pool(m_setup.definition.vip.address, namesOf(m_setup.definition))
    , m_events(m_setup.node)
    , m_vip(m_setup.node, m_setup.definition, keys, clock,
            [this](const Observation& said) {
                take(said);
                conclude();
            })
    , m_health(std::make_shared<const AgentHealth>(AgentHealth{clock.steadyNow(), {}, {}, {}, {}, 0, 0, 0, 0}))
{
    for (const NodeDefinition& node : m_setup.definition.nodes) {
        if (node.name == m_setup.node) continue;
        m_peers.push_back(std::make_unique<PeerLink>(PeerLink::Setup{m_setup.node, node, m_setup.peerPort}, keys, clock,
                                                     [this](const Observation& heard) { take(heard); }));
    }
    if (m_journal != nullptr) m_events.restore(m_journal->newest(EventLog::most));
    m_senses.observed = [this](const Observation& observation) { take(observation); };
    m_senses.noticed = [this](const std::string& sentence) {
        qCInfo(lcCluster, "%s", sentence.c_str());
        if (m_journal != nullptr) m_journal->note(sentence);
    };
    QObject::connect(&m_timer, &QTimer::timeout, this, [this] { beat(); });
}

Agent::~Agent()
{
    m_senses.observed = {};
    m_senses.noticed = {};
}

void Agent::start()
{
    if (m_journal != nullptr) m_journal->note("the agent begins");
    m_timer.start(period);
    if (m_setup.probe) startProbe();
    look();
}

void Agent::startProbe()
{
    probe::ProbeTarget target;
    target.address = m_setup.definition.vip.address;
    target.port = m_setup.definition.ports.http;
    target.host = m_setup.definition.apiDomain;
    target.path = probePath;
    target.period = m_setup.definition.probe.clientPeriod;
    target.timeout = std::min(probeTimeout, 100 * target.period);
    target.gathering = probeGathering;
    auto made = probe::HttpProbe::make(target);
    if (!made) {
        qCWarning(lcCluster, "nothing is asked through the address: %s", made.error().detail.c_str());
        return;
    }
    m_probe = std::move(*made);
    QObject::connect(m_probe.get(), &probe::HttpProbe::decided, this,
                     [this](const probe::ProbeResult& result) { measured(result); });
    m_probe->start();
}

void Agent::post(std::function<void()> job)
{
    if (QThread::currentThread() == thread()) return job();
    QMetaObject::invokeMethod(this, std::move(job), Qt::QueuedConnection);
}

void Agent::beat()
{
    if (std::exchange(m_vipIsNext, !m_vipIsNext))
        m_vip.ask();
    else
        for (const auto& peer : m_peers) peer->ask();
    look();
}

void Agent::look()
{
    for (const Observation& observation : m_senses.observations()) take(observation);
    conclude();
}

void Agent::take(const Observation& observation)
{
    const SteadyTime now = m_clock.steadyNow();
    if (auto added = m_pool.add(observation, now); !added) {
        ++m_counts.refusedWords;
        qCDebug(lcCluster, "a word of %s is not taken: %s", observation.witness.c_str(), added.error().detail.c_str());
        return;
    }
    m_tracker.observe(observation);
    if (m_journal != nullptr) m_journal->note(observation, now);
}

void Agent::conclude()
{
    const SteadyTime now = m_clock.steadyNow();
    concludeTransitions(now);
    noteVerdict(verdict(m_pool, now));
    publishHealth(now);
}

void Agent::concludeTransitions(SteadyTime now)
{
    for (const Transition& transition : m_tracker.take(now)) {
        contract::ClusterEvent event;
        event.time = wallTime(transition.at);
        event.kind = "transition";
        event.from = transition.from;
        event.to = transition.to;
        event.cause = textOf(transition.cause);
        for (const Observation& observation : transition.evidence)
            if (event.evidence.size() < mostEvidence) event.evidence.push_back(toWitness(observation, now));
        if (transition.interruption) {
            event.interruption = transition.interruption->length;
            event.error = transition.interruption->error;
        }
        ++m_counts.transitions;
        qCInfo(lcCluster, "the address moved from %s to %s: %s",
               transition.from.empty() ? "nobody" : event.from.c_str(),
               transition.to.empty() ? "nobody" : event.to.c_str(), event.cause.c_str());
        keep(std::move(event));
    }
}

void Agent::noteVerdict(contract::ClusterVip vip)
{
    if (vip.verdict == m_verdict && (vip.owner == m_owner || vip.owner.empty())) return;
    if (vip.verdict != m_verdict) {
        contract::ClusterEvent event;
        event.time = m_clock.now();
        event.kind = "verdict";
        event.from = contract::vipVerdictText(m_verdict);
        event.to = contract::vipVerdictText(vip.verdict);
        event.evidence = std::move(vip.witnesses);
        if (event.evidence.size() > mostEvidence) event.evidence.resize(mostEvidence);
        qCInfo(lcCluster, "verdict: %s, %s", event.to.c_str(), vip.reason.c_str());
        keep(std::move(event));
    }
    m_verdict = vip.verdict;
    if (!vip.owner.empty()) m_owner = vip.owner;
}

void Agent::measured(const probe::ProbeResult& result)
{
    m_meter.add(result);
    while (const auto ended = m_meter.take()) {
        const SteadyTime from = BootClock::fromSteady(ended->from);
        m_tracker.observe(SeenInterruption{from, ended->length, ended->error});
        contract::ClusterEvent event;
        event.time = wallTime(from);
        event.kind = "interruption";
        event.to = m_owner;
        event.interruption = ended->length;
        event.error = ended->error;
        ++m_counts.interruptions;
        qCInfo(lcCluster, "no answers through the address for %lld ms, give or take %lld ms",
               static_cast<long long>(ended->length.count()), static_cast<long long>(ended->error.count()));
        keep(std::move(event));
    }
}

void Agent::keep(contract::ClusterEvent event)
{
    const contract::ClusterEvent& kept = m_events.add(std::move(event));
    if (m_journal != nullptr) m_journal->note(kept);
}

TimePoint Agent::wallTime(SteadyTime time) const
{
    return m_clock.now() - std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - time);
}

std::vector<contract::ClusterNode> Agent::nodes()
{
    std::vector<contract::ClusterNode> nodes;
    for (const NodeDefinition& defined : m_setup.definition.nodes) {
        if (defined.name == m_setup.node) {
            nodes.push_back(m_senses.node());
            continue;
        }
        for (const auto& peer : m_peers)
            if (peer->name() == defined.name) nodes.push_back(peer->node());
    }
    setServiceShares(nodes, m_setup.definition);
    return nodes;
}

contract::ClusterStatus Agent::status()
{
    for (const Observation& observation : m_senses.observations()) take(observation);
    contract::ClusterStatus status;
    status.answeredBy = m_setup.node;
    status.vip = verdict(m_pool, m_clock.steadyNow());
    status.nodes = nodes();
    status.dependencies = m_senses.dependencies();
    status.apiDomain = m_setup.definition.apiDomain;
    status.tls = m_setup.definition.certificate.has_value();
    status.httpPort = status.tls ? m_setup.definition.ports.https : m_setup.definition.ports.http;
    if (const auto keys = m_keys.keys()) status.verifyKey = keys->verifyKey();
    return status;
}

contract::ClusterView Agent::view(std::uint64_t sequence)
{
    return {status(), m_events.after(sequence), m_events.last()};
}

contract::NodeReport Agent::report()
{
    const SteadyTime now = m_clock.steadyNow();
    contract::NodeReport report;
    report.node = m_senses.node();
    for (const Observation& observation : m_senses.observations()) report.words.push_back(toWitness(observation, now));
    for (const auto& peer : m_peers)
        if (peer->word()) report.words.push_back(toWitness(*peer->word(), now));
    if (m_vip.word()) report.words.push_back(toWitness(*m_vip.word(), now));
    return report;
}

Refusal Agent::admit(const ProofKeys& keys, const RequestText& request, const MessageStamp& stamp)
{
    return m_gate.check(keys, request, stamp, m_clock);
}

std::vector<std::string> Agent::missingSenses(SteadyTime now) const
{
    std::vector<std::string> missing;
    const auto lacks = [&](Fact fact) {
        const Word* word = m_pool.latest(m_setup.node, fact);
        return word == nullptr || !word->fresh(now) || word->seen.says == "UNKNOWN";
    };
    if (lacks(Fact::Address)) missing.emplace_back("nothing is known of the addresses of this node");
    if (lacks(Fact::Vrrp))
        missing.emplace_back("nothing is known of keepalived: it does not run, or may not be looked at");
    if (lacks(Fact::Nginx)) missing.emplace_back("nginx was not asked yet");
    if (!m_setup.definition.probe.gateway.empty() && lacks(Fact::Gateway))
        missing.emplace_back("the gateway cannot be pinged");
    if (lacks(Fact::VipAnswer)) missing.emplace_back("nothing could be asked through the address");
    return missing;
}

void Agent::publishHealth(SteadyTime now)
{
    AgentHealth health = m_counts;
    health.at = now;
    health.verdict = m_verdict;
    health.missing = missingSenses(now);
    health.surrender = m_senses.surrenderReason();
    health.lostLogLines = m_senses.lostLogLines();
    for (const auto& peer : m_peers) health.peers.push_back({peer->name(), peer->age(), peer->complaint()});
    m_health.publish(std::make_shared<const AgentHealth>(std::move(health)));
}

} // namespace iam::cluster
