// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/livechart.h"
#include "widgets/theme.h"
#include "widgets/topologyview.h"
#include "widgets/valuetable.h"
#include <QClipboard>
#include <QTest>
#include <cmath>
#include <limits>

using namespace iam::widgets;

namespace {

Topology example(int servers)
{
    Topology out;
    out.columns = {QStringLiteral("Entrance"), QStringLiteral("Servers")};
    out.nodes.append(
        {QStringLiteral("in"), 0, QStringLiteral("Clients"), QStringLiteral("10/s"), Tone::Neutral, false, false, {}});
    for (int i = 0; i < servers; ++i) {
        const QString id = QStringLiteral("s%1").arg(i);
        out.nodes.append({id, 1, id, QStringLiteral("healthy"), Tone::Success, false, true, {}});
        out.edges.append({QStringLiteral("in"), id, i == 0 ? TopologyEdge::Kind::Broken : TopologyEdge::Kind::Carrying,
                          5.0, QStringLiteral("5/s")});
    }
    return out;
}

} // namespace

class TopologyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void boxesNeitherOverlapNorLeave_data()
    {
        QTest::addColumn<int>("servers");
        for (const int servers : {1, 2, 5, 8}) QTest::addRow("%d", servers) << servers;
    }
    void boxesNeitherOverlapNorLeave()
    {
        QFETCH(int, servers);
        TopologyView view;
        view.setTopology(example(servers));
        for (const double scale : {1.0, 2.0}) {
            view.setScale(scale);
            for (const QSize& size : {view.minimumSizeHint(), view.minimumSizeHint() * 2}) {
                view.resize(size);
                QVERIFY(!view.grab().isNull()); // what is not shown takes its size now
                QRectF above;
                for (int i = 0; i < servers; ++i) {
                    const QRectF box = view.boxOf(QStringLiteral("s%1").arg(i));
                    QVERIFY(QRectF(view.rect()).contains(box));
                    QVERIFY(i == 0 || box.top() > above.bottom());
                    above = box;
                }
                QVERIFY(view.boxOf(QStringLiteral("in")).right() < above.left());
            }
        }
        QVERIFY(view.boxOf(QStringLiteral("nothing")).isNull());
    }
    void thePictureIsToldInWords()
    {
        TopologyView view;
        view.setTopology(example(2));
        const QString text = view.accessibleDescription();
        QVERIFY(text.contains(QStringLiteral("Servers: s0, healthy")));
        QVERIFY(text.contains(QStringLiteral("→ Servers s0: broken")));
        QVERIFY(text.contains(QStringLiteral("→ Servers s1: 5/s")));
    }
    void valuesAreReplacedInPlace()
    {
        ValueTable table(QStringLiteral("t"), {QStringLiteral("a"), QStringLiteral("b")});
        table.setRows({{{QStringLiteral("x"), Tone::Error, {}}, {QStringLiteral("1"), {}, {}}},
                       {{QStringLiteral("y"), {}, {}}, {QStringLiteral("2"), {}, {}}}});
        QTreeWidgetItem* second = table.topLevelItem(1);
        second->setSelected(true);
        table.setRows({{{QStringLiteral("x"), Tone::Success, {}}, {QStringLiteral("3"), {}, {}}},
                       {{QStringLiteral("y"), {}, {}}, {QStringLiteral("4"), {}, {}}}});
        QCOMPARE(table.topLevelItem(1), second);
        QVERIFY(second->isSelected());
        QTest::keySequence(&table, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("y\t4"));
    }
    void aGapIsNoLine()
    {
        LiveChart chart(QStringLiteral("Requests"));
        chart.resize(400, 220);
        const double gap = std::numeric_limits<double>::quiet_NaN();
        chart.setLines(
            {{QStringLiteral("n1"), {{-3, 1}, {-2, gap}, {-1, 2}, {0, 3}}}, {QStringLiteral("n2"), {{0, gap}}}});
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("n1: 3.0"));
        QVERIFY(!chart.grab().isNull());
    }
    void colorsOfLinesCanBeTold()
    {
        for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark, ColorScheme::HighContrast}) {
            const QPalette palette = paletteFor(scheme);
            const auto luminance = [](const QColor& color) {
                const auto part = [](float c) {
                    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
                };
                return 0.2126F * part(color.redF()) + 0.7152F * part(color.greenF()) + 0.0722F * part(color.blueF());
            };
            for (int i = 0; i < 8; ++i) {
                const float a = luminance(lineColorOf(i, palette)) + 0.05F;
                const float b = luminance(palette.color(QPalette::Window)) + 0.05F;
                QVERIFY2(std::max(a, b) / std::min(a, b) >= 4.5F, qPrintable(QString::number(i)));
            }
        }
    }
};

QTEST_MAIN(TopologyTest)
#include "topologytest.moc"
