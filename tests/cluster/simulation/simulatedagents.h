// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/verdict.h"
#include "network.h"
#include <array>
#include <memory>
#include <optional>

namespace iam::test {

/// The agents of all nodes and an observer outside: each asks its own node, the address and the others a few times a
/// second, and concludes from what it knows. Only ages travel, counted from when something was asked, so the clocks of
/// nodes do not enter; an exchange is refused when they differ by more than 30 s.
class SimulatedAgents {
public:
    using Time = Schedule::Time;

    SimulatedAgents(Network& network, TruthOracle& oracle);

    void kill(int i);
    void start(int i);
    void freeze(int i, bool frozen);
    void stall(int i, Time length);
    void skew(int i, Time offset) { agent(i).offset = offset; }
    /// Whether all run, none is frozen, and their clocks agree.
    [[nodiscard]] bool allHear() const;
    /// Lets every observer conclude what changed by age alone.
    void conclude(int observer);
    [[nodiscard]] contract::ClusterVip shown(int observer) const;

private:
    struct Agent {
        bool runs = true;
        bool frozen = false;
        Time stalledUntil = 0;
        Time offset = 0;    ///< of its clock
        Time toldUntil = 0; ///< when the last line comes out of keepalived's pipe
        int life = 0;       ///< what was begun by an earlier one is lost
        std::vector<std::function<void()>> deferred;
        int silentChecks = 0, goodChecks = 0;
        Network::Vrrp vrrp = Network::Vrrp::Backup; ///< what keepalived told last
        Time vrrpSince = 0, addressSince = 0;
        std::unique_ptr<cluster::EvidencePool> pool;
        int conclusion = 0; ///< number of the planned one
    };
    [[nodiscard]] Agent& agent(int i) { return m_agents[std::size_t(i)]; }
    [[nodiscard]] const Agent& agent(int i) const { return m_agents[std::size_t(i)]; }
    void run(int i, std::function<void()> what);
    void repeat(int i, Time period, void (SimulatedAgents::*what)(int));
    void look(int i);
    void checkNginx(int i);
    void nginxSaid(int i, Time asked, bool answers);
    void askAddress(int i);
    void askPeers(int i);
    void serve(int i, int from, Time asked, int life);
    void learn(int i, cluster::Observation seen);
    [[nodiscard]] cluster::Observation word(int i, cluster::Fact fact, std::string says, Time at) const;
    [[nodiscard]] std::string name(int i) const;

    Network& m_network;
    Schedule& m_schedule;
    TruthOracle& m_oracle;
    std::array<Agent, Network::mostNodes + 1> m_agents;
};

} // namespace iam::test
