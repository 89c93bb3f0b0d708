// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/cluster.h"
#include "contract/records.h"
#include <string>
#include <string_view>

namespace iam::contract {

// JSON of what is known of a cluster. Reading follows codec.h; unknown members are ignored, numbers that nobody knows
// are null.

/// "unknown", "confirmed", "none", "double", "disputed".
[[nodiscard]] std::string_view vipVerdictText(VipVerdict verdict) noexcept;
[[nodiscard]] std::optional<VipVerdict> vipVerdictFromText(std::string_view text) noexcept;

/// GET /v1/cluster.
std::string encodeClusterStatus(const ClusterStatus& status);
Result<ClusterStatus> decodeClusterStatus(std::string_view body);

/// The data of one server-sent event of GET /v1/cluster/events.
std::string encodeClusterEvent(const ClusterEvent& event);
Result<ClusterEvent> decodeClusterEvent(std::string_view body);

/// GET /v1/cluster/events?from=: {"items":[…],"next":"…"}; `next` is the `from` of the page behind, empty at the end.
std::string encodeClusterEvents(const RecordPage<ClusterEvent>& page);
Result<RecordPage<ClusterEvent>> decodeClusterEvents(std::string_view body);

/// What an agent tells the server of its node.
struct ClusterView {
    ClusterStatus status;
    std::vector<ClusterEvent> events; ///< behind the one that was asked after, oldest first
    std::uint64_t sequence = 0;       ///< of the newest event there is
};
std::string encodeClusterView(const ClusterView& view);
Result<ClusterView> decodeClusterView(std::string_view body);

/// What an agent tells its peers: its own node, and what it says as a witness.
struct NodeReport {
    ClusterNode node;
    std::vector<ClusterWitness> words;
};
std::string encodeNodeReport(const NodeReport& report);
Result<NodeReport> decodeNodeReport(std::string_view body);

} // namespace iam::contract
