// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/nginxroutes.h"
#include <algorithm>

namespace iam::cluster {
namespace {

bool anyName(const VirtualServer& server, std::string_view part)
{
    return std::any_of(server.names.begin(), server.names.end(),
                       [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

} // namespace

bool hasPort(const ProxyRoute& route, int port)
{
    if (route.direct) return route.direct->port == port;
    if (route.upstream == nullptr) return false;
    return std::any_of(route.upstream->servers.begin(), route.upstream->servers.end(),
                       [&](const UpstreamServer& one) { return one.where.port == port; });
}

int apiPort(const ClusterDefinition* definition) noexcept
{
    return definition != nullptr ? definition->ports.api : 8080;
}

int authzPort(const ClusterDefinition* definition) noexcept
{
    return definition != nullptr ? definition->ports.authz : 9090;
}

ServiceKind serviceOf(const VirtualServer& server, const ClusterDefinition* definition)
{
    if (definition != nullptr) {
        const auto named = [&](const std::string& domain) {
            return !domain.empty() && std::find(server.names.begin(), server.names.end(), domain) != server.names.end();
        };
        if (named(definition->authzDomain))
            return named(definition->apiDomain) ? ServiceKind::Unknown : ServiceKind::Authz;
        if (named(definition->apiDomain)) return ServiceKind::Api;
    }
    bool api = false;
    bool authz = false;
    for (const ProxyRoute& route : server.routes) {
        const RouteKind kind = kindOfPath(route.scope);
        if (kind == RouteKind::Witness || kind == RouteKind::Probe) continue;
        api = api || hasPort(route, apiPort(definition));
        authz = authz || hasPort(route, authzPort(definition));
    }
    if (api != authz) return api ? ServiceKind::Api : ServiceKind::Authz;
    if (api) return ServiceKind::Unknown;
    const bool serves = std::any_of(server.routes.begin(), server.routes.end(), [](const ProxyRoute& one) {
        return kindOfPath(one.scope) == RouteKind::General || kindOfPath(one.scope) == RouteKind::Decision;
    });
    if (!serves) return ServiceKind::Unknown;
    if (anyName(server, "authz")) return ServiceKind::Authz;
    return anyName(server, "api") ? ServiceKind::Api : ServiceKind::Unknown;
}

RouteKind kindOfPath(const Scope& location)
{
    for (std::size_t i = location.size(); i-- > 0;) {
        if (location[i]->name != "location") continue;
        const LocationMatch match = matchOf(*location[i]);
        const auto has = [&](const char* part) { return match.path.find(part) != std::string::npos; };
        if (has("iam-node")) return RouteKind::Witness;
        if (has("iam-probe")) return RouteKind::Probe;
        if (has("events") || has("stream")) return RouteKind::Stream;
        if (has("v1/authz") || has("healthz")) return RouteKind::Decision;
        if (has("metrics") || has("pprof") || has("readyz") || has("version") || has("nginx") || has("v1/cluster"))
            return RouteKind::Other;
        return RouteKind::General;
    }
    return RouteKind::General;
}

RouteKind kindOf(const ProxyRoute& route, const VirtualServer& server, ServiceKind service)
{
    const RouteKind kind = kindOfPath(route.scope);
    if (kind != RouteKind::General || service != ServiceKind::Authz) return kind;
    // Where decisions have a location of their own, the rest is anything else.
    return locationFor(server, "/v1/authz").back() == route.scope.back() ? RouteKind::Decision : kind;
}

bool staysOnNode(const ProxyRoute& route)
{
    if (route.direct) return isLoopback(route.direct->host);
    if (route.upstream == nullptr) return false;
    return std::all_of(route.upstream->servers.begin(), route.upstream->servers.end(),
                       [](const UpstreamServer& one) { return isLoopback(one.where.host); });
}

std::vector<const Upstream*> serviceUpstreams(const NginxModel& nginx, const ClusterDefinition* definition)
{
    std::vector<const Upstream*> found;
    for (const VirtualServer& server : nginx.servers) {
        const ServiceKind service = serviceOf(server, definition);
        if (!server.isPublic() || service == ServiceKind::Unknown) continue;
        for (const ProxyRoute& route : server.routes) {
            const RouteKind kind = kindOf(route, server, service);
            const bool serves = kind == RouteKind::General || kind == RouteKind::Decision;
            if (serves && route.upstream != nullptr &&
                std::find(found.begin(), found.end(), route.upstream) == found.end())
                found.push_back(route.upstream);
        }
    }
    return found;
}

} // namespace iam::cluster
