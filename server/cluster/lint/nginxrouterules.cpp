// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/nginxroutes.h"
#include <algorithm>
#include <set>

namespace iam::cluster {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds nginxDefault{60'000}; ///< of all three time-outs
constexpr milliseconds callersTime{1'000};   ///< what clients of decisions usually wait
constexpr milliseconds slowAnswers{10'000};  ///< what the API may take
constexpr milliseconds longestConnect{3'000};
constexpr milliseconds shortestStream{60'000};

class RouteRules {
public:
    RouteRules(const Facts& facts, const NodeFacts& node, const VirtualServer& server, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_server(server)
        , m_service(serviceOf(server, facts.definition()))
        , m_report(report)
    {
    }

    void apply()
    {
        // What is absent everywhere is said at the service's own routes.
        for (const ProxyRoute& route : m_server.routes)
            if (isMain(route)) lookAt(route);
        for (const ProxyRoute& route : m_server.routes)
            if (!isMain(route)) lookAt(route);
        lookForStream();
    }

private:
    bool isMain(const ProxyRoute& route) const
    {
        const RouteKind kind = kindOf(route, m_server, m_service);
        return kind == RouteKind::General || kind == RouteKind::Decision;
    }
    void lookAt(const ProxyRoute& route)
    {
        const RouteKind kind = kindOf(route, m_server, m_service);
        if (kind == RouteKind::Witness) lookAtWitness(route);
        if (kind == RouteKind::Probe) lookAtProbe(route);
        if (!isOurs(route)) return;
        lookAtConnect(route);
        if (kind == RouteKind::Decision) lookAtDecision(route);
        if (kind == RouteKind::General) lookAtGeneral(route);
        if (kind == RouteKind::Stream) lookAtStream(route);
        if (isMain(route) || kind == RouteKind::Stream) lookAtForwarded(route);
    }

    /// The first of a rule in this server stands for the others, where the fault is that something is absent.
    void addOnce(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        if (m_said.insert(rule).second) add(rule, at, std::move(arguments));
    }
    void add(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, at, std::move(arguments));
    }

    /// A route to our servers, as opposed to something else that this nginx serves too.
    bool isOurs(const ProxyRoute& route) const
    {
        if (!m_server.isPublic()) return false;
        return m_service != ServiceKind::Unknown || kindOfPath(route.scope) != RouteKind::General || hasOurPort(route);
    }
    bool hasOurPort(const ProxyRoute& route) const
    {
        return hasPort(route, apiPort(m_facts.definition())) || hasPort(route, authzPort(m_facts.definition()));
    }

    void lookAtConnect(const ProxyRoute& route)
    {
        if (staysOnNode(route)) return;
        const auto limit = effectiveTime(route.scope, "proxy_connect_timeout");
        const Statement* at = effective(route.scope, "proxy_connect_timeout");
        if (at == nullptr)
            addOnce("connect-timeout-missing", *route.pass);
        else if (limit && *limit > longestConnect)
            add("connect-timeout-long", *at, {at->value()});
    }

    void lookAtDecision(const ProxyRoute& route)
    {
        const Statement* at = effective(route.scope, "proxy_read_timeout");
        const milliseconds limit = effectiveTime(route.scope, "proxy_read_timeout").value_or(nginxDefault);
        if (limit >= callersTime) {
            if (at == nullptr)
                addOnce("read-timeout-longer-than-callers", *route.pass, {timeText(limit)});
            else
                add("read-timeout-longer-than-callers", *at, {timeText(limit)});
        }
        const Statement* next = effective(route.scope, "proxy_next_upstream");
        if (next != nullptr && next->value() == "off" && route.upstream != nullptr &&
            route.upstream->servers.size() > 1)
            add("retry-off", *next);
    }

    void lookAtGeneral(const ProxyRoute& route)
    {
        const Statement* at = effective(route.scope, "proxy_read_timeout");
        const auto limit = effectiveTime(route.scope, "proxy_read_timeout");
        if (m_service == ServiceKind::Api && at != nullptr && limit && *limit < slowAnswers)
            add("read-timeout-short", *at, {timeText(*limit)});
        const Statement* next = effective(route.scope, "proxy_next_upstream");
        if (next != nullptr &&
            std::find(next->arguments.begin(), next->arguments.end(), "non_idempotent") != next->arguments.end())
            add("writes-retried", *next);
        else if (m_service == ServiceKind::Api && repeats(next) && hasAlternatives(route) && takesChanges(route))
            addOnce("changes-repeated", next != nullptr ? *next : *route.pass);
    }
    /// Whether nginx goes on to the next server after a request was sent; by default it does.
    static bool repeats(const Statement* next)
    {
        if (next == nullptr) return true;
        const auto& on = next->arguments;
        return std::any_of(on.begin(), on.end(), [](const std::string& one) {
            return one == "error" || one == "timeout" || one.starts_with("http_5");
        });
    }
    static bool hasAlternatives(const ProxyRoute& route)
    {
        return route.upstream != nullptr &&
               std::count_if(route.upstream->servers.begin(), route.upstream->servers.end(),
                             [](const UpstreamServer& one) { return !one.isDown; }) > 1;
    }
    /// False where another place is made for some methods: an if on the method, or on what a map makes of it, with a
    /// return or a rewrite; or limit_except.
    static bool takesChanges(const ProxyRoute& route)
    {
        std::set<std::string> methods{"$request_method"};
        for (const Statement* map : route.scope.front()->all("map"))
            if (map->arguments.size() == 2 && map->arguments[0] == "$request_method") methods.insert(map->arguments[1]);
        const auto isOnMethod = [&](const Statement& one) {
            return one.name == "limit_except" ||
                   (one.name == "if" && std::any_of(one.arguments.begin(), one.arguments.end(), [&](std::string word) {
                        word.erase(0, word.find_first_not_of('('));
                        word.erase(std::min(word.size(), word.find(')')));
                        return methods.contains(word);
                    }));
        };
        for (const Statement* level : route.scope) {
            if (isOnMethod(*level)) return false;
            for (const Statement& one : level->children)
                if (isOnMethod(one) && (one.name == "limit_except" || one.child("return") != nullptr ||
                                        one.child("rewrite") != nullptr || one.child("proxy_pass") != nullptr))
                    return false;
        }
        return true;
    }

    void lookAtStream(const ProxyRoute& route)
    {
        const Statement* buffering = effective(route.scope, "proxy_buffering");
        if (buffering == nullptr || buffering->value() != "off")
            add("stream-buffered", buffering != nullptr ? *buffering : *route.pass);
        const Statement* at = effective(route.scope, "proxy_read_timeout");
        const milliseconds limit = effectiveTime(route.scope, "proxy_read_timeout").value_or(nginxDefault);
        if (limit <= shortestStream) add("stream-cut", at != nullptr ? *at : *route.pass, {timeText(limit)});
    }

    /// The events of the cluster need a location of their own.
    void lookForStream()
    {
        if (m_service != ServiceKind::Api || !m_server.isPublic() || !m_facts.agentExpected(m_node)) return;
        const Scope location = locationFor(m_server, "/v1/cluster/events");
        const Statement* buffering = effective(location, "proxy_buffering");
        if (location.back()->child("proxy_pass") != nullptr && kindOfPath(location) != RouteKind::Stream &&
            (buffering == nullptr || buffering->value() != "off"))
            add("stream-buffered", *location.back()->child("proxy_pass"));
    }

    void lookAtWitness(const ProxyRoute& route)
    {
        const std::size_t targets = route.upstream != nullptr ? route.upstream->servers.size() : 1;
        const bool known = route.upstream != nullptr || route.direct;
        const bool own = route.direct && route.direct->host == m_node.address && !m_node.address.empty();
        if (known && (targets != 1 || (!staysOnNode(route) && !own))) add("witness-not-own-agent", *route.pass);
    }

    void lookAtProbe(const ProxyRoute& route)
    {
        if (route.upstream == nullptr) return;
        for (const Upstream* service : serviceUpstreams(m_node.nginx, m_facts.definition()))
            if (service == route.upstream) add("probe-shares-upstream", *route.pass, {service->name});
    }

    void lookAtForwarded(const ProxyRoute& route)
    {
        const Statement* header = effectiveHeader(route.scope, "X-Forwarded-For");
        if (header == nullptr) return addOnce("forwarded-for-missing", *route.pass);
        const std::string value = header->arguments.size() > 1 ? header->arguments[1] : std::string();
        const bool own = value.find("$remote_addr") != std::string::npos ||
                         value.find("$proxy_add_x_forwarded_for") != std::string::npos ||
                         value.find("$realip_remote_addr") != std::string::npos;
        if (!own && value.find("$http_x_forwarded_for") != std::string::npos) add("forwarded-for-forgeable", *header);
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    const VirtualServer& m_server;
    const ServiceKind m_service;
    Report& m_report;
    std::set<std::string> m_said;
};

} // namespace

void nginxRouteRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) {
        if (!node.nginx.text.faults.empty()) continue;
        for (const VirtualServer& server : node.nginx.servers) RouteRules(facts, node, server, report).apply();
    }
}

} // namespace iam::cluster
