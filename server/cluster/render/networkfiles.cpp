// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/rendering.h"

namespace iam::cluster {
namespace {

constexpr std::string_view filterFile = R"(#
# Who may speak to what on this machine. Loaded by a line in /etc/nftables.conf: include "/etc/nftables.d/*.nft"
# Its own table: other rules stay, and what is not named here is left to them.
table inet iam
delete table inet iam
table inet iam {
    set nodes {
        type ipv4_addr
        elements = { @NODES@ }
    }
    set machines {
        type ipv4_addr
        elements = { @MACHINES@ }
    }
    chain input {
        type filter hook input priority filter - 5; policy accept;
        iif "lo" accept
@RULES@
    }
@MOVED@
}
)";

constexpr std::string_view nodeRules =
    R"(        # VRRP: from the peers, and not through a router. Version 3 has no authentication.
        ip protocol 112 ip saddr @PEERS@ ip ttl 255 accept
        meta l4proto 112 drop
        # The agents' exchange, and servers on machines without one.
        tcp dport @AGENT@ ip saddr != @machines drop
)";

constexpr std::string_view movedChains =
    R"(    # While the address moves, the node that had it still answers what it was asked. The client's acknowledgements
    # arrive here, where nobody knows the connection; the kernel's reset would destroy an answer that is on its way.
    # Who sends more than an acknowledgement is reset at once, as ever. (net.ipv4.fwmark_reflect gives the reset the mark
    # of what it answers.)
    chain acknowledged {
        type filter hook input priority filter - 6; policy accept;
        ip daddr @VIP@ tcp dport { @PUBLIC@ } ip length <= 80 tcp flags & (fin | syn | rst | psh | ack) == ack meta mark set meta mark | 0x01000000
    }
    chain not_reset {
        type filter hook output priority filter; policy accept;
        ip saddr @VIP@ tcp flags & (rst | ack) == rst meta mark & 0x01000000 != 0 drop
    }
)";

constexpr std::string_view serverRules = R"(        # Our servers: behind nginx only.
        tcp dport { @API@, @AUTHZ@ } ip saddr != @nodes drop
        tcp dport { @API@, @AUTHZ@ } meta nfproto ipv6 drop
)";

constexpr std::string_view dataRule = R"(        tcp dport @PORT@ ip saddr != @machines drop
        tcp dport @PORT@ meta nfproto ipv6 drop
)";

constexpr std::string_view hostsFile = R"(#
# Lines for /etc/hosts where there is no name server that knows them.
@LINES@
)";

} // namespace

void renderNetwork(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    TemplateValues values = out.values();
    values["NODES"] = joined(out.nodeAddresses(), ", ");
    values["MACHINES"] = joined(out.machineAddresses(), ", ");
    values["PEERS"] = "{ " + joined(out.peerAddresses(), ", ") + " }";
    std::string rules;
    if (out.node() != nullptr) rules += fillTemplate(nodeRules, values);
    if (out.backend() != nullptr) rules += fillTemplate(serverRules, values);
    const auto addData = [&](const char* name, const PlaceDefinition& place) {
        if (place.host.empty() || !out.hosts(place)) return;
        rules += std::string("        # ") + name + ": for the machines of the cluster.\n" +
                 fillTemplate(dataRule, {{"PORT", std::to_string(place.port)}});
    };
    addData("MariaDB", definition.database);
    addData("Redis", definition.redis);
    values["RULES"] = rules;
    values["MOVED"] = {};
    if (out.node() != nullptr && !out.isTutorial()) {
        values["PUBLIC"] = std::to_string(definition.ports.http);
        if (definition.certificate) values["PUBLIC"] += ", " + std::to_string(definition.ports.https);
        values["MOVED"] = fillTemplate(movedChains, values);
    }
    out.add("/etc/nftables.d/iam.nft", filterFile, values);

    std::string lines;
    for (const NodeDefinition& node : definition.nodes) lines += node.address + ' ' + node.name + '\n';
    for (const BackendDefinition& backend : definition.backends)
        if (definition.node(backend.name) == nullptr) lines += backend.address + ' ' + backend.name + '\n';
    // The course tries the names on the node itself.
    lines += (out.isTutorial() ? std::string("127.0.0.1") : definition.vip.address) + ' ' + definition.apiDomain + ' ' +
             definition.authzDomain + '\n';
    values["LINES"] = lines;
    out.add("/etc/iam-server/hosts", hostsFile, values);
}

} // namespace iam::cluster
