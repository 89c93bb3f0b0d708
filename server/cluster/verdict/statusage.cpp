// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/statusage.h"
#include "cluster/verdict/verdict.h"
#include <algorithm>

namespace iam::cluster {
namespace {

using contract::Age;

void ageService(contract::NodeService& service, Age elapsed)
{
    service.age += elapsed;
    if (service.age <= freshFor) return;
    service.healthy.reset();
    service.requestsPerSecond.reset();
    service.p50Milliseconds.reset();
    service.p99Milliseconds.reset();
    service.errors.reset();
    service.share.reset();
}

void ageNode(contract::ClusterNode& node, Age elapsed)
{
    node.age += elapsed;
    node.vrrp.age += elapsed;
    node.nginx.age += elapsed;
    for (contract::NodeService& service : node.services) ageService(service, elapsed);
    if (node.vrrp.age > freshFor) {
        node.vrrp.state = "UNKNOWN";
        node.vrrp.since.reset();
    }
    if (node.nginx.age > freshFor) {
        node.nginx.state = "unknown";
        node.nginx.connections = 0;
        node.nginx.requestsPerSecond.reset();
    }
    if (node.age > freshFor) {
        node.reachable.reset();
        node.upstreams.clear();
        node.clockOffset.reset();
    }
}

} // namespace

contract::ClusterStatus agedBy(contract::ClusterStatus status, Age elapsed)
{
    elapsed = std::max(elapsed, Age{});
    status.vip = agedBy(std::move(status.vip), elapsed);
    for (contract::ClusterNode& node : status.nodes) ageNode(node, elapsed);
    for (contract::ClusterDependency& dependency : status.dependencies) {
        dependency.age += elapsed;
        if (dependency.age > freshFor) dependency.healthy.reset();
    }
    return status;
}

} // namespace iam::cluster
