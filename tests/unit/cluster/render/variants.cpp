// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "variants.h"

namespace iam::test {

using namespace iam::cluster;
using Method = BalanceDefinition::Method;
using Profile = ClusterDefinition::Profile;

ClusterDefinition smallCluster()
{
    ClusterDefinition definition;
    definition.nodes = {{"n1", "10.0.4.20", "eth0", 100}, {"n2", "10.0.4.21", "eth0", 100}};
    definition.vip.address = "10.0.4.99";
    definition.apiDomain = "iam.api.example.com";
    definition.authzDomain = "iam.authz.example.com";
    definition.backends = {{"n1", "10.0.4.20", 1}, {"n2", "10.0.4.21", 1}};
    definition.database.host = "n1";
    definition.database.port = 3306;
    definition.redis.host = "n1";
    definition.redis.port = 6379;
    return definition;
}

std::vector<std::pair<std::string, ClusterDefinition>> variants(const std::string& folder)
{
    const std::pair<const char*, Method> methods[] = {{"round robin", Method::RoundRobin},
                                                      {"least connections", Method::LeastConnections},
                                                      {"address hash", Method::AddressHash},
                                                      {"cookie", Method::Cookie}};
    std::vector<std::pair<std::string, ClusterDefinition>> all;
    for (const Profile profile : {Profile::Recommended, Profile::Tutorial}) {
        const bool tutorial = profile == Profile::Tutorial;
        ClusterDefinition plain = smallCluster();
        plain.profile = profile;
        if (tutorial) {
            plain.nodes[1].priority = 50;
            plain.vrrp.advertInterval = std::chrono::seconds(1);
            plain.vrrp.password = "1111";
        }
        const std::string start = tutorial ? "tutorial, " : "recommended, ";
        const auto add = [&](const std::string& name, ClusterDefinition definition) {
            all.emplace_back(start + name, std::move(definition));
        };
        for (const auto& [name, method] : methods) {
            ClusterDefinition definition = plain;
            definition.balance.method = method;
            if (method == Method::Cookie) definition.balance.cookie = "session";
            add(name, definition);
            for (int i = 3; i <= 8; ++i)
                definition.backends.push_back({"app" + std::to_string(i), "10.0.4.3" + std::to_string(i), i});
            add(std::string("eight backends, ") + name, definition);
        }
        ClusterDefinition secure = plain;
        secure.certificate = {folder + "/tls.pem", folder + "/tls.key"};
        secure.ports.https = 8443;
        secure.database.tlsAuthority = folder + "/tls.pem";
        add("TLS", secure);
        ClusterDefinition cloud = plain;
        cloud.vip = {"192.0.2.7", 32, VipDefinition::Kind::Cloud, "/bin/true", "203.0.113.139"};
        add("cloud", cloud);
        ClusterDefinition large = plain;
        const std::string label(63, 'x');
        large.apiDomain = "a." + label + '.' + label + '.' + label + '.' + std::string(59, 'x');
        large.authzDomain = "b" + large.apiDomain.substr(1);
        large.nodes[0].interface = large.nodes[1].interface = "bond0.1234-vip";
        for (int i = 3; i <= 8; ++i)
            large.nodes.push_back({label.substr(1) + std::to_string(i), "10.0.4.2" + std::to_string(i),
                                   large.nodes[0].interface, large.nodes[1].priority});
        large.backends.clear();
        for (const NodeDefinition& node : large.nodes) large.backends.push_back({node.name, node.address, 100});
        add("eight nodes, the longest names", large);
        ClusterDefinition apart = plain;
        apart.nodes.push_back({"n3", "10.0.4.22", "eth0", 100});
        apart.backends = {{"app1", "10.0.4.31", 1}, {"app2", "10.0.4.32", 2}};
        apart.database.host = "10.0.4.40";
        apart.redis = {};
        apart.probe.gateway = "10.0.4.1";
        add("three nodes, servers and data elsewhere, gateway", apart);
    }
    return all;
}

} // namespace iam::test
