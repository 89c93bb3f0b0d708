// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/facts.h"
#include <algorithm>

namespace iam::cluster {
namespace {

const NodeDefinition* definitionOf(const NodeFiles& files, const KeepalivedModel& keepalived, const LintInput& input)
{
    if (!input.definition) return nullptr;
    if (const NodeDefinition* named = input.definition->node(files.node)) return named;
    for (const NodeDefinition& node : input.definition->nodes)
        for (const VrrpInstance& instance : keepalived.instances)
            if (instance.unicastSource == node.address) return &node;
    return nullptr;
}

} // namespace

NodeFacts::NodeFacts(const NodeFiles& given, const LintInput& input)
    : files(given)
    , definition(nullptr)
    , keepalived(given)
    , nginx(given)
{
    definition = definitionOf(given, keepalived, input);
    if (const NodeFile* file = given.file(serverConfigPath)) server = parseConfig(file->text, serverConfigPath);
    if (definition != nullptr) address = definition->address;
    if (address.empty() && input.definition)
        for (const BackendDefinition& backend : input.definition->backends)
            if (backend.name == given.node) address = backend.address;
    for (const VrrpInstance& instance : keepalived.instances)
        if (address.empty()) address = instance.unicastSource;
}

const ConfigValue* NodeFacts::setting(const std::string& key) const
{
    if (!server) return nullptr;
    const auto found = server->values.find(key);
    return found == server->values.end() || found->second.kind == ConfigValue::Kind::Null ? nullptr : &found->second;
}

Facts::Facts(const LintInput& given)
    : input(given)
{
    for (const NodeFiles& node : given.nodes) nodes.emplace_back(node, given);
}

bool Facts::agentExpected(const NodeFacts& node) const
{
    if (node.files.file(agentConfigPath) != nullptr) return true;
    return node.definition != nullptr && definition()->profile == ClusterDefinition::Profile::Recommended;
}

bool Facts::isVirtualAddress(const std::string& address) const
{
    if (address.empty()) return false;
    if (definition() != nullptr && definition()->vip.address == address) return true;
    return std::any_of(nodes.begin(), nodes.end(), [&](const NodeFacts& node) {
        return std::any_of(node.keepalived.instances.begin(), node.keepalived.instances.end(),
                           [&](const VrrpInstance& instance) {
                               return std::any_of(instance.addresses.begin(), instance.addresses.end(),
                                                  [&](const VirtualAddress& one) { return one.address == address; });
                           });
    });
}

std::size_t Facts::expectedBackends() const
{
    if (definition() != nullptr) return std::max(definition()->backends.size(), definition()->nodes.size());
    std::size_t most = nodes.size() > 1 ? nodes.size() : 0;
    for (const NodeFacts& node : nodes)
        for (const VrrpInstance& instance : node.keepalived.instances)
            if (!instance.peers.empty()) most = std::max(most, instance.peers.size() + 1);
    return most;
}

} // namespace iam::cluster
