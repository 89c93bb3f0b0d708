// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include "cluster/lint/inilines.h"
#include "cluster/lint/nginxroutes.h"
#include <algorithm>
#include <set>

namespace iam::cluster {
namespace {

/// One target of a service in some node's nginx.
struct Asked {
    const NodeFacts* by;
    const Statement* at;
    HostPort where;
};

/// Whether a connection to 127.0.0.1 is accepted where these addresses are listened on.
bool takesLoopback(const std::vector<std::string>& addresses)
{
    return std::any_of(addresses.begin(), addresses.end(), [](std::string one) {
        if (one.starts_with('-')) one.erase(0, 1); // redis.conf(5): may be missing
        return one == "*" || one == "0.0.0.0" || one == "::" || isLoopback(one);
    });
}

class ListenerRules {
public:
    ListenerRules(const Facts& facts, const NodeFacts& node, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_report(report)
    {
    }

    void apply()
    {
        if (!m_node.server || !m_node.server->faults.empty()) return;
        lookAtPorts(ServiceKind::Api, "apiserver", 8080, 8443);
        lookAtPorts(ServiceKind::Authz, "authz-server", 9090, 9443);
        lookAtStore("MariaDB", "mysql.host",
                    lastLine(m_node.files, "/etc/mysql/", ".cnf", {"bind-address", "bind_address"}));
        lookAtStore("Redis", "redis.host", lastLine(m_node.files, "/etc/redis/", ".conf", {"bind"}));
    }

private:
    /// What is asked of one service on this node, by every nginx, against the ports that it listens on.
    void lookAtPorts(ServiceKind service, const std::string& section, int plain, int secure)
    {
        if (!runs(section)) return;
        const ConfigValue* given = m_node.setting(section + ".insecure.bind-port");
        const std::set<int> ports{portOf(given, plain), portOf(m_node.setting(section + ".secure.bind-port"), secure)};
        const std::vector<Asked> asked = targetsOf(service);
        std::vector<Asked> wrong;
        std::copy_if(asked.begin(), asked.end(), std::back_inserter(wrong),
                     [&](const Asked& one) { return !ports.contains(one.where.port); });
        const std::string port = std::to_string(*ports.begin());
        if (!wrong.empty() && wrong.size() == asked.size()) {
            // Everybody says the same: the odd one is here.
            m_report.add(m_node.files, "port-not-listened", serverConfigPath, given != nullptr ? given->origin.line : 1,
                         {wrong.front().at->value(), placeOf(wrong.front()), section, port});
            return;
        }
        for (const Asked& one : wrong)
            m_report.add(one.by->files, "port-not-listened", *one.at, {one.at->value(), placeOf(one), section, port});
    }
    bool runs(const std::string& role) const
    {
        const ConfigValue* roles = m_node.setting("roles");
        if (roles == nullptr) return true;
        return roles->scalar.find(role) != std::string::npos ||
               std::find(roles->list.begin(), roles->list.end(), role) != roles->list.end();
    }
    static int portOf(const ConfigValue* given, int usual)
    {
        return given == nullptr ? usual : static_cast<int>(parseInteger(given->scalar).value_or(usual));
    }
    static std::string placeOf(const Asked& asked)
    {
        return asked.by->files.shownAs(asked.at->file) + ':' + std::to_string(asked.at->line);
    }

    std::vector<Asked> targetsOf(ServiceKind service) const
    {
        std::vector<Asked> found;
        const auto take = [&](const NodeFacts& by, const Statement& at, const HostPort& where) {
            const bool here = &by == &m_node && isLoopback(where.host)
                                  ? true
                                  : !m_node.address.empty() && where.host == m_node.address;
            const bool known = std::any_of(found.begin(), found.end(), [&](const Asked& one) { return one.at == &at; });
            if (here && !known && where.port != 0 && !isOwnListener(by, where.port)) found.push_back({&by, &at, where});
        };
        for (const NodeFacts& by : m_facts.nodes)
            for (const VirtualServer& server : by.nginx.servers) {
                if (!server.isPublic() || serviceOf(server, m_facts.definition()) != service) continue;
                for (const ProxyRoute& route : server.routes) {
                    if (!isForService(service, route, kindOf(route, server, service))) continue;
                    if (route.direct) take(by, *route.pass, *route.direct);
                    if (route.upstream == nullptr) continue;
                    for (const UpstreamServer& one : route.upstream->servers) take(by, *one.at, one.where);
                }
            }
        return found;
    }
    /// Not something else that is served under the same name, at a path of its own.
    static bool isForService(ServiceKind service, const ProxyRoute& route, RouteKind kind)
    {
        // Probes ask the API under every name.
        if (kind == RouteKind::Probe) return service == ServiceKind::Api;
        if (kind != RouteKind::General) return kind == RouteKind::Decision || kind == RouteKind::Stream;
        for (std::size_t i = route.scope.size(); i-- > 0;) {
            if (route.scope[i]->name != "location") continue;
            const std::string path = matchOf(*route.scope[i]).path;
            return path == "/" || path.starts_with("/v1");
        }
        return true;
    }
    /// A port that nginx itself listens on: the request comes back to it.
    static bool isOwnListener(const NodeFacts& node, int port)
    {
        for (const VirtualServer& server : node.nginx.servers)
            for (const Listen& listen : server.listens)
                if (listen.where.port == port) return true;
        return false;
    }

    /// A store on this node that this node's server asks through the loopback interface.
    void lookAtStore(const char* name, const std::string& key, const std::optional<IniLine>& bind)
    {
        const ConfigValue* host = m_node.setting(key);
        if (!bind || host == nullptr || takesLoopback(listWords(bind->value))) return;
        const std::string asked = hostPort(host->scalar).host;
        // MariaDB's clients take "localhost" for its socket.
        if (!isLoopback(asked) || (asked == "localhost" && key == "mysql.host")) return;
        m_report.add(
            m_node.files, "not-on-loopback", bind->file, bind->line,
            {name, bind->value, m_node.files.shownAs(serverConfigPath) + ':' + std::to_string(host->origin.line)});
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    Report& m_report;
};

} // namespace

void listenerRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) ListenerRules(facts, node, report).apply();
}

} // namespace iam::cluster
