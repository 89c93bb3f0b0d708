// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/facts.h"

namespace iam::cluster {

/// Which of our services a server block is for, by its names, then by the ports that it hands on to.
enum class ServiceKind { Unknown, Api, Authz };
[[nodiscard]] ServiceKind serviceOf(const VirtualServer& server, const ClusterDefinition* definition);

/// What a route is there for, by its location and by what the server is for.
enum class RouteKind {
    General,  ///< "/" or anything else
    Decision, ///< /v1/authz*, /healthz: short, may be repeated
    Stream,   ///< events
    Witness,  ///< /.well-known/iam-node
    Probe,    ///< /.well-known/iam-probe
    Other,    ///< metrics, the state of the cluster and other things for operators
};
[[nodiscard]] RouteKind kindOf(const ProxyRoute& route, const VirtualServer& server, ServiceKind service);
/// Of the location itself, in a server of no kind.
[[nodiscard]] RouteKind kindOfPath(const Scope& location);

[[nodiscard]] int apiPort(const ClusterDefinition* definition) noexcept;
[[nodiscard]] int authzPort(const ClusterDefinition* definition) noexcept;
/// Whether a target has that port.
[[nodiscard]] bool hasPort(const ProxyRoute& route, int port);
/// Whether every target is on the node itself.
[[nodiscard]] bool staysOnNode(const ProxyRoute& route);
/// The upstreams that general and decision routes of public servers use.
[[nodiscard]] std::vector<const Upstream*> serviceUpstreams(const NginxModel& nginx,
                                                            const ClusterDefinition* definition);

} // namespace iam::cluster
