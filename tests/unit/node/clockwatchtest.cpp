// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clockwatch.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"

using namespace iam;
using namespace iam::node;
using namespace std::chrono_literals;

class ClockWatchTest : public QObject {
    Q_OBJECT

    test::ManualClock m_clock;

    void pass(ClockWatch& watch, std::chrono::minutes time)
    {
        for (std::chrono::minutes done{0}; done < time; done += 1min) {
            m_clock.advance(1min);
            watch.look();
        }
    }

private Q_SLOTS:
    void anEvenClockIsSettled()
    {
        ClockWatch watch(m_clock);
        pass(watch, 48h);
        QVERIFY(watch.settled() && watch.complaint().empty());
    }
    void smallCorrectionsAreNothing()
    {
        ClockWatch watch(m_clock);
        for (int i = 0; i < 100; ++i) {
            m_clock.set(29s);
            watch.look();
        }
        QVERIFY(watch.settled());
    }
    void aJumpIsToldForADay_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("forward") << 7200 << QStringLiteral("the clock was set forward by 7200 s");
        QTest::newRow("back") << -31 << QStringLiteral("the clock was set back by 31 s");
    }
    void aJumpIsToldForADay()
    {
        QFETCH(int, seconds);
        QFETCH(QString, complaint);
        ClockWatch watch(m_clock);
        pass(watch, 5min);
        m_clock.set(std::chrono::seconds(seconds));
        watch.look();
        QVERIFY(!watch.settled());
        QCOMPARE(QString::fromStdString(watch.complaint()), complaint);
        pass(watch, 24h - 1min);
        QVERIFY(!watch.settled());
        pass(watch, 1min);
        QVERIFY(watch.settled() && watch.complaint().empty());
    }
    void thereAndBackIsToldToo()
    {
        ClockWatch watch(m_clock);
        m_clock.set(24h * 40);
        watch.look();
        m_clock.set(-24h * 40);
        watch.look();
        QVERIFY(!watch.settled());
        QCOMPARE(watch.complaint(), std::string("the clock was set and set back"));
        pass(watch, 25h);
        m_clock.set(1h);
        watch.look();
        QCOMPARE(watch.complaint(), std::string("the clock was set forward by 3600 s"));
    }
};

QTEST_GUILESS_MAIN(ClockWatchTest)
#include "clockwatchtest.moc"
