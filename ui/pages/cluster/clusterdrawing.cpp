// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clusterdrawing.h"
#include "cluster/verdict/evidencepool.h"
#include "models/celltext.h"
#include "models/clusterload.h"
#include "models/clustertext.h"
#include "pages/cluster/clusterwords.h"
#include <QCoreApplication>
#include <algorithm>

namespace iam::pages {

using namespace contract;
using models::ClusterState;
using models::toText;
using widgets::Tone;
using widgets::Topology;
using widgets::TopologyEdge;
using Kind = widgets::TopologyEdge::Kind;

namespace {

struct ClusterDrawing {
    Q_DECLARE_TR_FUNCTIONS(ClusterDrawing)
};

enum Columns { Clients, Address, Nginx, Backends, Stores };

const QString clientsId = QStringLiteral("clients");
const QString vipId = QStringLiteral("vip");

QString nginxId(const std::string& node)
{
    return QStringLiteral("nginx:") + toText(node);
}

QString backendId(const std::string& name)
{
    return QStringLiteral("backend:") + toText(name);
}

QString storeId(const std::string& name)
{
    return QStringLiteral("store:") + toText(name);
}

bool holdsVip(const ClusterVip& vip, const std::string& node)
{
    return std::any_of(vip.witnesses.begin(), vip.witnesses.end(), [&node](const ClusterWitness& witness) {
        return witness.node == node && witness.what == "address" && witness.says == "held" &&
               witness.age <= cluster::freshFor;
    });
}

/// Nothing comes from that node any more, while others are heard.
bool lost(const ClusterNode& node)
{
    return node.age > cluster::freshFor;
}

/// What came from clients: nginx' own counter has everybody's checks in it too, so it stands in only where the access
/// log is not known.
std::optional<double> clientRate(const ClusterNode& node)
{
    if (node.upstreams.empty()) return node.nginx.requestsPerSecond;
    double requests = 0;
    for (const UpstreamShare& upstream : node.upstreams) requests += double(upstream.requests);
    return requests / 10;
}

Tone nginxTone(const ClusterNode& node, bool stale)
{
    if (lost(node)) return stale ? Tone::Neutral : Tone::Warning;
    if (node.nginx.state == "silent") return Tone::Error;
    if (node.nginx.state != "answers") return Tone::Neutral;
    return vrrpTone(node.vrrp) == Tone::Warning ? Tone::Warning : Tone::Success;
}

QString nginxDetail(const ClusterNode& node)
{
    if (lost(node)) return ClusterDrawing::tr("unheard for %1").arg(models::durationText(node.age));
    const QString state = node.vrrp.state == "UNKNOWN" ? ClusterDrawing::tr("unknown") : toText(node.vrrp.state);
    if (node.nginx.state == "silent") return ClusterDrawing::tr("%1, silent").arg(state);
    if (!clientRate(node)) return state;
    return ClusterDrawing::tr("%1, %2").arg(state, models::rateText(clientRate(node)));
}

/// Of all services that run there the worst, and in words.
std::pair<Tone, QString> backendState(const models::BackendLoad& load, const ClusterStatus& status)
{
    if (load.services.empty()) {
        const bool ofNode = std::any_of(status.nodes.begin(), status.nodes.end(),
                                        [&load](const ClusterNode& node) { return node.name == load.name; });
        const QString seen = models::rateText(load.perSecond);
        if (ofNode) return {Tone::Neutral, ClusterDrawing::tr("unknown")};
        return {Tone::Neutral,
                load.perSecond ? ClusterDrawing::tr("gets %1").arg(seen) : ClusterDrawing::tr("no agent")};
    }
    QStringList down;
    bool unknown = false;
    for (const NodeService& service : load.services) {
        if (service.healthy == false) down.append(serviceName(service.name));
        unknown |= !service.healthy;
    }
    if (down.size() == static_cast<qsizetype>(load.services.size())) return {Tone::Error, ClusterDrawing::tr("down")};
    if (!down.isEmpty()) return {Tone::Error, ClusterDrawing::tr("%1 down").arg(down.first())};
    if (unknown) return {Tone::Neutral, ClusterDrawing::tr("unknown")};
    return {Tone::Success, load.perSecond ? ClusterDrawing::tr("healthy, %1").arg(models::rateText(load.perSecond))
                                          : ClusterDrawing::tr("healthy")};
}

QString backendToolTip(const models::BackendLoad& load)
{
    QStringList lines{toText(load.name)};
    for (const NodeService& service : load.services)
        lines.append(ClusterDrawing::tr("%1: %2, p50 %3, p99 %4")
                         .arg(serviceName(service.name), models::rateText(service.requestsPerSecond),
                              models::millisecondsText(service.p50Milliseconds),
                              models::millisecondsText(service.p99Milliseconds)));
    return lines.join(u'\n');
}

void addEntrance(const ClusterState& state, Topology& out)
{
    const ClusterVip& vip = state.status.vip;
    std::optional<double> all;
    for (const ClusterNode& node : state.status.nodes)
        if (const auto rate = clientRate(node)) all = all.value_or(0) + *rate;
    out.nodes.append(
        {clientsId, Clients, ClusterDrawing::tr("Clients"), models::rateText(all), Tone::Neutral, false, false, {}});
    out.nodes.append({vipId, Address, toText(vip.address), models::verdictWord(vip.verdict), toneOf(vip.verdict), true,
                      true, vipWords(state).title});
    const bool dead = vip.verdict == VipVerdict::None;
    TopologyEdge edge{clientsId, vipId, dead ? Kind::Broken : Kind::Carrying, all, models::rateText(all)};
    if (!all) edge.label.clear();
    if (!all && !dead) edge.kind = Kind::Idle;
    out.edges.append(edge);
}

void addNginx(const ClusterState& state, Topology& out)
{
    const ClusterVip& vip = state.status.vip;
    for (const ClusterNode& node : state.status.nodes) {
        const bool owner = vip.verdict == VipVerdict::Confirmed && vip.owner == node.name;
        const bool holds = holdsVip(vip, node.name);
        out.nodes.append({nginxId(node.name), Nginx, toText(node.name), nginxDetail(node), nginxTone(node, state.stale),
                          owner, true, ClusterDrawing::tr("%1 at %2").arg(toText(node.name), toText(node.address))});
        TopologyEdge edge{vipId, nginxId(node.name), Kind::Idle, clientRate(node), {}};
        if (owner || holds) {
            edge.kind = node.nginx.state == "silent" ? Kind::Broken : Kind::Carrying;
            if (edge.rate) edge.label = models::rateText(edge.rate);
        } else {
            edge.rate.reset();
        }
        out.edges.append(edge);
    }
}

void addBackends(const ClusterState& state, Topology& out)
{
    const auto loads = models::backendLoads(state.status, state.backends);
    for (const models::BackendLoad& load : loads) {
        const auto [tone, detail] = backendState(load, state.status);
        out.nodes.append(
            {backendId(load.name), Backends, toText(load.name), detail, tone, false, true, backendToolTip(load)});
        for (const ClusterNode& node : state.status.nodes) {
            std::optional<double> rate;
            for (const UpstreamShare& upstream : node.upstreams)
                if (upstream.backend == load.name) rate = rate.value_or(0) + double(upstream.requests) / 10;
            TopologyEdge edge{nginxId(node.name), backendId(load.name), Kind::Idle, {}, {}};
            if (rate && *rate > 0) {
                edge.kind = Kind::Carrying;
                edge.rate = rate;
                edge.label = models::rateText(rate);
            } else if (tone == Tone::Error) {
                edge.kind = Kind::Broken;
            }
            out.edges.append(edge);
        }
    }
    for (const ClusterDependency& dependency : state.status.dependencies) {
        const Tone tone = !dependency.healthy ? Tone::Neutral : *dependency.healthy ? Tone::Success : Tone::Error;
        const QString word = !dependency.healthy   ? ClusterDrawing::tr("unknown")
                             : *dependency.healthy ? ClusterDrawing::tr("answers")
                                                   : ClusterDrawing::tr("does not answer");
        out.nodes.append({storeId(dependency.name), Stores, dependencyName(dependency.name), word, tone, false, true,
                          QStringLiteral("%1 %2").arg(dependencyName(dependency.name), toText(dependency.address))});
        for (const models::BackendLoad& load : loads)
            out.edges.append({backendId(load.name),
                              storeId(dependency.name),
                              tone == Tone::Error     ? Kind::Broken
                              : tone == Tone::Success ? Kind::Carrying
                                                      : Kind::Idle,
                              {},
                              {}});
    }
}

} // namespace

Topology clusterDrawing(const ClusterState& state)
{
    Topology out;
    out.columns = {QString(), ClusterDrawing::tr("Virtual address"), ClusterDrawing::tr("nginx"),
                   ClusterDrawing::tr("Servers"), ClusterDrawing::tr("Stores")};
    addEntrance(state, out);
    addNginx(state, out);
    addBackends(state, out);
    return out;
}

} // namespace iam::pages
