// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/ipv4.h"
#include "cluster/lint/nginxroutes.h"
#include <algorithm>
#include <set>

namespace iam::cluster {
namespace {

class UpstreamRules {
public:
    UpstreamRules(const Facts& facts, const NodeFacts& node, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_report(report)
    {
    }

    void apply()
    {
        for (const Upstream& upstream : m_node.nginx.upstreams) lookAtAny(upstream);
        for (const Upstream* upstream : serviceUpstreams(m_node.nginx, m_facts.definition())) lookAtService(*upstream);
        for (const VirtualServer& server : m_node.nginx.servers) lookAtDirect(server);
    }

private:
    void add(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, at, std::move(arguments));
    }

    void lookAtAny(const Upstream& upstream)
    {
        if (upstream.servers.size() >= 2 && upstream.at->child("zone") == nullptr && m_node.nginx.severalWorkers())
            add("upstream-zone-missing", *upstream.at, {upstream.name});
        for (const UpstreamServer& server : upstream.servers)
            if (upstream.servers.size() >= 2 && server.maxFails == 0)
                add("failures-not-counted", *server.at, {server.at->value()});
        lookAtKeepalive(upstream);
    }

    void lookAtKeepalive(const Upstream& upstream)
    {
        const Statement* keepalive = upstream.at->child("keepalive");
        if (keepalive == nullptr) return;
        for (const VirtualServer& server : m_node.nginx.servers)
            for (const ProxyRoute& route : server.routes) {
                if (route.upstream != &upstream) continue;
                const Statement* version = effective(route.scope, "proxy_http_version");
                const Statement* header = effectiveHeader(route.scope, "Connection");
                const bool kept = version != nullptr && version->value() == "1.1" && header != nullptr &&
                                  header->arguments.size() == 2 && header->arguments[1] != "close" &&
                                  header->arguments[1] != "$http_connection";
                if (!kept) return add("keepalive-ineffective", *keepalive, {upstream.name});
            }
    }

    void lookAtService(const Upstream& upstream)
    {
        std::size_t working = 0;
        for (const UpstreamServer& server : upstream.servers) {
            if (server.isDown) add("upstream-server-out", *server.at, {server.at->value(), "down"});
            if (server.isBackup) add("upstream-server-out", *server.at, {server.at->value(), "backup"});
            if (!server.isDown) ++working;
        }
        if (upstream.servers.size() == 1 && m_facts.expectedBackends() >= 2 && working == 1)
            add("upstream-single-server", *upstream.at, {upstream.name});
        else
            lookForBackends(upstream);
        if (upstream.at->child("keepalive") == nullptr)
            add("upstream-keepalive-missing", *upstream.at, {upstream.name});
        const bool limited = std::any_of(upstream.servers.begin(), upstream.servers.end(),
                                         [](const UpstreamServer& one) { return one.maxFails || one.hasFailTimeout; });
        if (upstream.servers.size() >= 2 && !limited) add("failure-limits-default", *upstream.at, {upstream.name});
    }

    /// The servers beside the definition's backends.
    void lookForBackends(const Upstream& upstream)
    {
        const ClusterDefinition* definition = m_facts.definition();
        if (definition == nullptr || m_node.definition == nullptr) return;
        std::set<std::string> missing;
        for (const BackendDefinition& backend : definition->backends) missing.insert(backend.address);
        const std::set<std::string> backends = missing;
        bool unknown = false;
        for (const UpstreamServer& server : upstream.servers) {
            const std::string& host = server.where.host;
            if (isLoopback(host))
                missing.erase(m_node.definition->address);
            else if (!parseIpv4(host))
                return; // a name: nobody here knows what it stands for
            missing.erase(host);
            if (isLoopback(host) || backends.contains(host)) continue;
            add("upstream-server-unknown", *server.at, {server.at->value()});
            unknown = true; // probably the one that is missing, misspelt
        }
        for (const std::string& address : unknown ? std::set<std::string>() : missing)
            add("upstream-backend-missing", *upstream.at, {upstream.name, address});
    }

    /// proxy_pass straight to one server.
    void lookAtDirect(const VirtualServer& server)
    {
        const ServiceKind service = serviceOf(server, m_facts.definition());
        if (!server.isPublic() || service == ServiceKind::Unknown || m_facts.expectedBackends() < 2) return;
        for (const ProxyRoute& route : server.routes) {
            const bool ours = route.direct && (hasPort(route, apiPort(m_facts.definition())) ||
                                               hasPort(route, authzPort(m_facts.definition())));
            if (ours && kindOfPath(route.scope) == RouteKind::General)
                return add("upstream-single-server", *route.pass, {route.pass->value()});
        }
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    Report& m_report;
};

} // namespace

void nginxUpstreamRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes)
        if (node.nginx.text.faults.empty()) UpstreamRules(facts, node, report).apply();
}

} // namespace iam::cluster
