// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/rendering.h"
#include <algorithm>

namespace iam::cluster {
namespace {

constexpr std::string_view serverFile = R"(#
# Passwords do not stand here. /etc/iam-server/iam-server.env, mode 0600, owner root, gives them to the service:
#   IAM_MYSQL_PASSWORD=…
@REDIS_PASSWORD@
roles: [apiserver, authz-server]

# Only this machine and the nodes' nginx reach these ports: see /etc/nftables.d/iam.nft.
apiserver:
  insecure:
    bind-address: @BIND@
    bind-port: @API@
authz-server:
  insecure:
    bind-address: @BIND@
    bind-port: @AUTHZ@

server:
  node-name: @MACHINE@
  # Whose word about the client's address is believed: the nodes' nginx.
  trusted-proxies: [127.0.0.1, @NODES@]
metrics:
  allow: [@MACHINES@]

store:
  driver: mysql
mysql:
  host: "@DATABASE_HOST@:@DATABASE_PORT@"
  username: @DATABASE_USER@
  database: @DATABASE_NAME@
@DATABASE_TLS@
@REDIS@
@CLUSTER@
)";

constexpr std::string_view agentFile = R"(#
# What the agent looks at it takes from the definition. What agents tell each other is signed with a key made from that
# of the cluster, which "iam-server cluster init" or "cluster join" leaves in the data directory of the server or, where
# none runs, of the agent.
roles: [agent]

cluster:
  definition: /etc/iam-server/cluster.yaml
  node: @MACHINE@
@KEY@

agent:
  bind-address: @ADDRESS@
  bind-port: @AGENT@
  run-directory: /run/iam-agent
)";

/// The address of the agent that this machine's server asks: its own node's; where no node runs servers, the first
/// one's; else none, because nginx asks the nodes' servers.
std::string agentFor(const Rendering& out)
{
    if (out.node() != nullptr) return "127.0.0.1";
    const ClusterDefinition& definition = out.definition();
    const bool onNodes =
        std::any_of(definition.backends.begin(), definition.backends.end(),
                    [&](const BackendDefinition& backend) { return definition.node(backend.name) != nullptr; });
    return onNodes ? std::string() : definition.nodes.front().address;
}

} // namespace

void renderServers(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    TemplateValues values = out.values();
    if (out.backend() != nullptr) {
        const DatabaseDefinition& database = definition.database;
        // The tutorial's nginx asks its own servers at 127.0.0.1, so they listen everywhere.
        values["BIND"] = out.isTutorial() ? std::string("0.0.0.0") : out.address();
        values["NODES"] = joined(out.nodeAddresses(), ", ");
        values["MACHINES"] = joined(out.machineAddresses(), ", ");
        values["DATABASE_HOST"] = definition.addressOf(database);
        values["DATABASE_PORT"] = std::to_string(database.port);
        values["DATABASE_USER"] = database.user;
        values["DATABASE_NAME"] = database.name;
        values["DATABASE_TLS"] = database.tlsAuthority.empty() ? "" : "  ssl-ca: " + database.tlsAuthority + '\n';
        const bool redis = !definition.redis.host.empty();
        values["REDIS_PASSWORD"] = redis ? "#   IAM_REDIS_PASSWORD=…\n" : "";
        values["REDIS"] = redis ? "\nredis:\n  host: " + definition.addressOf(definition.redis) +
                                      "\n  port: " + std::to_string(definition.redis.port) + '\n'
                                : "";
        const std::string agent = agentFor(out);
        values["CLUSTER"] = agent.empty() ? agent
                                          : "\n# What is shown of the cluster comes from a node's agent.\ncluster:\n"
                                            "  agent-url: http://" +
                                                agent + ':' + std::to_string(definition.ports.agent) + '\n';
        out.add("/etc/iam-server/iam-server.yaml", serverFile, values);
    }
    values["KEY"] = out.backend() != nullptr ? "  key-file: /var/lib/iam-server/cluster.key\n" : "";
    if (out.node() != nullptr) out.add("/etc/iam-server/iam-agent.yaml", agentFile, values);
}

} // namespace iam::cluster
