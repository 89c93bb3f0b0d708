// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/clustercodec.h"

namespace iam::client {

/// What a node's agent is asked at, and who it must be.
inline constexpr std::chrono::milliseconds clusterTimeout{1500};

/// The state and the history of the cluster that the server belongs to. A road leads to one node at its own address.
class ClusterClient {
public:
    explicit ClusterClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// An empty vip.address: the server is not part of a cluster. Answered, or failed, within clusterTimeout.
    Reply<contract::ClusterStatus> status(const std::optional<Road>& road = {}) const;
    /// Oldest first, from that moment on; all pages, at most mostEvents of the newest.
    Reply<std::vector<contract::ClusterEvent>> events(TimePoint from, const std::optional<Road>& road = {}) const;
    /// Asks who answers at that address: the body of its proof (see cluster/proof). Without any token, on a connection
    /// of its own.
    Reply<std::string> askNode(const Road& road, const std::string& nonce) const;

    static constexpr std::size_t mostEvents = 5000;
    static constexpr const char* eventsPath = "/v1/cluster/events";

private:
    ApiClient* m_api;
};

} // namespace iam::client
