// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

using namespace std::chrono_literals;

/// One of the machines that nginx, keepalived and an agent run on, and usually our servers too.
struct NodeDefinition {
    std::string name;      ///< a host name label (RFC 1123), unique
    std::string address;   ///< IPv4, in the VIP's subnet where the VIP is announced by ARP
    std::string interface; ///< that carries the VIP: "eth0"
    int priority = 100;    ///< 1..254 (RFC 9568 §5.2.4); equal ones never preempt each other
    bool operator==(const NodeDefinition&) const = default;
};

/// An address that moves. `cloud`: the cloud's network moves it when `hook` asks for it.
struct VipDefinition {
    enum class Kind { Arp, Cloud };
    std::string address; ///< IPv4
    int prefix = 24;
    Kind kind = Kind::Arp;
    std::string hook; ///< cloud: absolute path of a program, called with "acquire" or "release", the VIP, the node
    std::string publicAddress; ///< cloud: the public address bound to it; only shown
    bool operator==(const VipDefinition&) const = default;
};

struct VrrpDefinition {
    std::string instance = "VI_1";
    int routerId = 51; ///< 1..255
    /// 10 ms to 40.95 s in steps of 10 ms (RFC 9568 §5.2.7); tutorial: whole seconds (RFC 3768 §5.3.7).
    std::chrono::milliseconds advertInterval{200};
    std::string password; ///< tutorial only (version 2): PASS authentication, at most 8 characters; anybody can read it
    bool operator==(const VrrpDefinition&) const = default;
};

/// A machine that our servers run on.
struct BackendDefinition {
    std::string name; ///< a node's name, or a further machine's
    std::string address;
    int weight = 1; ///< 1..100; 2 gets twice the requests of 1
    bool operator==(const BackendDefinition&) const = default;
};

struct BalanceDefinition {
    enum class Method { RoundRobin, LeastConnections, AddressHash, Cookie };
    Method method = Method::RoundRobin;
    std::string cookie; ///< Cookie: its name; requests without it are spread
    bool operator==(const BalanceDefinition&) const = default;
};

struct PortsDefinition {
    std::uint16_t http = 80;
    std::uint16_t https = 443; ///< used when there is a certificate
    std::uint16_t api = 8080;
    std::uint16_t authz = 9090;
    std::uint16_t agent = 7071;
    std::uint16_t status = 8079; ///< nginx's own: liveness, counters; loopback only
    bool operator==(const PortsDefinition&) const = default;
};

struct CertificateDefinition {
    std::string certificate; ///< absolute path on the nodes, PEM chain
    std::string privateKey;  ///< absolute path on the nodes
    bool operator==(const CertificateDefinition&) const = default;
};

/// MariaDB or Redis. `host`: a node's name or an address.
struct PlaceDefinition {
    std::string host;
    std::uint16_t port = 0;
    std::string tlsAuthority; ///< MariaDB: absolute path of the CA that signed its certificate; empty: no TLS
    bool operator==(const PlaceDefinition&) const = default;
};

struct DatabaseDefinition : PlaceDefinition {
    std::string name = "iam";
    std::string user = "iam";
    bool operator==(const DatabaseDefinition&) const = default;
};

struct TimeoutsDefinition {
    std::chrono::milliseconds connect{100};
    std::chrono::milliseconds decisionRead{500}; ///< /healthz and /v1/authz*; shorter than the callers' own
    std::chrono::milliseconds apiRead{30000};    ///< at least 10 s: password hashing and big lists take their time
    std::chrono::milliseconds streamRead{3600000};
    bool operator==(const TimeoutsDefinition&) const = default;
};

/// How an agent looks after its own nginx and what it asks through the VIP.
struct ProbeDefinition {
    std::chrono::milliseconds checkInterval{250}; ///< of the node's own nginx
    std::chrono::milliseconds checkTimeout{250};
    int fall = 2;
    int rise = 2;
    std::chrono::milliseconds clientPeriod{100}; ///< of the open-loop probe through the VIP
    std::string gateway;                         ///< pinged; a node that cannot reach it gives the VIP up; empty: none
    bool operator==(const ProbeDefinition&) const = default;
};

/// Two nodes (or more) behind one virtual address: what everything on them is rendered from, and what agents and
/// servers are told about each other.
struct ClusterDefinition {
    enum class Profile { Recommended, Tutorial };
    Profile profile = Profile::Recommended;
    std::vector<NodeDefinition> nodes; ///< two to eight
    VipDefinition vip;
    VrrpDefinition vrrp;
    std::string apiDomain;   ///< "iam.api.example.com"
    std::string authzDomain; ///< "iam.authz.example.com"
    PortsDefinition ports;
    std::optional<CertificateDefinition> certificate;
    std::vector<BackendDefinition> backends; ///< two to eight; absent in the file: the nodes
    BalanceDefinition balance;
    DatabaseDefinition database;
    PlaceDefinition redis; ///< no host: no Redis
    TimeoutsDefinition timeouts;
    ProbeDefinition probe;

    /// Null when there is none of that name.
    [[nodiscard]] const NodeDefinition* node(std::string_view name) const noexcept;
    /// The address of a PlaceDefinition's host: a node's, or the host itself.
    [[nodiscard]] std::string addressOf(const PlaceDefinition& place) const;
    bool operator==(const ClusterDefinition&) const = default;
};

} // namespace iam::cluster
