// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/topologyview.h"
#include "widgets/statusmark.h"
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>

namespace iam::widgets {

namespace {

// In units of the scale.
constexpr double boxHeight = 44;
constexpr double lowBox = 38; // where there are many
constexpr int manyRows = 5;
constexpr double widestBox = 168;
constexpr double boxPart = 0.66; // of its column's width
constexpr double narrowPart = 0.74;
constexpr double rowPitch = 54; // least distance of two boxes' middles
constexpr double lowPitch = 43;
constexpr double widestPitch = 96;
constexpr double headingHeight = 26;
constexpr double thinnest = 1.25;
constexpr double thickest = 7;
constexpr double leastColumn = 92;
constexpr double stub = 12; // of a line between its label and the box

} // namespace

TopologyView::TopologyView(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    setAccessibleName(tr("Topology"));
}

void TopologyView::setTopology(const Topology& topology)
{
    if (m_topology == topology) return;
    const bool reshaped = topology.nodes.size() != m_topology.nodes.size();
    m_topology = topology;
    setAccessibleDescription(topologyText(topology));
    layOut();
    if (reshaped) updateGeometry();
    update();
}

void TopologyView::setScale(double scale)
{
    m_scale = scale;
    layOut();
    updateGeometry();
    update();
}

QSize TopologyView::sizeHint() const
{
    int rows = 2;
    for (int column = 0; column < m_topology.columns.size(); ++column) rows = std::max(rows, m_topology.rows(column));
    return {static_cast<int>(scaled(leastColumn * 1.7 * double(m_topology.columns.size()))),
            static_cast<int>(scaled(headingHeight + rows * (rows < manyRows ? rowPitch : lowPitch) + spacing::half))};
}

QSize TopologyView::minimumSizeHint() const
{
    return {static_cast<int>(scaled(leastColumn * double(m_topology.columns.size()))), sizeHint().height()};
}

QFont TopologyView::fontOf(TextSize size, bool bold) const
{
    QFont font = textFont(size, bold);
    font.setPixelSize(static_cast<int>(scaled(font.pixelSize())));
    return font;
}

void TopologyView::layOut()
{
    m_boxes.clear();
    m_labelShift.clear();
    const auto columns = double(std::max<qsizetype>(m_topology.columns.size(), 1));
    const double columnWidth = width() / columns;
    const double boxWidth =
        std::min(columnWidth * (columnWidth < scaled(140) ? narrowPart : boxPart), scaled(widestBox));
    const double room = height() - scaled(headingHeight);
    QHash<int, int> next;
    for (const TopologyNode& node : m_topology.nodes) {
        const int rows = m_topology.rows(node.column);
        const double pitch = std::min(room / rows, scaled(widestPitch));
        const double top = scaled(headingHeight) + (room - pitch * rows) / 2;
        const double tall = scaled(rows < manyRows ? boxHeight : lowBox);
        // The first and the last column stand at the edges, the others between.
        const double free = columnWidth - boxWidth;
        const double shift = columns > 1 ? free * (node.column / (columns - 1)) : free / 2;
        const double y = top + pitch * (next[node.column]++ + 0.5);
        m_boxes.insert(node.id, QRectF(node.column * columnWidth + shift, y - tall / 2, boxWidth, tall));
    }
    // Lines into one box end one below the other, so that their labels do too.
    for (const TopologyNode& node : m_topology.nodes) {
        QList<QString> sources;
        for (const TopologyEdge& edge : m_topology.edges)
            if (edge.to == node.id) sources.append(edge.from);
        std::sort(sources.begin(), sources.end(), [this](const QString& a, const QString& b) {
            return m_boxes.value(a).center().y() < m_boxes.value(b).center().y();
        });
        const double step =
            std::min(scaled(15), scaled(boxHeight - 10) / double(std::max<qsizetype>(sources.size(), 1)));
        for (qsizetype i = 0; i < sources.size(); ++i)
            m_labelShift.insert(sources[i] + u'\n' + node.id,
                                QPointF(0, (double(i) - double(sources.size() - 1) / 2) * step));
    }
}

double TopologyView::widthOf(const TopologyEdge& edge) const
{
    double largest = 0;
    for (const TopologyEdge& other : m_topology.edges) largest = std::max(largest, other.rate.value_or(0));
    const double part = largest > 0 ? edge.rate.value_or(0) / largest : 0;
    return scaled(thinnest + (thickest - thinnest) * part);
}

TopologyView::Line TopologyView::lineOf(const TopologyEdge& edge) const
{
    const QRectF from = m_boxes.value(edge.from);
    const QRectF to = m_boxes.value(edge.to);
    const QPointF start(from.right(), from.center().y());
    const QPointF end = QPointF(to.left(), to.center().y()) + m_labelShift.value(edge.from + u'\n' + edge.to);
    const double bend = (end.x() - start.x()) / 2;
    QPainterPath path(start);
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
    return {path, widthOf(edge), end - QPointF(scaled(stub), 0), path.pointAtPercent(0.5)};
}

void TopologyView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawHeadings(painter);
    // What carries something lies above what does not.
    for (const auto kind : {TopologyEdge::Kind::Idle, TopologyEdge::Kind::Carrying, TopologyEdge::Kind::Broken})
        for (const TopologyEdge& edge : m_topology.edges)
            if (edge.kind == kind) drawEdge(painter, edge);
    for (const TopologyEdge& edge : m_topology.edges) drawLabel(painter, edge);
    for (const TopologyNode& node : m_topology.nodes) drawNode(painter, node);
}

void TopologyView::drawHeadings(QPainter& painter) const
{
    painter.setFont(fontOf(TextSize::Small, false));
    painter.setPen(mutedColor(palette()));
    for (int column = 0; column < m_topology.columns.size(); ++column) {
        const auto first = std::find_if(m_topology.nodes.begin(), m_topology.nodes.end(),
                                        [column](const TopologyNode& node) { return node.column == column; });
        if (first == m_topology.nodes.end()) continue;
        const QRectF box = m_boxes.value(first->id);
        const double more = scaled(spacing::wide);
        const auto alignment = column == 0                               ? Qt::AlignLeft
                               : column + 1 == m_topology.columns.size() ? Qt::AlignRight
                                                                         : Qt::AlignHCenter;
        const double left = column == 0 ? 0 : more;
        const double right = column + 1 == m_topology.columns.size() ? 0 : more;
        const QRectF area(box.left() - left, 0, box.width() + left + right, scaled(headingHeight - 8));
        painter.drawText(area, int(alignment | Qt::AlignVCenter),
                         painter.fontMetrics().elidedText(m_topology.columns[column], Qt::ElideRight,
                                                          static_cast<int>(area.width())));
    }
}

void TopologyView::drawEdge(QPainter& painter, const TopologyEdge& edge) const
{
    if (!m_boxes.contains(edge.from) || !m_boxes.contains(edge.to)) return;
    const Line line = lineOf(edge);
    const bool broken = edge.kind == TopologyEdge::Kind::Broken;
    QColor color = palette().color(QPalette::Active, QPalette::Link);
    if (broken)
        color = toneColor(Tone::Error, palette());
    else if (edge.kind == TopologyEdge::Kind::Idle || !edge.rate)
        color = mutedColor(palette());
    QPen pen(color, broken ? scaled(1.75) : edge.kind == TopologyEdge::Kind::Idle ? scaled(1) : line.width);
    pen.setCapStyle(Qt::FlatCap);
    if (edge.kind != TopologyEdge::Kind::Carrying) pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(line.path);
    if (!broken) return;
    const double arm = scaled(5);
    painter.setPen(QPen(color, scaled(2.25), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(line.middle + QPointF(-arm, -arm), line.middle + QPointF(arm, arm));
    painter.drawLine(line.middle + QPointF(arm, -arm), line.middle + QPointF(-arm, arm));
}

void TopologyView::drawLabel(QPainter& painter, const TopologyEdge& edge) const
{
    if (edge.label.isEmpty() || !m_boxes.contains(edge.from) || !m_boxes.contains(edge.to)) return;
    const Line line = lineOf(edge);
    painter.setFont(fontOf(TextSize::Small, false));
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(edge.label) + scaled(6), metrics.height());
    const double room = m_boxes.value(edge.to).left() - m_boxes.value(edge.from).right();
    if (size.width() + 2 * scaled(stub) > room) return; // the boxes tell their rates too
    const QRectF area(line.labelAt.x() - size.width(), line.labelAt.y() - size.height() / 2, size.width(),
                      size.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(area, scaled(3), scaled(3));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(area, Qt::AlignCenter, edge.label);
}

void TopologyView::drawNode(QPainter& painter, const TopologyNode& node) const
{
    const QRectF box = m_boxes.value(node.id);
    const bool plain = node.tone == Tone::Neutral || node.tone == Tone::Success;
    QColor frame = plain ? lineColor(palette()) : toneColor(node.tone, palette());
    if (node.strong && node.tone == Tone::Success) frame = toneColor(Tone::Success, palette());
    painter.setPen(QPen(frame, scaled(node.strong || !plain ? 2 : 1)));
    painter.setBrush(plain && !node.strong ? palette().color(QPalette::Base) : toneBackground(node.tone, palette()));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(4), scaled(4));
    const double margin = scaled(spacing::unit);
    const double mark = scaled(16);
    const double half = (box.height() - scaled(6)) / 2; // two lines of text
    const double first = box.top() + scaled(3);
    double left = box.left() + margin;
    const double right = box.right() - scaled(4);
    const auto write = [&](const QString& text, const QFont& font, const QColor& color, const QRectF& area) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, area.width()));
    };
    write(node.detail, fontOf(TextSize::Small, false), plain ? mutedColor(palette()) : palette().color(QPalette::Text),
          QRectF(left, first + half - scaled(1), right - left, half));
    if (node.marked) {
        drawToneShape(painter, QRectF(left, first + (half - mark) / 2 + scaled(1), mark, mark), node.tone, palette());
        left += mark + scaled(6);
    }
    const bool fits = QFontMetricsF(fontOf(TextSize::Base, true)).horizontalAdvance(node.name) <= right - left;
    write(node.name, fontOf(fits ? TextSize::Base : TextSize::Small, true), palette().color(QPalette::Text),
          QRectF(left, first + scaled(1), right - left, half));
}

void TopologyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void TopologyView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

bool TopologyView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const TopologyNode& node : m_topology.nodes) {
        if (!m_boxes.value(node.id).contains(help->pos())) continue;
        const QString text =
            node.toolTip.isEmpty() ? QStringLiteral("%1: %2").arg(node.name, node.detail) : node.toolTip;
        QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace iam::widgets
