// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "cluster/definition/clusterdefinition.h"
#include "cluster/observe/keepalivedplaces.h"
#include "cluster/observe/words.h"
#include "cluster/verdict/observation.h"
#include "contract/cluster.h"
#include <QObject>
#include <memory>

namespace iam::cluster {

struct NodeSensesConfig {
    std::string runDirectory = "/run/iam-agent"; ///< vrrp.fifo, track and nginx.sock lie there
    KeepalivedPlaces keepalived;
    std::string procFolder = "/proc";
};

/// Everything that the agent of one node sees of its own node, and the hand that makes keepalived give the address up
/// when this node's nginx or its way to the gateway fails. Runs on the event loop of its thread; nothing blocks. May be
/// destroyed at any moment, also by who is called.
class NodeSenses : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives this.
    NodeSenses(ClusterDefinition definition, std::string node, NodeSensesConfig config, const Clock& clock);
    /// Leaves 0 in the track file: without an agent, keepalived's own slow script judges.
    ~NodeSenses() override;

    /// Fails when the node is not in the definition, or with the first thing that cannot work at all (run directory,
    /// netlink). What only lacks a permission is said once in the log, and its words stay UNKNOWN.
    Result<> start();

    /// The latest word of each kind (Address, Vrrp, Nginx, Gateway, Agent), with `witness` = this node; a kind that
    /// nobody could say anything about yet is left out. Address and Vrrp are looked at anew in this moment when that
    /// was last done 150 ms ago or more; their changes come by themselves in between. Call it as often as it is asked
    /// for.
    [[nodiscard]] std::vector<Observation> observations();

    /// The same for who shows it: name, address, vrrp, nginx, upstreams and services (without `share` of the services:
    /// that takes all nodes' upstreams). Ages are as of now. `reachable` is true, `clockOffset` 0.
    [[nodiscard]] contract::ClusterNode node();
    /// The database, and Redis when the definition has one, as the servers of this node see them.
    [[nodiscard]] std::vector<contract::ClusterDependency> dependencies() const;

    /// What is known of each of our servers on this node, readiness and complaints included.
    [[nodiscard]] std::vector<ServiceWord> services() const;
    /// Lines of the access log that could not be read, or came in too many kinds.
    [[nodiscard]] std::uint64_t lostLogLines() const;
    /// What stands in the track file: why the address is given up; empty: it is not.
    [[nodiscard]] const std::string& surrenderReason() const;

Q_SIGNALS:
    /// What a witness says of a kind has changed (or is its first word). In order of time.
    void observed(const iam::cluster::Observation& observation);
    /// Something worth a line in the journal that is no observation: "keepalived says MASTER_RX_LOWER_PRI: another
    /// master was heard", "eth0 is down", "the address was given up: nginx does not answer". One sentence.
    void noticed(const std::string& sentence);

private:
    struct Parts;
    bool look();
    void startAddress(const std::string& interface);
    void startVrrp();
    void startGateway();
    void decide();

    std::unique_ptr<Parts> m_parts;
};

} // namespace iam::cluster
