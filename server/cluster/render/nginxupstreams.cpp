// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/nginxparts.h"

namespace iam::cluster {
namespace {

constexpr std::string_view intro = R"(
# zone: the workers share their turn and what they know of failures; without it 20 requests fell 11 and 9 instead of 10
#   and 10.
# max_fails, fail_timeout: after two failures a backend is left out for five seconds, then tried again by one request.
# keepalive: connections that are used again; given up before the servers would close them (60 s).
# The servers listen on their machine's own address, so these lines are the same on every node, but for iam_cluster.
)";

struct Upstream {
    const char* name;
    std::uint16_t port;
    std::string balance;
    int keepalive; ///< connections; 0: none is used again
};

std::string serverLine(const BackendDefinition& backend, std::uint16_t port)
{
    return "    server " + backend.address + ':' + std::to_string(port) +
           (backend.weight != 1 ? " weight=" + std::to_string(backend.weight) : std::string()) +
           " max_fails=2 fail_timeout=5s";
}

std::string framed(const Upstream& upstream, const std::string& servers)
{
    const std::string name(upstream.name);
    std::string text = "\nupstream " + name + " {\n    zone " + name + " 64k;\n" + upstream.balance + servers;
    if (upstream.keepalive > 0)
        text += "    keepalive " + std::to_string(upstream.keepalive) + ";\n    keepalive_timeout 30s;\n";
    return text + "}\n";
}

std::string overAllBackends(const Rendering& out, const Upstream& upstream)
{
    std::string servers;
    for (const BackendDefinition& backend : out.definition().backends)
        servers += serverLine(backend, upstream.port) + "; # " + backend.name + '\n';
    return framed(upstream, servers);
}

/// The servers that have an agent beside them, this node's first.
std::string clusterUpstream(const Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    const Upstream upstream{"iam_cluster", definition.ports.api, {}, 2};
    std::string own;
    std::string others;
    for (const BackendDefinition& backend : definition.backends) {
        if (definition.node(backend.name) == nullptr) continue;
        if (&backend == out.backend())
            own = serverLine(backend, upstream.port) + "; # " + backend.name + '\n';
        else
            others += serverLine(backend, upstream.port) + (out.backend() != nullptr ? " backup; # " : "; # ") +
                      backend.name + '\n';
    }
    return own.empty() && others.empty() ? overAllBackends(out, upstream) : framed(upstream, own + others);
}

} // namespace

std::string balanceLine(const BalanceDefinition& balance)
{
    switch (balance.method) {
    case BalanceDefinition::Method::LeastConnections:
        return "    least_conn;\n";
    case BalanceDefinition::Method::AddressHash:
        return "    ip_hash; # by the first three parts of the address\n";
    case BalanceDefinition::Method::Cookie:
        return "    hash $iam_balance_key consistent;\n";
    case BalanceDefinition::Method::RoundRobin:
        break;
    }
    return {};
}

std::string balanceMap(const BalanceDefinition& balance)
{
    if (balance.method != BalanceDefinition::Method::Cookie) return {};
    return "\n# Requests with the same cookie go to the same backend; those without it are spread by chance.\n"
           "map $cookie_" +
           balance.cookie + " $iam_balance_key {\n    default $cookie_" + balance.cookie +
           ";\n    \"\" $request_id;\n}\n";
}

std::string upstreamsText(const Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    const std::string balance = balanceLine(definition.balance);
    const auto api = definition.ports.api;
    return std::string(intro) + balanceMap(definition.balance) + overAllBackends(out, {"iam_api", api, balance, 16}) +
           overAllBackends(out, {"iam_api_writes", api, balance, 0}) +
           overAllBackends(out, {"iam_authz", definition.ports.authz, balance, 16}) +
           overAllBackends(out, {"iam_probe", api, {}, 2}) + clusterUpstream(out);
}

} // namespace iam::cluster
