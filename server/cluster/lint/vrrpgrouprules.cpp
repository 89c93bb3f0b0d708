// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/facts.h"
#include "cluster/lint/values.h"
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>

namespace iam::cluster {
namespace {

struct Member {
    const NodeFacts* node;
    const VrrpInstance* instance;
};
using Group = std::vector<Member>; // one VRRP instance as its nodes have it

bool holds(const std::vector<std::string>& list, const std::string& text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

std::set<std::string> addressesOf(const VrrpInstance& instance)
{
    std::set<std::string> found;
    for (const VirtualAddress& address : instance.addresses) found.insert(address.address);
    return found;
}

bool shareAddress(const VrrpInstance& a, const VrrpInstance& b)
{
    const auto first = addressesOf(a);
    const auto second = addressesOf(b);
    return std::any_of(first.begin(), first.end(), [&](const std::string& one) { return second.contains(one); });
}

/// Whether the two are meant to be one: they name each other, or the same address, or the same name without peers.
bool belongTogether(const Member& a, const Member& b)
{
    if (shareAddress(*a.instance, *b.instance)) return true;
    if (holds(a.instance->peers, b.node->address) || holds(b.instance->peers, a.node->address))
        return a.instance->name == b.instance->name || a.instance->routerId == b.instance->routerId;
    if (a.node->definition != nullptr && b.node->definition != nullptr) return a.instance->name == b.instance->name;
    return a.instance->peers.empty() && b.instance->peers.empty() && a.instance->name == b.instance->name;
}

std::vector<Group> groupsOf(const Facts& facts)
{
    std::vector<Group> groups;
    for (const NodeFacts& node : facts.nodes) {
        if (!node.keepalived.text.faults.empty()) continue;
        for (const VrrpInstance& instance : node.keepalived.instances) {
            const Member member{&node, &instance};
            const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& one) {
                return one.back().node != &node && belongTogether(one.front(), member);
            });
            if (group == groups.end())
                groups.push_back({member});
            else
                group->push_back(member);
        }
    }
    return groups;
}

/// What most say; of equally many, the first.
std::size_t majority(const std::vector<std::string>& values)
{
    std::size_t best = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::count(values.begin(), values.end(), values[i]) >
            std::count(values.begin(), values.end(), values[best]))
            best = i;
    return best;
}

class GroupRules {
public:
    GroupRules(const Facts& facts, const Group& group, Report& report)
        : m_facts(facts)
        , m_group(group)
        , m_report(report)
    {
    }

    void apply()
    {
        lookAtPeers();
        if (m_group.size() < 2) return;
        if (std::all_of(m_group.begin(), m_group.end(),
                        [](const Member& one) { return one.instance->routerId >= 1 && one.instance->routerId <= 255; }))
            agree("vrid-differs", "virtual_router_id", [](const VrrpInstance& one) {
                return one.routerId ? std::to_string(*one.routerId) : std::string("missing");
            });
        agree("advert-differs", "advert_int", [](const VrrpInstance& one) { return timeText(one.advert); });
        agree("version-differs", "version", [](const VrrpInstance& one) { return std::to_string(one.version); });
        lookAtAuthentication();
        lookAtAddresses();
        lookAtPriorities();
        lookAtStates();
        lookAtWeights();
    }

private:
    using ValueOf = std::function<std::string(const VrrpInstance&)>;

    void agree(const std::string& rule, std::string_view place, const ValueOf& valueOf, bool show = true)
    {
        std::vector<std::string> values;
        for (const Member& one : m_group) values.push_back(valueOf(*one.instance));
        const std::size_t right = majority(values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] == values[right]) continue;
            std::vector<std::string> arguments{m_group[right].node->files.node};
            if (show) arguments.insert(arguments.end(), {values[i], values[right]});
            m_report.add(m_group[i].node->files, rule, placeIn(m_group[i].instance->statement(place)),
                         std::move(arguments));
        }
    }

    /// What is to be changed in a block: its password, or its only entry; the block itself otherwise.
    static const Statement& placeIn(const Statement& block)
    {
        if (const Statement* password = block.child("auth_pass"); password != nullptr && block.name == "authentication")
            return *password;
        return block.name == "virtual_ipaddress" && block.children.size() == 1 ? block.children.front() : block;
    }

    void lookAtAuthentication()
    {
        const bool allVersion2 =
            std::all_of(m_group.begin(), m_group.end(), [](const Member& one) { return one.instance->version == 2; });
        if (!allVersion2) return; // ignored, and said elsewhere
        agree(
            "auth-differs", "authentication",
            [](const VrrpInstance& one) { return one.authType + '\n' + one.authPass.substr(0, 8); }, false);
    }

    void lookAtAddresses()
    {
        agree("vip-differs", "virtual_ipaddress", [](const VrrpInstance& one) {
            std::string text;
            for (const std::string& address : addressesOf(one)) text += (text.empty() ? "" : ", ") + address;
            return text.empty() ? "none" : text;
        });
    }

    void lookAtPriorities()
    {
        const bool possible = std::all_of(m_group.begin(), m_group.end(), [](const Member& one) {
            const long priority = one.instance->priority.value_or(100);
            return priority >= 1 && priority <= 254;
        });
        const bool preempts = possible && std::none_of(m_group.begin(), m_group.end(),
                                                       [](const Member& one) { return one.instance->nopreempt; });
        const auto& first = m_group.front();
        for (const Member& one : m_group)
            if (preempts && one.instance->priority.value_or(100) != first.instance->priority.value_or(100))
                m_report.add(one.node->files, "fail-back-interrupts", one.instance->statement("priority"),
                             {std::to_string(one.instance->priority.value_or(100)), first.node->files.node,
                              std::to_string(first.instance->priority.value_or(100))});
    }

    void lookAtStates()
    {
        const Member* master = nullptr;
        for (const Member& one : m_group) {
            if (one.instance->state != "MASTER" || one.instance->nopreempt) continue;
            if (master != nullptr)
                m_report.add(one.node->files, "two-initial-masters", one.instance->statement("state"),
                             {master->node->files.node});
            else
                master = &one;
        }
    }

    /// A failing check has to bring the first node below the second, or nothing moves.
    void lookAtWeights()
    {
        std::vector<long> priorities;
        for (const Member& one : m_group) {
            if (one.instance->nopreempt) return;
            priorities.push_back(one.instance->priority.value_or(100));
        }
        std::sort(priorities.rbegin(), priorities.rend());
        for (const Member& one : m_group) {
            if (one.instance->priority.value_or(100) != priorities.front()) continue;
            for (const Statement* entry : one.instance->scripts) {
                const TrackedThing* script = one.node->keepalived.script(entry->name);
                const long weight = weightOf(*entry, script);
                // A positive weight counts for both while their checks are good.
                if (weight == 0 || priorities[0] - std::abs(weight) <= priorities[1]) continue;
                m_report.add(one.node->files, "weight-too-small", *entry,
                             {entry->name, std::to_string(weight), std::to_string(priorities[0] - priorities[1])});
            }
        }
    }

    void lookAtPeers()
    {
        for (const Member& one : m_group) {
            if (one.instance->peers.empty()) {
                lookForMulticast(one);
                continue;
            }
            std::set<std::string> others;
            for (const Member& other : m_group)
                if (other.node != one.node && !other.node->address.empty()) others.insert(other.node->address);
            const bool inDefinition = one.node->definition != nullptr;
            if (inDefinition)
                for (const NodeDefinition& node : m_facts.definition()->nodes)
                    if (node.name != one.node->definition->name) others.insert(node.address);
            const Statement& at = one.instance->statement("unicast_peer");
            for (const std::string& address : others)
                if (!holds(one.instance->peers, address))
                    m_report.add(one.node->files, "unicast-peer-missing", at, {address});
            for (const std::string& peer : one.instance->peers)
                if (inDefinition && !others.contains(peer) && peer != one.node->address &&
                    !m_facts.isVirtualAddress(peer))
                    m_report.add(one.node->files, "unicast-peer-unknown", at, {peer});
        }
    }
    /// Some by multicast, others by unicast: they do not hear each other.
    void lookForMulticast(const Member& one)
    {
        for (const Member& other : m_group)
            if (!other.instance->peers.empty() && !one.node->address.empty())
                return m_report.add(one.node->files, "unicast-peer-missing", *one.instance->at, {other.node->address});
            else if (!other.instance->peers.empty())
                return m_report.add(one.node->files, "unicast-peer-missing", *one.instance->at,
                                    {other.node->files.node});
    }

    const Facts& m_facts;
    const Group& m_group;
    Report& m_report;
};

} // namespace

void vrrpGroupRules(const Facts& facts, Report& report)
{
    const std::vector<Group> groups = groupsOf(facts);
    for (const Group& group : groups) GroupRules(facts, group, report).apply();
    // Two clusters on one network must not share a number.
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const Member& one = groups[i].front();
        if (!one.instance->routerId) continue;
        for (std::size_t j = 0; j < i; ++j) {
            const Member& other = groups[j].front();
            const bool onOneNode = std::any_of(groups[j].begin(), groups[j].end(),
                                               [&](const Member& member) { return member.node == one.node; });
            if (onOneNode || other.instance->routerId != one.instance->routerId) continue;
            const bool apart = !one.node->address.empty() && !other.node->address.empty() &&
                               !inOneNetwork(one.node->address, other.node->address, 24);
            if (!apart)
                report.add(
                    one.node->files, "vrid-duplicate", one.instance->statement("virtual_router_id"),
                    {std::to_string(*one.instance->routerId), other.instance->name + " of " + other.node->files.node});
        }
        for (const ClusterDefinition& neighbour : facts.input.neighbours)
            if (neighbour.vrrp.routerId == *one.instance->routerId && !facts.isVirtualAddress(neighbour.vip.address))
                report.add(one.node->files, "vrid-duplicate", one.instance->statement("virtual_router_id"),
                           {std::to_string(*one.instance->routerId), "the cluster of " + neighbour.vip.address});
    }
}

} // namespace iam::cluster
