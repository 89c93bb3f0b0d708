// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/interruptionmeter.h"
#include <QTest>
#include <algorithm>
#include <random>

using namespace iam::probe;
using namespace std::chrono_literals;

namespace {

constexpr Time begin{1000s};

ProbeResult result(std::uint64_t sequence, Outcome outcome, std::chrono::milliseconds took = 2ms)
{
    return {sequence, begin + sequence * 100ms, took, outcome, 0};
}

/// One character a request: '.' answered, 'x' failed, '_' missed.
std::vector<ProbeResult> results(std::string_view story)
{
    std::vector<ProbeResult> all;
    for (const char c : story)
        all.push_back(result(all.size(), c == '.'   ? Outcome::Answered
                                         : c == 'x' ? Outcome::TimedOut
                                                    : Outcome::Missed));
    return all;
}

std::vector<Interruption> interruptionsOf(const std::vector<ProbeResult>& all)
{
    InterruptionMeter meter;
    std::vector<Interruption> found;
    for (const ProbeResult& one : all) {
        meter.add(one);
        while (const auto interruption = meter.take()) found.push_back(*interruption);
    }
    return found;
}

} // namespace

class InterruptionMeterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void interruptionsAreFound_data()
    {
        QTest::addColumn<QString>("story");
        QTest::addColumn<QString>("expected"); // from+length±error(failed), milliseconds
        QTest::newRow("none") << "......"
                              << "";
        QTest::newRow("one request") << "..x.."
                                     << "200+100±110(1)";
        QTest::newRow("several") << "..xxxx.."
                                 << "200+400±110(4)";
        QTest::newRow("two") << ".xx..x."
                             << "100+200±110(2) 500+100±110(1)";
        QTest::newRow("not ended") << "...xxx"
                                   << "";
        QTest::newRow("from the beginning") << "xxx."
                                            << "0+300±110(3)";
        QTest::newRow("missed in the middle") << ".x__x."
                                              << "100+400±110(2)";
        QTest::newRow("missed before") << ".__x."
                                       << "300+100±310(1)";
        QTest::newRow("missed after") << ".x___."
                                      << "100+400±410(1)";
        QTest::newRow("only missed") << ".____."
                                     << "";
    }
    void interruptionsAreFound()
    {
        QFETCH(QString, story);
        QFETCH(QString, expected);
        QStringList found;
        for (const Interruption& one : interruptionsOf(results(story.toStdString())))
            found << QStringLiteral("%1+%2±%3(%4)")
                         .arg(std::chrono::milliseconds((one.from - begin) / 1ms).count())
                         .arg(one.length.count())
                         .arg(one.error.count())
                         .arg(one.failed);
        QCOMPARE(found.join(u' '), expected);
    }
    void slowAnswersWidenTheError()
    {
        const auto found = interruptionsOf(
            {result(0, Outcome::Answered, 70ms), result(1, Outcome::Refused), result(2, Outcome::Answered, 5ms)});
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found.front().error, 170ms);
    }
    // Time-outs are decided long after the answers that were sent after them.
    void theOrderOfResultsDoesNotMatter()
    {
        const std::vector<ProbeResult> inOrder = results("...xx.x...xxxxx_x..x.");
        const auto expected = interruptionsOf(inOrder);
        QCOMPARE(expected.size(), std::size_t(4));
        std::mt19937 random(7);
        for (int i = 0; i < 50; ++i) {
            std::vector<ProbeResult> shuffled = inOrder;
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            QVERIFY(interruptionsOf(shuffled) == expected);
        }
    }
    void anOpenInterruptionIsTold()
    {
        InterruptionMeter meter;
        meter.add(result(0, Outcome::Answered));
        QVERIFY(!meter.openSince());
        meter.add(result(2, Outcome::Answered));
        QVERIFY(!meter.openSince()); // that of 1 is not known yet
        meter.add(result(1, Outcome::TimedOut));
        QVERIFY(!meter.openSince());
        QVERIFY(meter.take());
        meter.add(result(3, Outcome::Rejected));
        QCOMPARE(meter.openSince(), std::optional(begin + 300ms));
    }
    void aResultThatNeverComesIsPassedOver()
    {
        InterruptionMeter meter;
        meter.add(result(0, Outcome::Answered));
        for (std::uint64_t i = 2; i < 2 + InterruptionMeter::longestWait; ++i) meter.add(result(i, Outcome::Answered));
        meter.add(result(InterruptionMeter::longestWait + 2, Outcome::Refused));
        QVERIFY(meter.openSince());
        meter.add(result(1, Outcome::Answered)); // too late
        QVERIFY(meter.openSince());
    }
};

QTEST_GUILESS_MAIN(InterruptionMeterTest)
#include "interruptionmetertest.moc"
