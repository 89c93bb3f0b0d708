// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/clustercodec.h"
#include "node/agentrole.h"
#include "node/metricsources.h"

namespace iam::node {

void addAgentMetrics(MetricFamilies& families, const AgentRole& role)
{
    using enum contract::VipVerdict;
    const auto health = role.health();
    const auto seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
    auto verdict = MetricFamily::gauge("iam_agent_verdict", "1 for the present verdict on the virtual address.");
    for (const auto known : {Unknown, Confirmed, None, Double, Disputed})
        verdict.add(health->verdict == known ? 1.0 : 0.0, {{"verdict", std::string(contract::vipVerdictText(known))}});
    verdict.into(families);
    auto peers = MetricFamily::gauge("iam_agent_peer_age_seconds", "Age of what was last heard from the other agents.");
    for (const cluster::AgentHealth::Peer& peer : health->peers) peers.add(seconds(peer.age), {{"peer", peer.name}});
    peers.into(families);
    const auto gauge = [&](const char* name, const char* help, double value) {
        MetricFamily::gauge(name, help).add(value).into(families);
    };
    const auto counter = [&](const char* name, const char* help, std::uint64_t value) {
        MetricFamily::counter(name, help).add(value).into(families);
    };
    gauge("iam_agent_look_age_seconds", "Time since the agent last looked around.", seconds(role.now() - health->at));
    gauge("iam_agent_surrender", "1 while the address is given up.", health->surrender.empty() ? 0.0 : 1.0);
    gauge("iam_agent_missing_senses", "Senses that say nothing.", static_cast<double>(health->missing.size()));
    counter("iam_agent_transitions_total", "Moves of the virtual address that were seen.", health->transitions);
    counter("iam_agent_interruptions_total", "Interruptions that the probe through the address saw.",
            health->interruptions);
    counter("iam_agent_refused_words_total", "Words of other agents that made no sense.", health->refusedWords);
    counter("iam_agent_lost_log_lines_total", "Lines of nginx' access log that were lost.", health->lostLogLines);
    counter("iam_agent_journal_lines_total", "Lines written to the journal.", role.journal().written());
    counter("iam_agent_journal_dropped_total", "Lines that the journal lost.", role.journal().dropped());
}

} // namespace iam::node
