// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/definitionfile.h"
#include "cluster/lint/facts.h"
#include "cluster/lint/values.h"

namespace iam::cluster {
namespace {

using namespace std::chrono_literals;

/// One of the definition's values that is possible but dear.
class DefinitionRules {
public:
    DefinitionRules(const Facts& facts, Report& report)
        : m_facts(facts)
        , m_definition(*facts.definition())
        , m_lines(facts.input.definitionText)
        , m_report(report)
    {
    }

    void apply()
    {
        const auto& [connect, decisionRead, apiRead, streamRead] = m_definition.timeouts;
        if (m_definition.profile == ClusterDefinition::Profile::Recommended) {
            if (decisionRead >= 1s)
                add("definition-decision-timeout", "timeouts.decision-read", {timeText(decisionRead)});
            if (apiRead < 10s) add("definition-api-timeout", "timeouts.api-read", {timeText(apiRead)});
            if (connect > 3s) add("definition-connect-timeout", "timeouts.connect", {timeText(connect)});
            if (streamRead <= 60s) add("definition-stream-timeout", "timeouts.stream-read", {timeText(streamRead)});
            lookAtSpeed();
        }
        lookAtGateway();
        if (!m_definition.database.host.empty()) add("single-database", "database", {m_definition.database.host});
        if (!m_definition.redis.host.empty()) add("single-redis", "redis", {m_definition.redis.host});
        for (const ClusterDefinition& neighbour : m_facts.input.neighbours)
            if (neighbour.vrrp.routerId == m_definition.vrrp.routerId &&
                neighbour.vip.address != m_definition.vip.address &&
                inOneNetwork(neighbour.vip.address, m_definition.vip.address, m_definition.vip.prefix))
                add("definition-vrid-duplicate", "vrrp.router-id",
                    {std::to_string(m_definition.vrrp.routerId), neighbour.vip.address});
    }

private:
    void add(const std::string& rule, const std::string& field, std::vector<std::string> arguments)
    {
        const int line = m_facts.input.definitionText.empty() ? 0 : m_lines.of(field);
        m_report.addToDefinition(rule, m_facts.input.definitionName, line, std::move(arguments));
    }

    void lookAtSpeed()
    {
        const ProbeDefinition& probe = m_definition.probe;
        const auto check = probe.checkInterval * probe.fall + probe.checkTimeout;
        if (check > 2s) add("definition-check-slow", "probe", {timeText(check)});
        if (m_definition.vrrp.advertInterval > 1s)
            add("definition-advert-slow", "vrrp.advert-interval", {timeText(m_definition.vrrp.advertInterval)});
        else if (m_definition.vrrp.advertInterval < 100ms)
            add("definition-advert-quick", "vrrp.advert-interval", {timeText(m_definition.vrrp.advertInterval)});
        for (std::size_t i = 1; i < m_definition.nodes.size(); ++i)
            if (m_definition.nodes[i].priority != m_definition.nodes.front().priority)
                add("definition-priorities-differ", "nodes[" + std::to_string(i) + "].priority",
                    {m_definition.nodes[i].name, std::to_string(m_definition.nodes[i].priority),
                     m_definition.nodes.front().name, std::to_string(m_definition.nodes.front().priority)});
        if (probe.gateway.empty()) add("definition-without-gateway", "probe.gateway", {});
    }

    void lookAtGateway()
    {
        const VipDefinition& vip = m_definition.vip;
        const std::string& gateway = m_definition.probe.gateway;
        if (vip.kind == VipDefinition::Kind::Arp && !gateway.empty() && vip.prefix < 32 &&
            !inOneNetwork(gateway, vip.address, vip.prefix))
            add("gateway-outside-subnet", "probe.gateway", {gateway, vip.address + '/' + std::to_string(vip.prefix)});
    }

    const Facts& m_facts;
    const ClusterDefinition& m_definition;
    const DefinitionLines m_lines;
    Report& m_report;
};

} // namespace

void definitionRules(const Facts& facts, Report& report)
{
    if (facts.definition() != nullptr) DefinitionRules(facts, report).apply();
}

} // namespace iam::cluster
