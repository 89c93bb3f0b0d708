// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/transitiontracker.h"

namespace iam::cluster {

namespace {

using namespace std::chrono_literals;

// Words about one event come from different senses: netlink at once, keepalived's FIFO some 20 ms later, checks every
// quarter of a second, and adverts that ran out a moment after the priority 0 that made them.
constexpr auto roughly = 1s;
// Two that hold the address at once: an ordinary hand-over overlaps by some milliseconds only.
constexpr auto twoMasters = 1s;

} // namespace

std::string_view textOf(Cause cause) noexcept
{
    switch (cause) {
    case Cause::KeepalivedStopped:
        return "keepalived-stopped";
    case Cause::NginxFault:
        return "nginx-fault";
    case Cause::Interface:
        return "interface";
    case Cause::AdvertTimeout:
        return "advert-timeout";
    case Cause::PartitionHealed:
        return "partition-healed";
    case Cause::Planned:
        return "planned";
    case Cause::Unknown:
        break;
    }
    return "unknown";
}

/// The word that was in force at `end`; null when there was none.
const Observation* TransitionTracker::lastBefore(const std::string& witness, Fact fact, Time end) const
{
    const Observation* last = nullptr;
    for (const Observation& word : m_history)
        if (word.witness == witness && word.fact == fact && word.since.value_or(word.at) <= end) last = &word;
    return last;
}

/// Whether it began to say so within that time.
bool TransitionTracker::said(const std::string& witness, Fact fact, std::string_view says, Time from, Time to) const
{
    for (const Observation& word : m_history) {
        const Time began = word.since.value_or(word.at);
        if (word.witness == witness && word.fact == fact && word.says == says && began >= from && began <= to)
            return true;
    }
    return false;
}

Cause TransitionTracker::causeOf(const Change& change, Time left) const
{
    const std::string& from = change.from;
    const Time first = std::min(left, change.at) - roughly;
    const Time last = std::max(left, change.at) + roughly;
    const auto inForce = [&](const std::string& node, Fact fact, std::string_view says) {
        const Observation* word = lastBefore(node, fact, left + roughly);
        return word && word->says == says;
    };

    if (!from.empty()) {
        if (inForce(from, Fact::Agent, "draining")) return Cause::Planned;
        if (said(from, Fact::Vrrp, "STOP", first, last)) return Cause::KeepalivedStopped;
        if (said(from, Fact::Vrrp, "FAULT", first, last))
            return inForce(from, Fact::Nginx, "silent") ? Cause::NginxFault : Cause::Interface;
    }
    if (change.to.empty() || change.to == from) return Cause::Unknown;
    // The one that has it now had it beside the other one before.
    const auto holding = m_holdings.find(change.to);
    if (holding != m_holdings.end() && holding->second.held && left - holding->second.since >= twoMasters &&
        change.known - holding->second.since >= patience)
        return Cause::PartitionHealed;
    // Nobody said that it was leaving: the other one had heard nothing for three adverts.
    return said(change.to, Fact::Vrrp, "MASTER", change.at - roughly, change.at + patience) ? Cause::AdvertTimeout
                                                                                          : Cause::Unknown;
}

} // namespace iam::cluster
