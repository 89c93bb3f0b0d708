// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include "cluster/lint/statement.h"
#include "cluster/lint/values.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace iam::cluster {

/// http, server, location…, from the outside in. Never empty.
using Scope = std::vector<const Statement*>;

struct UpstreamServer {
    const Statement* at = nullptr;
    HostPort where;
    bool isBackup = false;
    bool isDown = false;
    std::optional<long> maxFails;
    bool hasFailTimeout = false;
};

struct Upstream {
    const Statement* at = nullptr;
    std::string name;
    std::vector<UpstreamServer> servers;
};

/// A location (or a server's own level) that hands requests on.
struct ProxyRoute {
    Scope scope; ///< the innermost holds the proxy_pass
    const Statement* pass = nullptr;
    const Upstream* upstream = nullptr; ///< null: the target is no upstream block, or a variable
    std::optional<HostPort> direct;     ///< the target where it is no upstream block
};

struct Listen {
    const Statement* at = nullptr;
    HostPort where; ///< host empty: every address
    bool tls = false;
    bool isDefault = false;
    bool proxyProtocol = false;

    [[nodiscard]] bool isPublic() const { return !isLoopback(where.host); }
};

struct VirtualServer {
    const Statement* at = nullptr;
    Scope scope; ///< http, server
    std::vector<Listen> listens;
    std::vector<std::string> names;
    std::vector<ProxyRoute> routes;

    [[nodiscard]] bool isPublic() const;
};

/// What nginx.conf with everything it includes says about HTTP. Points into `text`, so it stays where it was made.
struct NginxModel {
    explicit NginxModel(const NodeFiles& node);
    NginxModel(const NginxModel&) = delete;
    NginxModel& operator=(const NginxModel&) = delete;

    ParsedText text;
    std::vector<Upstream> upstreams;
    std::vector<VirtualServer> servers;
    const Statement* workerProcesses = nullptr;

    /// Null when there is none.
    [[nodiscard]] const Upstream* upstream(const std::string& name) const;
    /// False when worker_processes is 1, which it is where a whole nginx.conf does not say otherwise.
    [[nodiscard]] bool severalWorkers() const;

private:
    void readServer(const Statement& at, const Scope& http);
    void readRoutes(const Scope& scope, VirtualServer& server);
    ProxyRoute routeOf(const Scope& scope, const Statement& pass) const;

    bool m_isWhole = false; ///< there is an nginx.conf, not only parts of one
};

inline constexpr const char* nginxPath = "/etc/nginx/nginx.conf";

/// The file that ssl_certificate or ssl_certificate_key names; empty where that is none, or known only to nginx.
[[nodiscard]] std::string certificatePath(const Statement& at);

/// The directive as it counts in the innermost scope (nginx: the nearest level that has it), or null.
[[nodiscard]] const Statement* effective(const Scope& scope, std::string_view name);
/// All statements of that name at the nearest level that has one (proxy_set_header's way).
[[nodiscard]] std::vector<const Statement*> effectiveAll(const Scope& scope, std::string_view name);
/// The value of proxy_set_header `field` that counts, or null.
[[nodiscard]] const Statement* effectiveHeader(const Scope& scope, std::string_view field);
[[nodiscard]] std::optional<std::chrono::milliseconds> effectiveTime(const Scope& scope, std::string_view name);

/// The scope of the location that answers `path` in that server (nginx's order: exact, ^~, regular expressions in
/// order, longest prefix), or the server's own. Nested locations are followed.
[[nodiscard]] Scope locationFor(const VirtualServer& server, const std::string& path);
/// Whether a request gets into the location from anywhere: no deny all, no return, no authentication, not internal.
[[nodiscard]] bool isOpen(const Scope& location);

/// "= /x", "^~ /x", "~ x", "/x" of a location block.
struct LocationMatch {
    std::string modifier; ///< "", "=", "^~", "~", "~*", "@"
    std::string path;
};
[[nodiscard]] LocationMatch matchOf(const Statement& location);

} // namespace iam::cluster
