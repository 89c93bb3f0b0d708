// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include "contract/cluster.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::models {

/// What is worth remembering of a cluster, so that its nodes can be asked also when its address does not answer.
struct KnownCluster {
    struct Node {
        std::string name;
        std::string address;
        bool operator==(const Node&) const = default;
    };
    std::vector<Node> nodes;
    std::string vip;
    std::string apiDomain;
    std::uint16_t port = 80;
    bool tls = false;
    std::string verifyKey;
    bool vipAnswersHere = false; ///< the VIP has answered this computer before
    bool operator==(const KnownCluster&) const = default;
};

/// Keeps that with the connection, beyond the end of the console. It holds nothing secret.
class ClusterMemory {
public:
    virtual ~ClusterMemory() = default;
    /// `server`: the base URL of the connection.
    [[nodiscard]] virtual std::optional<KnownCluster> load(const std::string& server) const = 0;
    virtual void keep(const std::string& server, const KnownCluster& cluster) = 0;
};

/// The cluster as it can be told at one moment.
struct ClusterState {
    enum class Stage {
        Waiting,     ///< nothing heard yet
        Unreachable, ///< nobody has ever answered; `error` says why
        NoCluster,   ///< the server is not part of one
        Known,
    };
    /// What this computer gets through the VIP.
    enum class FromHere {
        NotAsked,
        NeverAnswered, ///< and so is no witness: there may be no way from here
        Answered,
        Silent, ///< it used to answer
    };

    Stage stage = Stage::Waiting;
    /// What all nodes that answered say together, each part with its age as of now; what is older than two seconds is
    /// unknown. `status.vip` is the verdict to show: of the server's and this computer's own the more pessimistic.
    contract::ClusterStatus status;
    contract::VipVerdict serversVerdict = contract::VipVerdict::Unknown;
    contract::VipVerdict ownVerdict = contract::VipVerdict::Unknown;
    bool stale = false;                 ///< nothing was heard for two seconds: all of it is unknown
    std::optional<contract::Age> age;   ///< of the newest answer
    std::vector<std::string> backends;  ///< all that were seen so far, also when nobody tells of them now
    bool direct = false;                ///< it came from a node's own address: the connection's does not answer
    std::vector<std::string> answering; ///< the nodes that answer this computer at their own addresses
    FromHere fromHere = FromHere::NotAsked;
    /// For how long no request of this computer has got through the VIP; nothing while they do.
    std::optional<contract::Age> interruptedFor;
    std::optional<Error> error; ///< why the connection's address does not answer
    /// Who last had the VIP for certain, and how long ago that was so.
    std::string lastOwner;
    std::optional<contract::Age> lastOwnerAge;
};

/// Confirmed is the least pessimistic, Double the most.
[[nodiscard]] int pessimism(contract::VipVerdict verdict) noexcept;

/// Of the parts of both the younger ones: of nodes, what they say themselves. What `into` says about reachability and
/// clocks stays, it is another view. A dependency that one of them finds broken is broken.
void mergeNodes(contract::ClusterStatus& into, const contract::ClusterStatus& other);

} // namespace iam::models
