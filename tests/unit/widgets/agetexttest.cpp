// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/agetext.h"
#include <QTest>

using namespace iam;
using namespace std::chrono_literals;

class AgeTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ages_data()
    {
        QTest::addColumn<qint64>("seconds"); // before now
        QTest::addColumn<QString>("age");
        QTest::newRow("now") << qint64(0) << QStringLiteral("just now");
        QTest::newRow("almost a minute ahead") << qint64(-59) << QStringLiteral("just now");
        QTest::newRow("a minute") << qint64(60) << QStringLiteral("1 min ago");
        QTest::newRow("a minute ahead") << qint64(-60) << QStringLiteral("in 1 min");
        QTest::newRow("hours") << qint64(3 * 3600) << QStringLiteral("3 h ago");
        QTest::newRow("days ahead") << qint64(-4 * 86'400) << QStringLiteral("in 4 d");
        QTest::newRow("60 days") << qint64(60 * 86'400) << QStringLiteral("60 d ago");
    }
    void ages()
    {
        QFETCH(const qint64, seconds);
        QFETCH(const QString, age);
        const TimePoint now{1'800'000'000s};
        const TimePoint then = now - std::chrono::seconds(seconds);
        QCOMPARE(widgets::ageText(then, now), age);
        QCOMPARE(widgets::timeAndAgeText(then, now), QStringLiteral("%1 (%2)").arg(widgets::timeText(then), age));
    }

    void aDateIsNotSaidTwice()
    {
        const TimePoint now{1'800'000'000s};
        for (const auto far : {61 * 86'400s, -61 * 86'400s}) {
            const TimePoint then = now - far;
            QCOMPARE(widgets::ageText(then, now), widgets::timeText(then).left(10));
            QCOMPARE(widgets::timeAndAgeText(then, now), widgets::timeText(then));
        }
    }
};

QTEST_GUILESS_MAIN(AgeTextTest)
#include "agetexttest.moc"
