// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/nginxmodel.h"
#include "base/configvalue.h"
#include "base/text.h"
#include "cluster/lint/nginxparser.h"
#include <algorithm>

namespace iam::cluster {
namespace {

Listen listenOf(const Statement& at)
{
    Listen listen;
    listen.at = &at;
    const std::string where = at.value();
    if (const auto port = parseInteger(where))
        listen.where.port = static_cast<int>(*port);
    else
        listen.where = hostPort(where);
    if (listen.where.port == 0 && !listen.where.host.starts_with("unix:")) listen.where.port = 80;
    for (const char* any : {"*", "0.0.0.0", "::"})
        if (listen.where.host == any) listen.where.host.clear();
    for (std::size_t i = 1; i < at.arguments.size(); ++i) {
        const std::string& word = at.arguments[i];
        listen.tls = listen.tls || word == "ssl";
        listen.isDefault = listen.isDefault || word == "default_server" || word == "default";
        listen.proxyProtocol = listen.proxyProtocol || word == "proxy_protocol";
    }
    return listen;
}

Upstream upstreamOf(const Statement& at)
{
    Upstream upstream;
    upstream.at = &at;
    upstream.name = at.value();
    for (const Statement* one : at.all("server")) {
        UpstreamServer server;
        server.at = one;
        server.where = hostPort(one->value());
        if (server.where.port == 0) server.where.port = 80;
        for (const std::string& word : one->arguments) {
            server.isBackup = server.isBackup || word == "backup";
            server.isDown = server.isDown || word == "down";
            if (word.starts_with("max_fails=")) server.maxFails = parseInteger(word.substr(10));
            server.hasFailTimeout = server.hasFailTimeout || word.starts_with("fail_timeout=");
        }
        upstream.servers.push_back(std::move(server));
    }
    return upstream;
}

bool isLevel(const Statement& one)
{
    return one.isBlock && (one.name == "location" || one.name == "if" || one.name == "limit_except");
}

} // namespace

bool VirtualServer::isPublic() const
{
    return std::any_of(listens.begin(), listens.end(), [](const Listen& one) { return one.isPublic(); });
}

NginxModel::NginxModel(const NodeFiles& node)
    : text(parseNginxFiles(node, nginxPath))
    , m_isWhole(node.file(nginxPath) != nullptr)
{
    if (!m_isWhole) {
        // Only parts of a configuration were given: read them as Debian's nginx.conf includes them.
        text = {};
        Statement http{"http", {}, {}, 0, true, {}};
        for (const char* folder : {"/etc/nginx/conf.d/*.conf", "/etc/nginx/sites-enabled/*"})
            for (const std::string& path : node.matching(folder)) {
                ParsedText part = parseNginxFiles(node, path);
                text.faults.insert(text.faults.end(), part.faults.begin(), part.faults.end());
                std::move(part.statements.begin(), part.statements.end(), std::back_inserter(http.children));
            }
        text.statements.push_back(std::move(http));
    }
    for (const Statement& top : text.statements) {
        if (top.name == "worker_processes") workerProcesses = &top;
        if (top.name != "http") continue;
        for (const Statement& one : top.children)
            if (one.name == "upstream" && one.isBlock) upstreams.push_back(upstreamOf(one));
    }
    for (const Statement& top : text.statements) {
        if (top.name != "http") continue;
        for (const Statement& one : top.children)
            if (one.name == "server" && one.isBlock) readServer(one, {&top});
    }
}

void NginxModel::readServer(const Statement& at, const Scope& http)
{
    VirtualServer server;
    server.at = &at;
    server.scope = http;
    server.scope.push_back(&at);
    for (const Statement& one : at.children) {
        if (one.name == "listen") server.listens.push_back(listenOf(one));
        if (one.name == "server_name")
            server.names.insert(server.names.end(), one.arguments.begin(), one.arguments.end());
    }
    if (server.listens.empty()) server.listens.push_back({&at, {{}, 80}, false, false, false});
    readRoutes(server.scope, server);
    servers.push_back(std::move(server));
}

void NginxModel::readRoutes(const Scope& scope, VirtualServer& server)
{
    for (const Statement& one : scope.back()->children) {
        if (one.name == "proxy_pass" && !one.arguments.empty()) server.routes.push_back(routeOf(scope, one));
        if (!isLevel(one)) continue;
        Scope inner = scope;
        inner.push_back(&one);
        readRoutes(inner, server);
    }
}

ProxyRoute NginxModel::routeOf(const Scope& scope, const Statement& pass) const
{
    ProxyRoute route;
    route.scope = scope;
    route.pass = &pass;
    std::string target = pass.value();
    const std::size_t scheme = target.find("://");
    if (scheme != std::string::npos) target.erase(0, scheme + 3);
    if (target.starts_with('$')) {
        // `set $backend name;` of an outer level is followed; anything else is known only to nginx.
        std::string name = target.substr(0, target.find('/'));
        target.clear();
        for (const Statement* level : scope)
            for (const Statement* one : level->all("set"))
                if (one->arguments.size() == 2 && one->arguments[0] == name) target = one->arguments[1];
    }
    if (!target.starts_with("unix:")) target = target.substr(0, target.find('/'));
    if (target.empty() || target.find('$') != std::string::npos) return route;
    route.upstream = upstream(target);
    if (route.upstream == nullptr) route.direct = hostPort(target);
    return route;
}

const Upstream* NginxModel::upstream(const std::string& name) const
{
    const auto found =
        std::find_if(upstreams.begin(), upstreams.end(), [&](const Upstream& one) { return one.name == name; });
    return found == upstreams.end() ? nullptr : &*found;
}

bool NginxModel::severalWorkers() const
{
    if (workerProcesses == nullptr) return !m_isWhole;
    return workerProcesses->value() != "1";
}

std::string certificatePath(const Statement& at)
{
    const std::string path = at.value();
    if (path.empty() || path.find('$') != std::string::npos || path.starts_with("data:") || path.starts_with("engine:"))
        return {};
    return path.starts_with('/') ? path : folderOf(nginxPath) + '/' + path;
}

const Statement* effective(const Scope& scope, std::string_view name)
{
    for (std::size_t i = scope.size(); i-- > 0;)
        if (const Statement* found = scope[i]->child(name)) return found;
    return nullptr;
}

std::vector<const Statement*> effectiveAll(const Scope& scope, std::string_view name)
{
    for (std::size_t i = scope.size(); i-- > 0;)
        if (auto found = scope[i]->all(name); !found.empty()) return found;
    return {};
}

const Statement* effectiveHeader(const Scope& scope, std::string_view field)
{
    const Statement* found = nullptr;
    for (const Statement* one : effectiveAll(scope, "proxy_set_header"))
        if (text::equalIgnoringCase(one->value(), field)) found = one;
    return found;
}

std::optional<std::chrono::milliseconds> effectiveTime(const Scope& scope, std::string_view name)
{
    const Statement* found = effective(scope, name);
    return found == nullptr ? std::nullopt : nginxTime(found->value());
}

} // namespace iam::cluster
