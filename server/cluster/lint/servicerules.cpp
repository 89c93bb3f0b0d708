// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/facts.h"
#include "cluster/lint/inilines.h"
#include "cluster/lint/plainsecrets.h"
#include "cluster/lint/values.h"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

namespace iam::cluster {
namespace {

struct Bind {
    std::string address;
    int line = 1;
};

/// Where iam-server listens for a port: by the section whose bind-port it is.
std::optional<Bind> bindOf(const NodeFacts& node, int port)
{
    static const std::array<std::tuple<const char*, const char*, int>, 4> listeners{{
        {"apiserver.insecure.", "127.0.0.1", 8080},
        {"authz-server.insecure.", "127.0.0.1", 9090},
        {"apiserver.secure.", "0.0.0.0", 8443},
        {"authz-server.secure.", "0.0.0.0", 9443},
    }};
    for (const auto& [section, address, defaultPort] : listeners) {
        const ConfigValue* given = node.setting(std::string(section) + "bind-port");
        if ((given != nullptr ? given->scalar : std::to_string(defaultPort)) != std::to_string(port)) continue;
        const ConfigValue* bind = node.setting(std::string(section) + "bind-address");
        if (bind == nullptr) return Bind{address, given != nullptr ? given->origin.line : 1};
        return Bind{bind->scalar, bind->origin.line};
    }
    return std::nullopt;
}

bool isEverywhere(const std::string& address)
{
    return address == "0.0.0.0" || address == "::";
}

class ServiceRules {
public:
    ServiceRules(const Facts& facts, const NodeFacts& node, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_report(report)
    {
    }

    void apply()
    {
        if (m_node.server) lookAtServer();
        lookAtDatabase();
        lookAtRedis();
        lookAtSecretFiles();
    }

private:
    void add(const std::string& rule, const std::string& path, int line, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, path, line, std::move(arguments));
    }

    void lookAtServer()
    {
        for (const ConfigFile::Fault& fault : m_node.server->faults)
            add("iam-server-syntax", serverConfigPath, fault.origin.line, {fault.message});
        if (!m_node.server->faults.empty()) return;
        for (const NodeFacts& other : m_facts.nodes) lookAtReach(other);
        if (m_unreached.empty()) lookAtTrust();
        const NodeFile* file = m_node.files.file(serverConfigPath);
        for (const char* key : {"mysql.password", "redis.password", "jwt.key", "cluster.key"}) {
            const ConfigValue* secret = m_node.setting(key);
            const bool hidden = file->mode && (*file->mode & 07) == 0;
            if (secret != nullptr && !secret->scalar.empty() && !hidden)
                add("plain-text-secret", serverConfigPath, secret->origin.line, {key});
        }
    }

    /// Whether the upstreams of `other` reach this node's servers.
    void lookAtReach(const NodeFacts& other)
    {
        for (const Upstream& upstream : other.nginx.upstreams)
            for (const UpstreamServer& server : upstream.servers) {
                const bool own = &other == &m_node && isLoopback(server.where.host);
                const bool peer = !m_node.address.empty() && server.where.host == m_node.address;
                if (!own && !peer) continue;
                const auto bind = bindOf(m_node, server.where.port);
                if (!bind || isEverywhere(bind->address)) continue;
                const bool reached = own ? isLoopback(bind->address) : bind->address == m_node.address;
                if (reached || !m_unreached.insert(bind->line).second) continue;
                const std::string place = other.files.shownAs(server.at->file) + ':' + std::to_string(server.at->line);
                if (own)
                    add("not-on-loopback", serverConfigPath, bind->line, {"iam-server", bind->address, place});
                else
                    add("peer-not-reachable", serverConfigPath, bind->line, {bind->address, server.at->value(), place});
            }
    }

    void lookAtTrust()
    {
        const ConfigValue* trusted = m_node.setting("server.trusted-proxies");
        std::vector<std::string> networks;
        if (trusted != nullptr) {
            networks = trusted->list;
            for (std::size_t at = 0; trusted->kind == ConfigValue::Kind::Scalar && at <= trusted->scalar.size();) {
                const std::size_t end = std::min(trusted->scalar.find(',', at), trusted->scalar.size());
                networks.push_back(trusted->scalar.substr(at, end - at));
                at = end + 1;
            }
        }
        for (const std::string& network : networks)
            if (network.ends_with("/0"))
                return add("trusted-proxies-anybody", serverConfigPath, trusted->origin.line, {network});
        for (const auto& [address, name] : proxies()) {
            const bool covered =
                std::any_of(networks.begin(), networks.end(), [&, &proxy = address](const std::string& one) {
                    const std::size_t slash = one.find('/');
                    const int prefix = slash == std::string::npos ? 32 : std::atoi(one.c_str() + slash + 1);
                    return inOneNetwork(one.substr(0, slash), proxy, prefix);
                });
            if (!covered)
                add("trusted-proxies-missing", serverConfigPath, trusted != nullptr ? trusted->origin.line : 1,
                    {name, address});
        }
    }
    /// The addresses that other nodes' nginx come from, with the nodes' names.
    std::map<std::string, std::string> proxies() const
    {
        std::map<std::string, std::string> found;
        for (const NodeFacts& other : m_facts.nodes) {
            if (&other == &m_node || other.address.empty()) continue;
            for (const Upstream& upstream : other.nginx.upstreams)
                for (const UpstreamServer& server : upstream.servers)
                    if (server.where.host == m_node.address && !m_node.address.empty() &&
                        bindOf(m_node, server.where.port))
                        found[other.address] = other.files.node;
        }
        return found;
    }

    /// Who else uses a store on this node: another node's name, or nothing.
    std::optional<std::string> userOf(const PlaceDefinition* place, const std::string& key) const
    {
        if (place != nullptr && m_node.definition != nullptr && !place->host.empty() &&
            (place->host == m_node.definition->name || place->host == m_node.definition->address)) {
            for (const NodeDefinition& other : m_facts.definition()->nodes)
                if (other.name != m_node.definition->name) return other.name;
        }
        for (const NodeFacts& other : m_facts.nodes) {
            const ConfigValue* host = &other == &m_node ? nullptr : other.setting(key);
            if (host != nullptr && !m_node.address.empty() && hostPort(host->scalar).host == m_node.address)
                return other.files.node;
        }
        return std::nullopt;
    }

    void lookAtDatabase()
    {
        const ClusterDefinition* definition = m_facts.definition();
        const auto user = userOf(definition != nullptr ? &definition->database : nullptr, "mysql.host");
        if (!user) return;
        const auto bind = lastLine(m_node.files, "/etc/mysql/", ".cnf", {"bind-address", "bind_address"});
        if (!bind) return;
        const auto addresses = listWords(bind->value);
        if (!addresses.empty() && std::all_of(addresses.begin(), addresses.end(), isLoopback))
            add("database-on-loopback", bind->file, bind->line, {bind->value, *user});
    }

    void lookAtRedis()
    {
        const ClusterDefinition* definition = m_facts.definition();
        const auto bind = lastLine(m_node.files, "/etc/redis/", ".conf", {"bind"});
        if (!bind) return;
        bool open = false;
        for (std::size_t at = 0; at < bind->value.size();) {
            const std::size_t end = std::min(bind->value.find(' ', at), bind->value.size());
            std::string word = bind->value.substr(at, end - at);
            at = end + 1;
            if (word.starts_with('-')) word.erase(0, 1);
            open = open || (!word.empty() && !isLoopback(word));
        }
        const bool guarded = lastLine(m_node.files, "/etc/redis/", ".conf", {"requirepass"}) ||
                             lastLine(m_node.files, "/etc/redis/", ".conf", {"aclfile"}) ||
                             lastLine(m_node.files, "/etc/redis/", ".conf", {"include"}) ||
                             lastLine(m_node.files, "/etc/redis/", ".conf", {"user"});
        if (open && !guarded) add("redis-open", bind->file, bind->line, {bind->value});
        const auto user = userOf(definition != nullptr ? &definition->redis : nullptr, "redis.host");
        if (!open && user) add("redis-on-loopback", bind->file, bind->line, {bind->value, *user});
    }

    /// Passwords in files that everybody can read.
    void lookAtSecretFiles()
    {
        for (const auto& [path, file] : m_node.files.files) {
            if (file.mode && (*file.mode & 07) == 0) continue;
            for (const PlainSecret& secret : plainSecrets(path, file.text))
                add("plain-text-secret", path, secret.line, {secret.name});
        }
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    Report& m_report;
    std::set<int> m_unreached; ///< lines of bind addresses that were said already
};

} // namespace

void serviceRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) ServiceRules(facts, node, report).apply();
}

} // namespace iam::cluster
