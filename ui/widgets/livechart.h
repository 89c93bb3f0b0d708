// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QList>
#include <QPointF>
#include <QString>
#include <QWidget>

class QGraphicsSimpleTextItem;

QT_BEGIN_NAMESPACE
class QCategoryAxis;
class QChart;
class QChartView;
class QValueAxis;
QT_END_NAMESPACE

namespace iam::widgets {

/// One line of a chart: x in seconds before now (0 or less), ascending; y 0 or more, NaN where nothing is known.
struct ChartLine {
    QString name;
    QList<QPointF> points;
    bool operator==(const ChartLine&) const = default;
};

/// A few lines over the last two minutes, from zero, each with its name and last value beside its end. Lines differ by
/// colour and by dashes, so that equal ones are both seen.
class LiveChart : public QWidget {
    Q_OBJECT
public:
    static constexpr int seconds = 120;

    /// `title` names what is measured and its unit: "Requests per second".
    explicit LiveChart(const QString& title, QWidget* parent = nullptr);
    void setLines(const QList<ChartLine>& lines);
    [[nodiscard]] const QList<ChartLine>& lines() const { return m_lines; }
    [[nodiscard]] QSize sizeHint() const override { return {480, 220}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 150}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeColors();
    void draw();
    void placeNames();

    QString m_title;
    QList<ChartLine> m_lines;
    QChart* m_chart;
    QChartView* m_view;
    QCategoryAxis* m_time;
    QValueAxis* m_value;
    QList<QGraphicsSimpleTextItem*> m_names;
};

/// The colour of the n-th line on the palette's window: contrast at least 4.5:1; they repeat after eight.
[[nodiscard]] QColor lineColorOf(int index, const QPalette& palette);

} // namespace iam::widgets
