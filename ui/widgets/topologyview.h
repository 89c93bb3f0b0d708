// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/topology.h"
#include <QHash>
#include <QPainterPath>
#include <QRectF>
#include <QWidget>

namespace iam::widgets {

/// Draws a topology: boxes in columns, lines between them. Knows nothing of what the boxes are. Everything it shows is
/// also its accessible description; a box tells its tool tip.
class TopologyView : public QWidget {
    Q_OBJECT
public:
    explicit TopologyView(QWidget* parent = nullptr);
    void setTopology(const Topology& topology);
    [[nodiscard]] const Topology& topology() const { return m_topology; }
    /// Enlarges texts, shapes and lines, for who stands further away. 1: as everywhere else.
    void setScale(double scale);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Where a box is drawn now; a null rectangle when there is none of that id.
    [[nodiscard]] QRectF boxOf(const QString& id) const { return m_boxes.value(id); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Line {
        QPainterPath path;
        double width;
        QPointF labelAt; ///< its right end
        QPointF middle;
    };
    void layOut();
    [[nodiscard]] Line lineOf(const TopologyEdge& edge) const;
    [[nodiscard]] double widthOf(const TopologyEdge& edge) const;
    void drawHeadings(QPainter& painter) const;
    void drawEdge(QPainter& painter, const TopologyEdge& edge) const;
    void drawLabel(QPainter& painter, const TopologyEdge& edge) const;
    void drawNode(QPainter& painter, const TopologyNode& node) const;
    [[nodiscard]] QFont fontOf(TextSize size, bool bold) const;
    [[nodiscard]] double scaled(double length) const { return length * m_scale; }

    Topology m_topology;
    QHash<QString, QRectF> m_boxes;
    QHash<QString, QPointF> m_labelShift;
    double m_scale = 1;
};

} // namespace iam::widgets
