// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configsource.h"
#include "cluster/lint/keepalivedmodel.h"
#include "cluster/lint/lint.h"
#include "cluster/lint/nginxmodel.h"
#include "cluster/lint/report.h"
#include <deque>

namespace iam::cluster {

inline constexpr const char* serverConfigPath = "/etc/iam-server/iam-server.yaml";
inline constexpr const char* agentConfigPath = "/etc/iam-server/iam-agent.yaml";

/// One node's files, understood.
struct NodeFacts {
    NodeFacts(const NodeFiles& given, const LintInput& input);

    const NodeFiles& files;
    const NodeDefinition* definition; ///< null: not in the definition, or there is none
    KeepalivedModel keepalived;
    NginxModel nginx;
    std::optional<ConfigFile> server; ///< iam-server.yaml, where there is one
    std::string address;              ///< of the definition, or unicast_src_ip; may be empty

    /// The value of a key in iam-server.yaml, or null.
    [[nodiscard]] const ConfigValue* setting(const std::string& key) const;
};

struct Facts {
    explicit Facts(const LintInput& given);

    const LintInput& input;
    std::deque<NodeFacts> nodes;

    [[nodiscard]] const ClusterDefinition* definition() const
    {
        return input.definition ? &*input.definition : nullptr;
    }
    /// Whether agents of ours drive and watch these nodes.
    [[nodiscard]] bool agentExpected(const NodeFacts& node) const;
    /// Whether `address` is the VIP, as the definition or some keepalived.conf says.
    [[nodiscard]] bool isVirtualAddress(const std::string& address) const;
    /// How many servers a service should be spread over; 0: nobody says.
    [[nodiscard]] std::size_t expectedBackends() const;
};

// One file each.
void vrrpRules(const Facts& facts, Report& report);      ///< one keepalived.conf by itself
void vrrpGroupRules(const Facts& facts, Report& report); ///< those of a cluster beside each other
void checkScriptRules(const Facts& facts, Report& report);
void nginxUpstreamRules(const Facts& facts, Report& report);
void nginxRouteRules(const Facts& facts, Report& report);
void nginxServerRules(const Facts& facts, Report& report);
void serviceRules(const Facts& facts, Report& report);  ///< iam-server.yaml, MariaDB, Redis
void listenerRules(const Facts& facts, Report& report); ///< who listens where, and who asks there
void fileRules(const Facts& facts, Report& report);     ///< main files that are missing or say nothing
void hostRules(const Facts& facts, Report& report);     ///< systemd, nftables
void definitionRules(const Facts& facts, Report& report);

} // namespace iam::cluster
