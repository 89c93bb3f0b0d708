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
# The servers listen on their machine's own address, so these lines are the same on every node.
)";

std::string upstream(const Rendering& out, const std::string& name, std::uint16_t port, const std::string& balance,
                     int keepalive)
{
    std::string text = "\nupstream " + name + " {\n    zone " + name + " 64k;\n" + balance;
    for (const BackendDefinition& backend : out.definition().backends) {
        text += "    server " + backend.address + ':' + std::to_string(port);
        if (backend.weight != 1) text += " weight=" + std::to_string(backend.weight);
        text += " max_fails=2 fail_timeout=5s; # " + backend.name + '\n';
    }
    if (keepalive > 0) text += "    keepalive " + std::to_string(keepalive) + ";\n    keepalive_timeout 30s;\n";
    return text + "}\n";
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
    return std::string(intro) + balanceMap(definition.balance) +
           upstream(out, "iam_api", definition.ports.api, balance, 16) +
           upstream(out, "iam_api_writes", definition.ports.api, balance, 0) +
           upstream(out, "iam_authz", definition.ports.authz, balance, 16) +
           upstream(out, "iam_probe", definition.ports.api, {}, 2);
}

} // namespace iam::cluster
