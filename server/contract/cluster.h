// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::contract {

/// What is known of a cluster, as of one moment. Every part has its age: what is older than two seconds is unknown,
/// whatever it said. Ages are counted by whoever shows them on from when they got it.
using Age = std::chrono::milliseconds;

struct ClusterWitness {
    std::string what; ///< "address", "vrrp", "vip-answer", "nginx", "peer", "gateway", "agent"
    std::string node; ///< who says it
    std::string says;
    std::string about; ///< "peer" only: of whom
    Age age{};
    std::optional<Age> since; ///< for how long the witness has said so
    bool operator==(const ClusterWitness&) const = default;
};

enum class VipVerdict { Unknown, Confirmed, None, Double, Disputed };

struct ClusterVip {
    std::string address; ///< empty: this server is not part of a cluster
    std::string owner;   ///< with Confirmed the node that has it; with other verdicts who says so, or empty
    VipVerdict verdict = VipVerdict::Unknown;
    std::string reason; ///< one sentence
    std::vector<ClusterWitness> witnesses;
    bool operator==(const ClusterVip&) const = default;
};

struct NodeVrrp {
    std::string state = "UNKNOWN"; ///< MASTER BACKUP FAULT STOP UNKNOWN
    std::optional<TimePoint> since;
    Age age{};
    bool operator==(const NodeVrrp&) const = default;
};

struct NodeNginx {
    std::string state = "unknown"; ///< "answers", "silent", "unknown"
    Age age{};
    std::uint64_t connections = 0; ///< open now
    std::optional<double> requestsPerSecond;
    bool operator==(const NodeNginx&) const = default;
};

/// Where one node's nginx sent its requests within the last ten seconds.
struct UpstreamShare {
    std::string domain;
    std::string backend; ///< the backend's name
    std::uint64_t requests = 0;
    double share = 0; ///< 0..1 of this domain's requests on this node
    bool operator==(const UpstreamShare&) const = default;
};

/// One of our servers on a node. Numbers that nobody could read are absent, not zero.
struct NodeService {
    std::string name; ///< "apiserver", "authz-server"
    std::optional<bool> healthy;
    Age age{};
    std::optional<double> requestsPerSecond;
    std::optional<double> p50Milliseconds;
    std::optional<double> p99Milliseconds;
    std::optional<std::uint64_t> errors; ///< 5xx answers since it started
    std::optional<double> share;         ///< 0..1 of what all nginx sent to this kind of server in the last ten seconds
    bool operator==(const NodeService&) const = default;
};

struct ClusterNode {
    std::string name;
    std::string address;
    std::optional<bool> reachable; ///< by the node that answers
    Age age{};                     ///< of what is known of it at all
    NodeVrrp vrrp;
    NodeNginx nginx;
    std::vector<UpstreamShare> upstreams;
    std::vector<NodeService> services;
    std::optional<std::chrono::milliseconds> clockOffset; ///< its clock minus that of the node that answers
    bool operator==(const ClusterNode&) const = default;
};

/// MariaDB and Redis as the answering node's server sees them.
struct ClusterDependency {
    std::string name; ///< "database", "redis"
    std::string address;
    std::optional<bool> healthy;
    Age age{};
    bool operator==(const ClusterDependency&) const = default;
};

struct ClusterStatus {
    std::string answeredBy; ///< the node whose view this is
    ClusterVip vip;
    std::vector<ClusterNode> nodes;
    std::vector<ClusterDependency> dependencies;
    std::string apiDomain; ///< for who asks a node at its own address: the Host to ask for
    std::uint16_t httpPort = 80;
    bool tls = false;
    std::string verifyKey; ///< checks the nodes' signatures: see cluster/proof/proofkeys.h
    bool operator==(const ClusterStatus&) const = default;
};

/// What happened to the VIP.
struct ClusterEvent {
    std::uint64_t sequence = 0; ///< per reporting node
    TimePoint time{};
    std::string node;                     ///< who reports it
    std::string kind;                     ///< "transition", "verdict", "interruption"
    std::string from;                     ///< transition: the owner before, empty: nobody; verdict: the verdict before
    std::string to;                       ///< likewise after
    std::string cause;                    ///< "keepalived-stopped", "nginx-fault", "interface", "advert-timeout",
                                          ///< "partition-healed", "planned", "unknown"
    std::vector<ClusterWitness> evidence; ///< what it was concluded from
    std::optional<std::chrono::milliseconds> interruption; ///< as the probe saw it
    std::chrono::milliseconds error{};                     ///< of the interruption, plus or minus
    bool operator==(const ClusterEvent&) const = default;
};

} // namespace iam::contract
