// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/clusterage.h"
#include <algorithm>

namespace iam::contract {
namespace {

void ageService(NodeService& service, Age elapsed)
{
    service.age += elapsed;
    if (service.age <= longestFresh) return;
    service.healthy.reset();
    service.requestsPerSecond.reset();
    service.p50Milliseconds.reset();
    service.p99Milliseconds.reset();
    service.errors.reset();
    service.share.reset();
}

void ageNode(ClusterNode& node, Age elapsed)
{
    node.age += elapsed;
    node.vrrp.age += elapsed;
    node.nginx.age += elapsed;
    for (NodeService& service : node.services) ageService(service, elapsed);
    if (node.vrrp.age > longestFresh) {
        node.vrrp.state = "UNKNOWN";
        node.vrrp.since.reset();
    }
    if (node.nginx.age > longestFresh) {
        node.nginx.state = "unknown";
        node.nginx.connections = 0;
        node.nginx.requestsPerSecond.reset();
    }
    if (node.age > longestFresh) {
        node.reachable.reset();
        node.upstreams.clear();
        node.clockOffset.reset();
    }
}

/// Whether the verdict may rest on that word.
bool isEvidence(const ClusterWitness& witness)
{
    return witness.what == "address" || witness.what == "vrrp" || witness.what == "vip-answer";
}

} // namespace

ClusterStatus aged(ClusterStatus status, Age elapsed)
{
    elapsed = std::max(elapsed, Age{});
    bool lapsed = elapsed > longestFresh;
    for (ClusterWitness& witness : status.vip.witnesses) {
        const bool wasFresh = witness.age <= longestFresh;
        witness.age += elapsed;
        if (witness.since) *witness.since += elapsed;
        lapsed |= wasFresh && witness.age > longestFresh && isEvidence(witness);
    }
    if (lapsed && status.vip.verdict != VipVerdict::Unknown) {
        status.vip.verdict = VipVerdict::Unknown;
        status.vip.reason = "what was last heard is older than two seconds";
    }
    for (ClusterNode& node : status.nodes) ageNode(node, elapsed);
    for (ClusterDependency& dependency : status.dependencies) {
        dependency.age += elapsed;
        if (dependency.age > longestFresh) dependency.healthy.reset();
    }
    return status;
}

} // namespace iam::contract
