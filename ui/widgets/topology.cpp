// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/topology.h"
#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace iam::widgets {

const TopologyNode* Topology::node(const QString& id) const
{
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&id](const TopologyNode& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

int Topology::rows(int column) const
{
    return static_cast<int>(std::count_if(nodes.begin(), nodes.end(),
                                          [column](const TopologyNode& node) { return node.column == column; }));
}

QString topologyText(const Topology& topology)
{
    const auto translated = [](const char* text) { return QCoreApplication::translate("Topology", text); };
    QStringList lines;
    for (const TopologyNode& node : topology.nodes) {
        const QString heading = topology.columns.value(node.column);
        lines.append(QStringLiteral("%1: %2, %3").arg(heading, node.name, node.detail));
        for (const TopologyEdge& edge : topology.edges) {
            const TopologyNode* target = edge.from == node.id ? topology.node(edge.to) : nullptr;
            if (target == nullptr) continue;
            const QString place = topology.columns.value(target->column);
            const QString carried = edge.kind == TopologyEdge::Kind::Broken
                                        //: of a connection between two boxes of a drawing
                                        ? translated(QT_TRANSLATE_NOOP("Topology", "broken"))
                                        : !edge.label.isEmpty() ? edge.label
                                                                //: of a connection between two boxes of a drawing
                                                                : translated(QT_TRANSLATE_NOOP("Topology", "idle"));
            lines.append(QStringLiteral("  → %1 %2: %3").arg(place, target->name, carried));
        }
    }
    return lines.join(u'\n');
}

} // namespace iam::widgets
