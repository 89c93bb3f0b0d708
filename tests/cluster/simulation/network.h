// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "schedule.h"
#include "support/truthoracle.h"
#include <array>

namespace iam::test {

/// Nodes with keepalived (VRRP version 3, adverts every 0.2 s), nginx and the address, on one segment with a host
/// outside, as they would really be. Nodes are numbers; the host outside is number size().
class Network {
public:
    using Time = Schedule::Time;
    static constexpr int mostNodes = 3;
    static constexpr int outside = mostNodes;

    enum class Vrrp { Master, Backup, Fault, Stopped };
    enum class Nginx { Runs, Hangs, Stopped };

    struct Node {
        int priority = 100;
        bool runs = true; ///< the machine
        bool link = true; ///< its interface, as it knows itself
        Vrrp vrrp = Vrrp::Backup;
        bool keepalived = true;
        bool keepalivedFrozen = false;
        bool held = false;
        Nginx nginx = Nginx::Runs;
        bool track = false; ///< what its agent wrote: give the address up
        Time downAt = 0;    ///< when a BACKUP that hears nothing becomes MASTER
        int timer = 0;      ///< number of the timer that is in force
    };

    Network(Schedule& schedule, int nodes);

    [[nodiscard]] int size() const noexcept { return m_size; }
    [[nodiscard]] Node& node(int i) { return m_nodes[std::size_t(i)]; }
    [[nodiscard]] const Node& node(int i) const { return m_nodes[std::size_t(i)]; }
    [[nodiscard]] Schedule& schedule() noexcept { return m_schedule; }
    /// Whether what `from` sends reaches `to`.
    [[nodiscard]] bool reaches(int from, int to) const;
    /// Who gets what `host` sends to the address; -1: nobody.
    [[nodiscard]] int target(int host) const;
    /// As target(), and its ARP entry is looked at again some time later when nobody is there.
    [[nodiscard]] int askedBy(int host);

    /// Called when the node's interface or its keepalived changed.
    std::function<void(int node)> addressChanged, vrrpChanged;

    void cut(int from, int to, bool cut) { m_cut[std::size_t(from)][std::size_t(to)] = cut; }
    void cutVrrp(int from, int to, bool cut) { m_vrrpCut[std::size_t(from)][std::size_t(to)] = cut; }
    void isolate(int node, bool isolated);

    void startKeepalived(int i);
    void stopKeepalived(int i);
    void killKeepalived(int i);
    void freezeKeepalived(int i, bool frozen);
    void setLink(int i, bool up);
    void setTrack(int i, bool fault);
    void setHeld(int i, bool held);
    void crash(int i);
    void boot(int i);

    [[nodiscard]] std::uint32_t holders() const;
    [[nodiscard]] std::uint32_t answering() const;
    /// No VRRP is cut, and nothing on the nodes is stopped, frozen or in FAULT.
    [[nodiscard]] bool sound() const;
    /// Nothing is cut between any two, and all machines run.
    [[nodiscard]] bool whole() const;

private:
    void enter(int i, Vrrp state);
    void become(int i);
    void judge(int i);
    void advertise(int i, int timer);
    void sendAdvert(int i, int priority);
    void receive(int i, int from, int priority);
    void waitForMaster(int i, Time time);
    void announce(int i);
    [[nodiscard]] Time skew(int i) const;

    static constexpr Time advert = 200 * ms;
    using Cuts = std::array<std::array<bool, mostNodes + 1>, mostNodes + 1>;

    Schedule& m_schedule;
    int m_size;
    std::array<Node, mostNodes> m_nodes;
    Cuts m_cut{}, m_vrrpCut{};
    std::array<int, mostNodes + 1> m_arp; ///< by host
    std::array<bool, mostNodes + 1> m_resolving{};
};

} // namespace iam::test
