// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QList>
#include <QString>
#include <optional>

namespace iam::widgets {

/// Something drawn as a box in one of the columns, left to right; within a column in the order of the list.
struct TopologyNode {
    QString id; ///< unique
    int column = 0;
    QString name;
    QString detail; ///< the state in a word or two, never left to the colour
    Tone tone = Tone::Neutral;
    bool strong = false; ///< drawn with a thick frame: what everything hangs on
    bool marked = true;  ///< with the shape of its tone
    QString toolTip;
    bool operator==(const TopologyNode&) const = default;
};

/// A line from one box to one of a column further right.
struct TopologyEdge {
    enum class Kind {
        Carrying, ///< full line, as wide as its rate is large
        Idle,     ///< thin dashed line: there, but nothing goes along it
        Broken,   ///< dashed line with a cross
    };
    QString from;
    QString to;
    Kind kind = Kind::Idle;
    std::optional<double> rate; ///< against the others: the width
    QString label;              ///< "61/s"; empty: none
    bool operator==(const TopologyEdge&) const = default;
};

struct Topology {
    QList<QString> columns; ///< a heading for each
    QList<TopologyNode> nodes;
    QList<TopologyEdge> edges;
    bool operator==(const Topology&) const = default;

    /// Null when there is none of that id.
    [[nodiscard]] const TopologyNode* node(const QString& id) const;
    [[nodiscard]] int rows(int column) const;
};

/// The picture in sentences, one a line: every box with its detail, and the lines that leave it.
[[nodiscard]] QString topologyText(const Topology& topology);

} // namespace iam::widgets
