// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include "cluster/lint/nginxroutes.h"
#include <algorithm>
#include <map>

namespace iam::cluster {
namespace {

constexpr std::uint64_t nginxBodyDefault = 1024 * 1024;
constexpr std::uint64_t serverBodyDefault = 5 * 1024 * 1024;

bool isAnybody(const std::string& network)
{
    return network == "0.0.0.0/0" || network == "::/0";
}

std::string sizeText(std::uint64_t bytes)
{
    if (bytes == 0) return "unlimited";
    if (bytes % (1024 * 1024) == 0) return std::to_string(bytes / (1024 * 1024)) + " MiB";
    return std::to_string(bytes) + " bytes";
}

class ServerRules {
public:
    ServerRules(const Facts& facts, const NodeFacts& node, const VirtualServer& server, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_server(server)
        , m_service(serviceOf(server, facts.definition()))
        , m_report(report)
    {
    }

    void apply()
    {
        if (!m_server.isPublic()) return;
        for (const Listen& listen : m_server.listens) lookAtListen(listen);
        lookForStatus(m_server.scope);
        lookAtErrorPages();
        lookForRealIp(m_server.scope);
        if (m_service == ServiceKind::Unknown) return;
        lookForMetrics();
        lookAtBodyLimit();
    }

private:
    void add(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, at, std::move(arguments));
    }

    void lookAtListen(const Listen& listen)
    {
        if (listen.where.host.empty() || !m_facts.isVirtualAddress(listen.where.host)) return;
        for (const auto& [path, file] : m_node.files.files)
            if (path.starts_with("/etc/sysctl") && file.text.find("ip_nonlocal_bind") != std::string::npos) return;
        add("listen-on-vip", *listen.at, {listen.where.host});
    }

    void lookForStatus(const Scope& scope)
    {
        for (const Statement& one : scope.back()->children) {
            if (one.name == "stub_status" && isOpen(scope)) add("status-published", one);
            if (one.name != "location" || !one.isBlock) continue;
            Scope inner = scope;
            inner.push_back(&one);
            lookForStatus(inner);
        }
    }

    void lookForRealIp(const Scope& scope)
    {
        for (const Statement* level : scope)
            for (const Statement* one : level->all("set_real_ip_from"))
                if (isAnybody(one->value())) add("real-ip-from-anybody", *one, {one->value()});
    }

    void lookForMetrics()
    {
        const Scope metrics = locationFor(m_server, "/metrics");
        if (metrics.back()->child("proxy_pass") != nullptr && isOpen(metrics))
            add("metrics-published", *metrics.back());
        const Scope profile = locationFor(m_server, "/debug/pprof/");
        const bool meant = profile.size() > 2 && matchOf(*profile.back()).path.find("debug") != std::string::npos;
        if (meant && profile.back()->child("proxy_pass") != nullptr && isOpen(profile))
            add("profile-published", *profile.back());
    }

    /// A page that no error_page leads to, while one that error_page leads to has no location: one of the two is
    /// misspelt.
    void lookAtErrorPages()
    {
        std::vector<std::string> wanted;
        for (const Statement* one : effectiveAll(m_server.scope, "error_page"))
            if (!one->arguments.empty()) wanted.push_back(one->arguments.back());
        std::vector<const Statement*> pages;
        for (const Statement* one : m_server.at->all("location")) {
            const LocationMatch match = matchOf(*one);
            const auto inner = one->all("error_page");
            for (const Statement* page : inner)
                if (!page->arguments.empty()) wanted.push_back(page->arguments.back());
            if (match.modifier == "=" && match.path.ends_with(".html") && one->child("proxy_pass") == nullptr)
                pages.push_back(one);
        }
        for (const Statement* page : pages) {
            const std::string path = matchOf(*page).path;
            if (std::find(wanted.begin(), wanted.end(), path) != wanted.end()) continue;
            for (const std::string& target : wanted) {
                const bool served = std::any_of(pages.begin(), pages.end(),
                                                [&](const Statement* one) { return matchOf(*one).path == target; });
                if (served || !target.starts_with('/')) continue;
                add("error-page-mismatch", *page, {path, target});
                break;
            }
        }
    }

    void lookAtBodyLimit()
    {
        if (m_service != ServiceKind::Api) return;
        std::uint64_t wanted = serverBodyDefault;
        if (const ConfigValue* given = m_node.setting("limits.max-body-bytes"))
            wanted = parseSize(given->scalar).value_or(wanted);
        for (const ProxyRoute& route : m_server.routes) {
            if (kindOf(route, m_server, m_service) != RouteKind::General) continue;
            const Statement* at = effective(route.scope, "client_max_body_size");
            const std::uint64_t limit = at != nullptr ? nginxSize(at->value()).value_or(wanted) : nginxBodyDefault;
            if (limit != 0 && limit < wanted)
                return add("body-limit-small", at != nullptr ? *at : *route.pass, {sizeText(limit), sizeText(wanted)});
            if (limit != wanted) return add("body-limit-large", *at, {sizeText(limit), sizeText(wanted)});
        }
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    const VirtualServer& m_server;
    const ServiceKind m_service;
    Report& m_report;
};

/// The first server that takes passwords without TLS.
void lookForEncryption(const Facts& facts, const NodeFacts& node, Report& report)
{
    for (const VirtualServer& server : node.nginx.servers) {
        if (!server.isPublic() || serviceOf(server, facts.definition()) == ServiceKind::Unknown) continue;
        const bool anyTls =
            std::any_of(server.listens.begin(), server.listens.end(), [](const Listen& one) { return one.tls; });
        if (anyTls) continue;
        const auto open = std::find_if(server.listens.begin(), server.listens.end(),
                                       [](const Listen& one) { return one.isPublic(); });
        return report.add(node.files, "plain-http", *open->at);
    }
}

void lookForDefaults(const NodeFacts& node, Report& report)
{
    std::map<int, const Listen*> first;
    std::map<int, bool> hasDefault;
    for (const VirtualServer& server : node.nginx.servers)
        for (const Listen& listen : server.listens) {
            if (!listen.isPublic()) continue;
            first.try_emplace(listen.where.port, &listen);
            hasDefault[listen.where.port] = hasDefault[listen.where.port] || listen.isDefault;
        }
    for (const auto& [port, listen] : first)
        if (!hasDefault[port]) report.add(node.files, "default-server-missing", *listen->at, {std::to_string(port)});
}

bool isServed(const NginxModel& nginx, const std::string& domain)
{
    for (const VirtualServer& server : nginx.servers) {
        if (!server.isPublic()) continue;
        for (const std::string& name : server.names) {
            if (name == domain || name.starts_with('~')) return true;
            if (name.starts_with("*.") && domain.ends_with(name.substr(1))) return true;
            if (name.starts_with('.') && (domain.ends_with(name) || domain == name.substr(1))) return true;
        }
    }
    return false;
}

void lookForDomains(const Facts& facts, const NodeFacts& node, Report& report)
{
    const ClusterDefinition* definition = facts.definition();
    if (definition == nullptr || node.nginx.servers.empty()) return;
    for (const std::string& domain : {definition->apiDomain, definition->authzDomain})
        if (!domain.empty() && !isServed(node.nginx, domain))
            report.add(node.files, "domain-not-served", *node.nginx.servers.front().at, {domain});
}

void lookForWitness(const Facts& facts, const NodeFacts& node, Report& report)
{
    if (!facts.agentExpected(node)) return;
    const VirtualServer* open = nullptr;
    for (const VirtualServer& server : node.nginx.servers) {
        if (!server.isPublic()) continue;
        for (const ProxyRoute& route : server.routes)
            if (kindOfPath(route.scope) == RouteKind::Witness) return;
        if (open == nullptr && !server.routes.empty()) open = &server;
    }
    if (open != nullptr) report.add(node.files, "witness-missing", *open->at);
}

void lookForCredentials(const NodeFacts& node, const Statement& at, Report& report)
{
    for (const Statement& one : at.children) {
        if (one.name == "proxy_set_header" && one.arguments.size() == 2 && one.arguments[0] == "Authorization" &&
            (one.arguments[1].starts_with("Basic ") || one.arguments[1].starts_with("Bearer ")) &&
            one.arguments[1].find('$') == std::string::npos)
            report.add(node.files, "plain-text-secret", one, {"Authorization"});
        lookForCredentials(node, one, report);
    }
}

/// Certificates and keys that are named and known not to be there.
void lookForCertificates(const NodeFacts& node, const Statement& at, Report& report)
{
    for (const Statement& one : at.children) {
        lookForCertificates(node, one, report);
        if (one.name != "ssl_certificate" && one.name != "ssl_certificate_key") continue;
        const std::string path = certificatePath(one);
        const bool gone =
            node.files.missing.contains(path) || (node.files.file(path) == nullptr && path.starts_with("/etc/nginx/") &&
                                                  node.files.coversFolder(folderOf(path)));
        if (gone) report.add(node.files, "certificate-missing", one, {path});
    }
}

} // namespace

void nginxServerRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) {
        for (const SyntaxFault& fault : node.nginx.text.faults)
            report.add(node.files, "nginx-syntax", fault.file, fault.line, {fault.message});
        if (!node.nginx.text.faults.empty()) continue;
        for (const VirtualServer& server : node.nginx.servers) ServerRules(facts, node, server, report).apply();
        lookForEncryption(facts, node, report);
        lookForDefaults(node, report);
        lookForDomains(facts, node, report);
        lookForWitness(facts, node, report);
        for (const Statement& top : node.nginx.text.statements) {
            lookForCredentials(node, top, report);
            lookForCertificates(node, top, report);
        }
    }
}

} // namespace iam::cluster
