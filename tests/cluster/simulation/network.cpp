// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network.h"

namespace iam::test {

namespace {
}

Network::Network(Schedule& schedule, int nodes)
    : m_schedule(schedule)
    , m_size(nodes)
{
    m_arp.fill(-1);
}

bool Network::reaches(int from, int to) const
{
    const auto connected = [&](int host) { return host == outside || (node(host).runs && node(host).link); };
    return connected(from) && connected(to) && !m_cut[std::size_t(from)][std::size_t(to)];
}

int Network::target(int host) const
{
    if (host != outside && node(host).held) return host;
    const int i = m_arp[std::size_t(host)];
    return i >= 0 && node(i).held && reaches(host, i) && reaches(i, host) ? i : -1;
}

int Network::askedBy(int host)
{
    const int found = target(host);
    if (found < 0 && !m_resolving[std::size_t(host)]) {
        m_resolving[std::size_t(host)] = true;
        m_schedule.after(m_schedule.between(300 * ms, 1500 * ms), [this, host] {
            m_resolving[std::size_t(host)] = false;
            std::vector<int> who;
            for (int i = 0; i < m_size; ++i)
                if (i != host && node(i).held && reaches(host, i) && reaches(i, host)) who.push_back(i);
            if (!who.empty()) m_arp[std::size_t(host)] = who[std::size_t(m_schedule.between(0, Time(who.size()) - 1))];
        });
    }
    return found;
}

Network::Time Network::skew(int i) const
{
    return (256 - node(i).priority) * advert / 256;
}

void Network::setHeld(int i, bool held)
{
    if (node(i).held == held) return;
    node(i).held = held;
    if (addressChanged) addressChanged(i);
}

void Network::enter(int i, Vrrp state)
{
    Node& self = node(i);
    ++self.timer;
    if (self.vrrp == state) return;
    self.vrrp = state;
    if (vrrpChanged) vrrpChanged(i);
}

/// Gratuitous ARP: everybody who hears it goes there from now on.
void Network::announce(int i)
{
    for (int host = 0; host <= mostNodes; ++host) {
        if (host == i || (host != outside && host >= m_size)) continue;
        m_schedule.after(m_schedule.between(1 * ms, 20 * ms), [this, i, host] {
            if (reaches(i, host)) m_arp[std::size_t(host)] = i;
        });
    }
}

void Network::become(int i)
{
    enter(i, Vrrp::Master);
    setHeld(i, true);
    announce(i);
    const int timer = node(i).timer;
    m_schedule.after(1000 * ms, [this, i, timer] {
        if (node(i).timer == timer) announce(i);
    });
    advertise(i, timer);
}

void Network::advertise(int i, int timer)
{
    const Node& self = node(i);
    if (self.timer != timer || self.vrrp != Vrrp::Master) return;
    if (!self.keepalivedFrozen) {
        sendAdvert(i, self.priority);
        if (m_schedule.chance(0.04)) announce(i); // the refresh every five seconds
    }
    m_schedule.after(advert + m_schedule.between(0, 3 * ms), [this, i, timer] { advertise(i, timer); });
}

void Network::sendAdvert(int i, int priority)
{
    for (int to = 0; to < m_size; ++to) {
        if (to == i || !reaches(i, to) || m_vrrpCut[std::size_t(i)][std::size_t(to)]) continue;
        m_schedule.after(m_schedule.between(ms / 10, 2 * ms), [this, i, to, priority] { receive(to, i, priority); });
    }
}

void Network::waitForMaster(int i, Time time)
{
    Node& self = node(i);
    const int timer = ++self.timer;
    self.downAt = m_schedule.now() + time;
    m_schedule.at(self.downAt, [this, i, timer] {
        Node& waiting = node(i);
        if (waiting.timer != timer || waiting.vrrp != Vrrp::Backup || !waiting.keepalived) return;
        if (waiting.keepalivedFrozen)
            waitForMaster(i, 100 * ms);
        else
            become(i);
    });
}

void Network::receive(int i, int from, int priority)
{
    Node& self = node(i);
    if (!self.keepalived || self.keepalivedFrozen || !self.runs) return;
    if (self.vrrp == Vrrp::Backup) {
        if (priority == 0)
            waitForMaster(i, skew(i));
        else if (priority >= self.priority)
            waitForMaster(i, 3 * advert + skew(i));
        return;
    }
    if (self.vrrp != Vrrp::Master) return;
    if (priority > self.priority || (priority == self.priority && from > i)) {
        enter(i, Vrrp::Backup);
        setHeld(i, false);
        waitForMaster(i, 3 * advert + skew(i));
    } else {
        sendAdvert(i, self.priority);
        announce(i);
    }
}

/// Whether keepalived is in FAULT follows from its link and from the file that the agent writes.
void Network::judge(int i)
{
    Node& self = node(i);
    if (!self.keepalived || self.keepalivedFrozen) return;
    const bool fault = !self.link || self.track;
    if (fault && self.vrrp != Vrrp::Fault) {
        if (self.vrrp == Vrrp::Master) sendAdvert(i, 0);
        enter(i, Vrrp::Fault);
        setHeld(i, false);
    } else if (!fault && self.vrrp == Vrrp::Fault) {
        enter(i, Vrrp::Backup);
        waitForMaster(i, 3 * advert + skew(i));
    }
}

void Network::startKeepalived(int i)
{
    Node& self = node(i);
    if (!self.runs) return;
    setHeld(i, false);
    self.keepalived = true;
    self.keepalivedFrozen = false;
    enter(i, Vrrp::Backup);
    waitForMaster(i, 3 * advert + skew(i));
    judge(i);
}

void Network::stopKeepalived(int i)
{
    if (node(i).vrrp == Vrrp::Master) sendAdvert(i, 0);
    node(i).keepalived = false;
    enter(i, Vrrp::Stopped);
    setHeld(i, false);
}

/// It says nothing any more, and the address stays. Nobody is told: the FIFO is silent.
void Network::killKeepalived(int i)
{
    Node& self = node(i);
    self.keepalived = false;
    ++self.timer;
}

void Network::freezeKeepalived(int i, bool frozen)
{
    node(i).keepalivedFrozen = frozen;
    if (!frozen) judge(i);
}

void Network::setLink(int i, bool up)
{
    node(i).link = up;
    m_schedule.after(m_schedule.between(ms, 10 * ms), [this, i] { judge(i); });
}

void Network::setTrack(int i, bool fault)
{
    if (node(i).track == fault) return;
    node(i).track = fault;
    m_schedule.after(m_schedule.between(ms, 5 * ms), [this, i] { judge(i); });
}

void Network::isolate(int i, bool isolated)
{
    for (int host = 0; host <= mostNodes; ++host) {
        cut(i, host, isolated && host != i);
        cut(host, i, isolated && host != i);
    }
}

void Network::crash(int i)
{
    Node& self = node(i);
    self.runs = false;
    self.keepalived = false;
    self.held = false;
    enter(i, Vrrp::Stopped);
}

void Network::boot(int i)
{
    node(i).runs = true;
    startKeepalived(i);
}

std::uint32_t Network::holders() const
{
    std::uint32_t bits = 0;
    for (int i = 0; i < m_size; ++i)
        if (node(i).held) bits |= 1u << i;
    return bits;
}

std::uint32_t Network::answering() const
{
    std::uint32_t bits = 0;
    for (int host = 0; host <= mostNodes; ++host) {
        if (host != outside && (host >= m_size || !node(host).runs)) continue;
        const int i = target(host);
        if (i >= 0 && i != host && node(i).nginx == Nginx::Runs) bits |= 1u << i;
    }
    return bits;
}

bool Network::whole() const
{
    for (int from = 0; from <= mostNodes; ++from)
        for (int to = 0; to <= mostNodes; ++to) {
            if ((from != outside && from >= m_size) || (to != outside && to >= m_size)) continue;
            if (from != to && !reaches(from, to)) return false;
        }
    return true;
}

bool Network::sound() const
{
    for (int from = 0; from < m_size; ++from) {
        const Node& self = node(from);
        if (!self.keepalived || self.keepalivedFrozen || self.nginx != Nginx::Runs) return false;
        if (self.vrrp != (self.held ? Vrrp::Master : Vrrp::Backup)) return false;
        for (int to = 0; to < m_size; ++to)
            if (m_vrrpCut[std::size_t(from)][std::size_t(to)]) return false;
    }
    return true;
}

} // namespace iam::test
