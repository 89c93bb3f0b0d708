// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pumppictures.h"
#include "support/freeport.h"
#include "support/pumpyaml.h"
#include "support/tcpreceiver.h"
#include "support/testserver.h"
#include "widgets/headline.h"
#include "widgets/livechart.h"
#include <QTableView>

namespace iam::support {

namespace {

bool says(widgets::Tone tone)
{
    const auto* headline = visible<widgets::Headline>("pump.verdict");
    return headline != nullptr && headline->tone() == tone;
}

/// Enough of it to be a line.
bool chartReaches(int points)
{
    const auto* chart = visible<widgets::LiveChart>("pump.chart");
    return chart != nullptr && !chart->lines().isEmpty() && chart->lines()[0].points.size() >= points;
}

} // namespace

void shootPump(Photographer& photographer, const QString& serverData, const QString& scratch)
{
    click("rail.pump");
    if (photographer.reach("no sinks", [] { return visible<QWidget>("pump.guide") != nullptr; }))
        photographer.shootCurrent(QStringLiteral("60-pump-none"));
    const quint16 port = test::freePort();
    auto pump = std::make_unique<TestServer>(pumpYaml(QStringLiteral("pump"), scratch, port), serverData);
    if (!pump->error().isEmpty()) return photographer.miss(pump->error());
    photographer.reach("a sink that is down", [] { return says(widgets::Tone::Error) && chartReaches(8); });
    photographer.shootCurrent(QStringLiteral("61-pump-down"));
    if (auto* table = visible<QTableView>("pump.table")) {
        const QModelIndex audit = table->model()->index(1, 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(audit).center());
        QTest::keyClick(table, Qt::Key_Return);
    }
    photographer.reach("a sink", [] { return visible<QWidget>("pump.sink") != nullptr; });
    photographer.shootCurrent(QStringLiteral("62-pump-sink"));
    click("panel.close");
    TcpReceiver receiver(port);
    receiver.open();
    photographer.reach("all is well", [] { return says(widgets::Tone::Success) && chartReaches(12); });
    photographer.shootCurrent(QStringLiteral("63-pump-fine"));
    pump.reset();
    photographer.reach("no pump", [] { return says(widgets::Tone::Error); });
    photographer.shootCurrent(QStringLiteral("64-pump-stopped"));
}

} // namespace iam::support
