// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/ipv4.h"
#include "cluster/lint/facts.h"
#include "cluster/lint/values.h"
#include <algorithm>

namespace iam::cluster {
namespace {

class InstanceRules {
public:
    InstanceRules(const Facts& facts, const NodeFacts& node, const VrrpInstance& instance, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_instance(instance)
        , m_report(report)
    {
    }

    void apply()
    {
        lookAtNumbers();
        lookAtPreemption();
        lookAtVersion();
        lookAtUnicast();
        lookAtAddresses();
        lookAtInterface();
        lookAtAnnouncements();
    }

private:
    void add(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, at, std::move(arguments));
    }
    const Statement& at(std::string_view name) const { return m_instance.statement(name); }

    void lookAtNumbers()
    {
        if (m_instance.at->child("virtual_router_id") == nullptr)
            add("vrid-missing", *m_instance.at, {m_instance.name});
        else if (!m_instance.routerId || *m_instance.routerId < 1 || *m_instance.routerId > 255)
            add("vrid-out-of-range", at("virtual_router_id"), {at("virtual_router_id").value()});
        if (m_instance.at->child("priority") == nullptr) return;
        if (!m_instance.priority || *m_instance.priority < 1 || *m_instance.priority > 255)
            add("priority-out-of-range", at("priority"), {at("priority").value()});
        else if (*m_instance.priority == 255)
            add("priority-of-owner", at("priority"));
    }

    void lookAtPreemption()
    {
        if (!m_instance.nopreempt) return;
        if (m_instance.state == "MASTER") add("nopreempt-needs-backup", at("state"));
        for (const Statement* entry : m_instance.scripts) lookAtWeight(*entry, m_node.keepalived.script(entry->name));
        for (const Statement* entry : m_instance.files) lookAtWeight(*entry, m_node.keepalived.trackFile(entry->name));
    }
    void lookAtWeight(const Statement& entry, const TrackedThing* thing)
    {
        const int weight = weightOf(entry, thing);
        if (weight == 0) return;
        const bool ownWeight =
            std::find(entry.arguments.begin(), entry.arguments.end(), "weight") != entry.arguments.end();
        const Statement* place = !ownWeight && thing != nullptr ? thing->at->child("weight") : &entry;
        add("nopreempt-with-weights", place == nullptr ? entry : *place, {entry.name, std::to_string(weight)});
    }

    void lookAtVersion()
    {
        if (m_instance.version == 2 && m_instance.advert.count() % 1000 != 0)
            add("subsecond-advert-needs-version-3", at("advert_int"), {at("advert_int").value()});
        if (m_instance.authAt == nullptr) return;
        for (const Statement& one : m_instance.authAt->children) {
            if (one.name != "auth_type" && one.name != "auth_pass") continue;
            const bool semicolon = std::any_of(one.arguments.begin(), one.arguments.end(),
                                               [](const std::string& word) { return word.ends_with(';'); });
            if (semicolon) add("auth-with-semicolon", one, {one.name});
        }
        if (m_instance.version == 3) return add("authentication-ignored", *m_instance.authAt);
        if (m_instance.authType != "PASS" || m_instance.authPass.empty()) return;
        const Statement& pass = *m_instance.authAt->child("auth_pass");
        if (m_instance.authPass.size() > 8)
            add("auth-pass-too-long", pass, {std::to_string(m_instance.authPass.size())});
        add("plain-text-secret", pass, {"auth_pass"});
    }

    void lookAtUnicast()
    {
        const NodeDefinition* node = m_node.definition;
        if (node != nullptr && !m_instance.unicastSource.empty() && m_instance.unicastSource != node->address)
            add("unicast-source-foreign", at("unicast_src_ip"), {m_instance.unicastSource, node->address});
        if (m_instance.version == 3 && !m_instance.peers.empty() &&
            m_instance.at->child("check_unicast_src") == nullptr &&
            m_node.keepalived.global("vrrp_check_unicast_src") == nullptr)
            add("unicast-source-unchecked", at("unicast_peer"), {m_instance.name});
        for (const std::string& peer : m_instance.peers) {
            if (peer == m_instance.unicastSource || (node != nullptr && peer == node->address))
                add("unicast-peer-self", at("unicast_peer"), {peer});
            else if (m_facts.isVirtualAddress(peer) && !isOwnAddress(peer))
                add("unicast-peer-unknown", at("unicast_peer"), {peer});
        }
    }

    /// Whether that is the virtual address here: said as vip-of-node.
    bool isOwnAddress(const std::string& address) const
    {
        return std::any_of(m_instance.addresses.begin(), m_instance.addresses.end(),
                           [&](const VirtualAddress& one) { return one.address == address; });
    }

    void lookAtAddresses()
    {
        if (m_instance.addresses.empty() && m_instance.at->child("virtual_ipaddress_excluded") == nullptr)
            add("vip-missing", *m_instance.at, {m_instance.name});
        for (const VirtualAddress& address : m_instance.addresses) {
            if (!parseIpv4(address.address)) continue;
            if (const std::string owner = nodeAt(address.address); !owner.empty())
                add("vip-of-node", *address.at, {address.address, owner});
            if (!address.prefix) add("vip-without-prefix", *address.at, {address.address});
            const ClusterDefinition* definition = m_facts.definition();
            const int prefix = address.prefix ? *address.prefix : definition != nullptr ? definition->vip.prefix : 32;
            if (prefix == 32 || m_node.address.empty() || !parseIpv4(m_node.address)) continue;
            if (!inOneNetwork(address.address, m_node.address, prefix))
                add("vip-outside-subnet", *address.at,
                    {address.address, m_node.address + '/' + std::to_string(prefix)});
        }
    }

    /// The node whose own address that is; empty: none that is known.
    std::string nodeAt(const std::string& address) const
    {
        for (const NodeFacts& node : m_facts.nodes)
            if (node.address == address) return node.files.node;
        const auto& peers = m_instance.peers;
        return std::find(peers.begin(), peers.end(), address) == peers.end() ? std::string() : "a peer";
    }

    void lookAtInterface()
    {
        if (m_node.definition == nullptr || m_instance.interface.empty()) return;
        if (m_instance.interface != m_node.definition->interface)
            add("interface-differs", at("interface"), {m_instance.interface, m_node.definition->interface});
    }

    void lookAtAnnouncements()
    {
        const bool cloud =
            m_facts.definition() != nullptr && m_facts.definition()->vip.kind == VipDefinition::Kind::Cloud;
        if (!cloud && m_instance.at->child("garp_master_refresh") == nullptr &&
            m_node.keepalived.global("vrrp_garp_master_refresh") == nullptr)
            add("garp-refresh-missing", *m_instance.at, {m_instance.name});
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    const VrrpInstance& m_instance;
    Report& m_report;
};

bool isOn(const Statement* flag)
{
    return flag != nullptr && flag->value() != "false" && flag->value() != "off" && flag->value() != "no";
}

void lookAtGlobals(const Facts& facts, const NodeFacts& node, Report& report)
{
    const KeepalivedModel& keepalived = node.keepalived;
    if (const Statement* strict = keepalived.global("vrrp_strict"); isOn(strict))
        report.add(node.files, "vrrp-strict", *strict);
    for (const VrrpInstance& instance : keepalived.instances)
        if (const Statement* strict = instance.at->child("strict_mode");
            strict != nullptr && strict->value() != "off" && isOn(strict))
            report.add(node.files, "vrrp-strict", *strict);
    const bool any = !keepalived.instances.empty();
    if (any && facts.agentExpected(node) && keepalived.global("vrrp_notify_fifo") == nullptr &&
        keepalived.global("notify_fifo") == nullptr) {
        const Statement* at = keepalived.firstGlobals();
        report.add(node.files, "notify-fifo-missing", at == nullptr ? *keepalived.instances.front().at : *at);
    }
    // Two instances of one node must not share a number on one interface.
    for (std::size_t i = 0; i < keepalived.instances.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const VrrpInstance& a = keepalived.instances[j];
            const VrrpInstance& b = keepalived.instances[i];
            if (!b.routerId || a.routerId != b.routerId || a.interface != b.interface) continue;
            const auto family = [](const VrrpInstance& one) {
                return !one.addresses.empty() && one.addresses.front().address.find(':') != std::string::npos;
            };
            if (family(a) == family(b))
                report.add(node.files, "vrid-duplicate", b.statement("virtual_router_id"),
                           {std::to_string(*b.routerId), a.name});
        }
}

} // namespace

void vrrpRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) {
        for (const SyntaxFault& fault : node.keepalived.text.faults)
            report.add(node.files, "keepalived-syntax", fault.file, fault.line, {fault.message});
        if (!node.keepalived.text.faults.empty()) continue;
        lookAtGlobals(facts, node, report);
        for (const VrrpInstance& instance : node.keepalived.instances)
            InstanceRules(facts, node, instance, report).apply();
    }
}

} // namespace iam::cluster
