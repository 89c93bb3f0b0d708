// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/published.h"
#include "cluster/agent/eventlog.h"
#include "cluster/agent/journal.h"
#include "cluster/agent/peerlink.h"
#include "cluster/agent/senses.h"
#include "cluster/agent/vipwitness.h"
#include "cluster/proof/signedmessage.h"
#include "cluster/verdict/transitiontracker.h"
#include "cluster/verdict/verdict.h"
#include "probe/httpprobe.h"
#include "probe/interruptionmeter.h"
#include <QObject>
#include <QTimer>
#include <array>
#include <functional>

namespace iam::cluster {

/// What an agent says of itself: for /readyz and /metrics. As of `at`.
struct AgentHealth {
    struct Peer {
        std::string name;
        std::chrono::milliseconds age{};
        std::string complaint;
    };
    SteadyTime at{};
    std::vector<Peer> peers;
    std::vector<std::string> missing; ///< senses that say nothing: one sentence each
    std::string surrender;            ///< why the address is given up; empty: it is not
    contract::VipVerdict verdict = contract::VipVerdict::Unknown;
    std::uint64_t transitions = 0;
    std::uint64_t interruptions = 0;
    std::uint64_t refusedWords = 0; ///< of peers, that made no sense
    std::uint64_t lostLogLines = 0;
};

/// One node's agent: gathers what its senses, the other agents and its questions through the VIP say, concludes who has
/// the VIP and why it moved, and tells it. All on one thread with an event loop, unless it says otherwise.
class Agent : public QObject {
public:
    static constexpr std::chrono::milliseconds period{250};
    /// The address and the peers are asked at every second look, in turns: what is asked and looked at together wakes
    /// the process once, and a peer hears of an answer through the address when that is half as old as it gets.
    static constexpr std::chrono::milliseconds askPeriod{2 * period};

    struct Setup {
        ClusterDefinition definition;
        std::string node;           ///< of the definition
        std::uint16_t peerPort = 0; ///< where the others listen
        bool probe = true;          ///< ask through the VIP as a client
    };
    /// Everything outlives this. `journal` may be null.
    Agent(Setup setup, Senses& senses, const ClusterKeySource& keys, Journal* journal, const Clock& clock);
    ~Agent() override;

    /// Begins to look and to ask.
    void start();

    /// Runs `job` on the agent's thread: at once when called there, else later. From any thread, as long as the agent
    /// lives.
    void post(std::function<void()> job);
    /// From any thread. Never null.
    [[nodiscard]] std::shared_ptr<const AgentHealth> health() const { return m_health.read(); }
    /// From any thread.
    [[nodiscard]] const std::string& nodeName() const noexcept { return m_setup.node; }
    /// Null when events are not kept on disk. From any thread.
    [[nodiscard]] const Journal* journal() const noexcept { return m_journal; }

    /// As of now, concluded now.
    [[nodiscard]] contract::ClusterStatus status();
    /// The status and the events behind `sequence`.
    [[nodiscard]] contract::ClusterView view(std::uint64_t sequence);
    /// What the peers are told.
    [[nodiscard]] contract::NodeReport report();
    /// Whether a signed request is to be answered; takes each once.
    [[nodiscard]] Refusal admit(const ProofKeys& keys, const RequestText& request, const MessageStamp& stamp);

private:
    void beat();
    void look();
    void take(const Observation& observation);
    void conclude();
    void concludeTransitions(SteadyTime now);
    void noteVerdict(contract::ClusterVip vip);
    void measured(const probe::ProbeResult& result);
    void keep(contract::ClusterEvent event);
    void publishHealth(SteadyTime now);
    [[nodiscard]] std::vector<std::string> missingSenses(SteadyTime now) const;
    [[nodiscard]] TimePoint wallTime(SteadyTime time) const;
    [[nodiscard]] std::vector<contract::ClusterNode> nodes();
    void startProbe();

    const Setup m_setup;
    Senses& m_senses;
    const ClusterKeySource& m_keys;
    Journal* const m_journal;
    const Clock& m_clock;
    EvidencePool m_pool;
    TransitionTracker m_tracker;
    EventLog m_events;
    RequestGate m_gate;
    std::vector<std::unique_ptr<PeerLink>> m_peers;
    VipWitness m_vip;
    std::unique_ptr<probe::HttpProbe> m_probe;
    probe::InterruptionMeter m_meter;
    contract::VipVerdict m_verdict = contract::VipVerdict::Unknown; ///< that was told last
    std::string m_owner;
    AgentHealth m_counts;
    Published<AgentHealth> m_health;
    QTimer m_timer;
    bool m_vipIsNext = true; ///< to be asked
};

} // namespace iam::cluster
