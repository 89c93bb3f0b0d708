// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clustersection.h"
#include "base/bytes.h"
#include "base/configvalue.h"
#include "http/address.h"

namespace iam::node {
namespace {

using namespace std::chrono_literals;

/// "http://127.0.0.1:7071" and nothing behind it. The agent of the same machine: names are not looked up.
bool takeUrl(std::string_view url, cluster::ClusterFeedConfig& feed)
{
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return false;
    url.remove_prefix(scheme.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    const std::size_t colon = url.rfind(':');
    if (colon == std::string_view::npos) return false;
    const auto port = parseInteger(std::string(url.substr(colon + 1)));
    const std::string address(url.substr(0, colon));
    if (!port || *port < 1 || *port > 65'535 || address.find(':') != std::string::npos) return false;
    if (http::Address::parse(address).isNull()) return false;
    feed.address = address;
    feed.port = static_cast<std::uint16_t>(*port);
    return true;
}

} // namespace

void readClusterSection(ConfigReader& reader, ClusterSection& section, bool isAgent)
{
    cluster::AgentConfig& agent = section.agent;
    reader.secret("cluster.key", section.key.key, 32, 512);
    reader.string("cluster.key-file", section.key.keyFile);
    reader.string("cluster.definition", agent.definitionFile);
    reader.string("cluster.node", agent.node);
    std::string url;
    reader.string("cluster.agent-url", url);
    if (!url.empty() && !takeUrl(url, section.feed))
        reader.fault("cluster.agent-url", "must be an address and a port such as http://127.0.0.1:7071");
    if (isAgent && agent.definitionFile.empty())
        reader.fault("cluster.definition", "is needed by the role agent: the path of cluster.yaml");
    if (isAgent && agent.node.empty())
        reader.fault("cluster.node", "is needed by the role agent: which node of the definition this is");

    if (reader.isGiven("agent.bind-address")) reader.address("agent.bind-address", agent.bindAddress);
    if (reader.isGiven("agent.bind-port")) reader.port("agent.bind-port", agent.bindPort.emplace());
    reader.know("agent.bind-address");
    reader.know("agent.bind-port");
    reader.string("agent.run-directory", agent.senses.runDirectory, false);
    reader.string("agent.keepalived.vrrp-pid-file", agent.senses.keepalived.vrrpPidFile, false);
    reader.string("agent.keepalived.dump-directory", agent.senses.keepalived.dumpFolder, false);
    reader.duration("agent.journal-retention", agent.journalRetention, 1h, 24h * 3650);
    reader.size("agent.journal-max-size", agent.journalMaxSize, MiB, 1024 * 1024 * MiB);
}

} // namespace iam::node
