// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/livechart.h"
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <array>
#include <cmath>

namespace iam::widgets {

namespace {

constexpr int nameRoom = 92;
constexpr int nameDistance = 15;

/// A round number that is not below, with a whole one at its half.
double niceTop(double value)
{
    double step = 1;
    while (true) {
        for (const double factor : {4.0, 6.0, 8.0, 10.0, 20.0})
            if (value <= factor * step) return factor * step;
        step *= 10;
    }
}

QString valueText(double value)
{
    return QLocale().toString(value, 'f', value < 9.95 && value > 0 ? 1 : 0);
}

} // namespace

QColor lineColorOf(int index, const QPalette& palette)
{
    constexpr std::array<QRgb, 8> onLight{0xff1f5fbf, 0xffa05000, 0xff00706b, 0xff7b3fb5,
                                          0xff5a6600, 0xffb02a78, 0xff7a4a2a, 0xff4a5563};
    constexpr std::array<QRgb, 8> onDark{0xff8ab4ff, 0xffffb066, 0xff5fd3c8, 0xffc9a3ff,
                                         0xffcfd96a, 0xffff9fd0, 0xffd9b08c, 0xffc3cbd6};
    const auto& colors = schemeOf(palette) == ColorScheme::Light ? onLight : onDark;
    return colors[static_cast<std::size_t>(index) % colors.size()];
}

LiveChart::LiveChart(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this))
    , m_time(new QCategoryAxis(m_chart))
    , m_value(new QValueAxis(m_chart))
{
    setAccessibleName(title);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins(QMargins(0, 0, nameRoom, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->legend()->hide();
    m_time->setRange(-seconds, 0);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_time->append(tr("2 min ago"), -seconds);
    m_time->append(tr("1 min ago"), -seconds / 2);
    m_time->append(tr("now"), 0);
    m_value->setTickCount(3);
    m_value->setRange(0, 4);
    m_value->setLabelFormat(QStringLiteral("%.0f"));
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_value, Qt::AlignLeft);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(m_chart, &QChart::plotAreaChanged, this, &LiveChart::placeNames);
    takeColors();
}

void LiveChart::takeColors()
{
    for (QAbstractAxis* axis : std::initializer_list<QAbstractAxis*>{m_time, m_value}) {
        axis->setLabelsFont(textFont(TextSize::Small));
        axis->setLabelsColor(mutedColor(palette()));
        axis->setGridLineColor(lineColor(palette()));
        axis->setLinePenColor(lineColor(palette()));
        axis->setShadesVisible(false);
    }
    m_value->setLineVisible(false);
    m_time->setGridLineVisible(false);
    draw();
}

void LiveChart::setLines(const QList<ChartLine>& lines)
{
    if (m_lines == lines) return;
    m_lines = lines;
    QStringList words;
    for (const ChartLine& line : m_lines)
        if (!line.points.isEmpty() && !std::isnan(line.points.last().y()))
            words.append(QStringLiteral("%1: %2").arg(line.name, valueText(line.points.last().y())));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    draw();
}

void LiveChart::draw()
{
    static const std::array<QList<qreal>, 4> dashes{QList<qreal>{}, {6, 4}, {2, 3}, {8, 3, 2, 3}};
    m_chart->removeAllSeries();
    double largest = 0;
    for (const ChartLine& line : std::as_const(m_lines))
        for (const QPointF& point : line.points)
            if (point.x() >= -seconds && !std::isnan(point.y())) largest = std::max(largest, point.y());
    const double top = niceTop(largest);
    m_value->setRange(0, top);
    for (int i = 0; i < m_lines.size(); ++i) {
        QPen pen(lineColorOf(i, palette()), 2, Qt::SolidLine, Qt::FlatCap);
        const auto& pattern = dashes[static_cast<std::size_t>(i) % dashes.size()];
        if (!pattern.isEmpty()) pen.setDashPattern(pattern);
        QLineSeries* series = nullptr; // one for each stretch without a gap
        for (const QPointF& point : std::as_const(m_lines[i].points)) {
            if (std::isnan(point.y())) {
                series = nullptr;
                continue;
            }
            if (series == nullptr) {
                series = new QLineSeries(m_chart);
                series->setPen(pen);
                m_chart->addSeries(series);
                series->attachAxis(m_time);
                series->attachAxis(m_value);
            }
            series->append(point);
        }
    }
    placeNames();
}

/// Each beside the end of its line, moved apart where ends meet.
void LiveChart::placeNames()
{
    for (QGraphicsSimpleTextItem* item : std::as_const(m_names)) delete item;
    m_names.clear();
    struct Place {
        int line;
        double y;
    };
    QList<Place> places;
    const QRectF area = m_chart->plotArea();
    for (int i = 0; i < m_lines.size(); ++i) {
        const auto& points = m_lines[i].points;
        if (points.isEmpty() || std::isnan(points.last().y())) continue;
        places.append({i, area.bottom() - area.height() * points.last().y() / m_value->max()});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.y < b.y; });
    for (qsizetype i = 1; i < places.size(); ++i) places[i].y = std::max(places[i].y, places[i - 1].y + nameDistance);
    const double over = places.isEmpty() ? 0 : places.last().y - area.bottom();
    if (over > 0)
        for (qsizetype i = places.size() - 1; i >= 0; --i) {
            const double limit = i + 1 < places.size() ? places[i + 1].y - nameDistance : area.bottom();
            places[i].y = std::min(places[i].y, limit);
        }
    for (const Place& place : std::as_const(places)) {
        const ChartLine& line = m_lines[place.line];
        const QFont font = textFont(TextSize::Small, true);
        const QFontMetricsF metrics(font);
        const QString value = valueText(line.points.last().y());
        const double room = nameRoom - 10 - metrics.horizontalAdvance(value + u' ');
        auto* item = new QGraphicsSimpleTextItem(
            QStringLiteral("%1 %2").arg(metrics.elidedText(line.name, Qt::ElideRight, room), value), m_chart);
        item->setFont(font);
        item->setBrush(lineColorOf(place.line, palette()));
        item->setPos(area.right() + 8, place.y - metrics.height() / 2);
        m_names.append(item);
    }
}

void LiveChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeNames();
}

void LiveChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) takeColors();
}

} // namespace iam::widgets
