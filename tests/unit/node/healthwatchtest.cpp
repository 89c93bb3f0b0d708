// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/healthwatch.h"
#include "support/manualclock.h"
#include <QElapsedTimer>
#include <QTest>
#include <semaphore>

using namespace iam;
using namespace iam::node;
using namespace std::chrono_literals;

class HealthWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatWasFoundLast()
    {
        test::ManualClock clock;
        std::atomic<bool> well = true;
        std::atomic<int> asked = 0;
        const HealthWatch watch(
            "part",
            [&]() -> Result<> {
                ++asked;
                return well ? Result<>() : fail(Code::StorageUnavailable, "gone");
            },
            1ms, clock);
        QTRY_VERIFY(asked > 0);
        QVERIFY(watch.state());
        well = false;
        QTRY_VERIFY(!watch.state());
        QCOMPARE(watch.state().error().detail, std::string("gone"));
        well = true;
        QTRY_VERIFY(watch.state());
    }

    void aCheckThatHangsIsAFault()
    {
        test::ManualClock clock;
        std::binary_semaphore enters{0};
        std::binary_semaphore leaves{0};
        std::atomic<bool> hanging = true;
        const HealthWatch watch(
            "part",
            [&]() -> Result<> {
                if (!hanging) return {};
                enters.release();
                leaves.acquire();
                return {};
            },
            1ms, clock);
        enters.acquire();
        QVERIFY(watch.state()); // it has only just begun
        clock.advance(HealthWatch::patience + 1ms);
        QVERIFY(!watch.state());
        QCOMPARE(watch.state().error().code, Code::StorageUnavailable);
        hanging = false;
        leaves.release();
        QTRY_VERIFY(watch.state());
    }

    void endsWithoutWaitingForThePeriod()
    {
        test::ManualClock clock;
        std::atomic<int> asked = 0;
        QElapsedTimer timer;
        {
            const HealthWatch watch(
                "part", [&]() -> Result<> { return ++asked, Result<>(); }, 1h, clock);
            QTRY_VERIFY(asked == 1);
            timer.start();
        }
        QVERIFY(timer.elapsed() < 60'000);
    }
};

QTEST_GUILESS_MAIN(HealthWatchTest)
#include "healthwatchtest.moc"
