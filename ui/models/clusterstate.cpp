// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterstate.h"
#include <algorithm>

namespace iam::models {

using namespace contract;

int pessimism(VipVerdict verdict) noexcept
{
    switch (verdict) {
    case VipVerdict::Confirmed:
        return 0;
    case VipVerdict::Unknown:
        return 1;
    case VipVerdict::Disputed:
        return 2;
    case VipVerdict::None:
        return 3;
    case VipVerdict::Double:
        break;
    }
    return 4;
}

namespace {

template <class List>
auto* named(List& list, const std::string& name)
{
    const auto found = std::find_if(list.begin(), list.end(), [&name](const auto& item) { return item.name == name; });
    return found == list.end() ? nullptr : &*found;
}

void mergeNode(ClusterNode& into, const ClusterNode& other)
{
    if (other.vrrp.age < into.vrrp.age) into.vrrp = other.vrrp;
    if (other.nginx.age < into.nginx.age) into.nginx = other.nginx;
    for (const NodeService& service : other.services) {
        NodeService* present = named(into.services, service.name);
        if (present == nullptr)
            into.services.push_back(service);
        else if (service.age < present->age)
            *present = service;
    }
    if (other.age >= into.age) return;
    into.age = other.age;
    into.upstreams = other.upstreams;
}

} // namespace

void mergeNodes(ClusterStatus& into, const ClusterStatus& other)
{
    for (const ClusterNode& node : other.nodes)
        if (ClusterNode* present = named(into.nodes, node.name)) mergeNode(*present, node);
    for (const ClusterDependency& dependency : other.dependencies) {
        ClusterDependency* present = named(into.dependencies, dependency.name);
        if (present == nullptr)
            into.dependencies.push_back(dependency);
        else if (dependency.healthy && (!present->healthy || (*present->healthy && !*dependency.healthy)))
            *present = dependency;
    }
}

} // namespace iam::models
