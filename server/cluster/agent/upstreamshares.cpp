// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/upstreamshares.h"

namespace iam::cluster {

void setServiceShares(std::vector<contract::ClusterNode>& nodes, const ClusterDefinition& definition)
{
    const auto sent = [&nodes](const std::string& domain, const std::string* backend) {
        std::uint64_t requests = 0;
        for (const contract::ClusterNode& node : nodes)
            for (const contract::UpstreamShare& share : node.upstreams)
                if (share.domain == domain && (backend == nullptr || share.backend == *backend))
                    requests += share.requests;
        return requests;
    };
    for (contract::ClusterNode& node : nodes) {
        for (contract::NodeService& service : node.services) {
            const bool api = service.name == "apiserver";
            if (!api && service.name != "authz-server") continue;
            const std::string& domain = api ? definition.apiDomain : definition.authzDomain;
            const std::uint64_t all = sent(domain, nullptr);
            service.share.reset();
            if (all > 0) service.share = static_cast<double>(sent(domain, &node.name)) / static_cast<double>(all);
        }
    }
}

} // namespace iam::cluster
