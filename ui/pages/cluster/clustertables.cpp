// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clustertables.h"
#include "cluster/verdict/evidencepool.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "pages/cluster/clusterwords.h"
#include <algorithm>

namespace iam::pages {

using namespace contract;
using models::durationText;
using models::toText;
using widgets::Tone;

namespace {

/// What the verdict rests on comes first.
int rankOf(const ClusterWitness& witness)
{
    if (witness.what == "address") return 0;
    if (witness.what == "vip-answer") return 1;
    if (witness.what == "vrrp") return 2;
    return 3;
}

Tone toneOf(const ClusterWitness& witness)
{
    if (witness.age > cluster::freshFor) return Tone::Neutral;
    const std::string& says = witness.says;
    if (says == "none" || says == "forged" || says == "silent" || says == "unreachable" || says == "stopped")
        return Tone::Error;
    if (says == "FAULT" || says == "STOP" || says == "draining") return Tone::Warning;
    if (says == "held" || says == "MASTER" || witness.what == "vip-answer") return Tone::Success;
    return Tone::Neutral;
}

QString clockText(const std::optional<std::chrono::milliseconds>& offset)
{
    if (!offset) return QStringLiteral("–");
    const QString sign = offset->count() < 0 ? QStringLiteral("−") : QStringLiteral("+");
    const auto size = std::chrono::abs(*offset);
    if (size.count() < 1000) return NodeTable::tr("%1%2 ms").arg(sign).arg(size.count());
    return sign + durationText(size);
}

} // namespace

WitnessTable::WitnessTable(const QString& name, QWidget* parent)
    : ValueTable(name, {tr("Witness"), tr("What"), tr("Says"), tr("Age")}, parent)
{
    setAccessibleName(tr("Witnesses of who has the virtual address"));
}

void WitnessTable::present(const std::vector<ClusterWitness>& witnesses)
{
    std::vector<ClusterWitness> sorted = witnesses;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const ClusterWitness& a, const ClusterWitness& b) { return rankOf(a) < rankOf(b); });
    QList<Row> rows;
    for (const ClusterWitness& witness : sorted)
        rows.append({{models::witnessName(witness.node), {}, {}},
                     {models::factText(witness), {}, models::factExplanation(witness)},
                     {models::saysText(witness), toneOf(witness), {}},
                     {durationText(witness.age),
                      {},
                      witness.since ? tr("It has said so for %1").arg(durationText(*witness.since)) : QString()}});
    setRows(rows);
}

NodeTable::NodeTable(QWidget* parent)
    : ValueTable(QStringLiteral("cluster.nodes"),
                 {tr("Node"), tr("keepalived"), tr("nginx"), tr("Server"), tr("Requests"), tr("p50"), tr("p99"),
                  tr("Errors"), tr("Clock"), tr("Heard")},
                 parent)
{
    setAccessibleName(tr("Facts of each node"));
}

void NodeTable::present(const models::ClusterState& state, TimePoint now)
{
    QList<Row> rows;
    for (const ClusterNode& node : state.status.nodes) {
        const bool silent = node.nginx.state == "silent";
        const bool answers = node.nginx.state == "answers";
        const QString nginx =
            silent ? tr("does not answer")
            : answers
                ? tr("%1, %2 open").arg(models::rateText(node.nginx.requestsPerSecond)).arg(node.nginx.connections)
                : tr("unknown");
        const Row head{{toText(node.name), {}, toText(node.address)},
                       {vrrpText(node.vrrp, now), vrrpTone(node.vrrp), {}},
                       {nginx,
                        silent    ? Tone::Error
                        : answers ? Tone::Success
                                  : Tone::Neutral,
                        tr("Everything that it answered, checks of all kinds included")}};
        const Row tail{
            {clockText(node.clockOffset), {}, tr("Its clock against that of %1").arg(toText(state.status.answeredBy))},
            {tr("%1 ago").arg(durationText(node.age)),
             node.age > cluster::freshFor ? std::optional(Tone::Error) : std::nullopt,
             {}}};
        Row row = head;
        if (node.services.empty()) {
            rows.append(row + Row{{QStringLiteral("–"), {}, {}}, {}, {}, {}, {}} + tail);
            continue;
        }
        for (std::size_t i = 0; i < node.services.size(); ++i) {
            const NodeService& service = node.services[i];
            const Tone tone = !service.healthy ? Tone::Neutral : *service.healthy ? Tone::Success : Tone::Error;
            const QString word = !service.healthy ? tr("unknown") : *service.healthy ? tr("healthy") : tr("down");
            row = i == 0 ? head : Row{{}, {}, {}};
            row +=
                Row{{tr("%1: %2").arg(serviceName(service.name), word), tone, {}},
                    {models::rateText(service.requestsPerSecond), {}, {}},
                    {models::millisecondsText(service.p50Milliseconds), {}, {}},
                    {models::millisecondsText(service.p99Milliseconds), {}, {}},
                    {service.errors ? QLocale().toString(qulonglong(*service.errors)) : QStringLiteral("–"), {}, {}}};
            rows.append(row + (i == 0 ? tail : Row{{}, {}}));
        }
    }
    setRows(rows);
}

} // namespace iam::pages
