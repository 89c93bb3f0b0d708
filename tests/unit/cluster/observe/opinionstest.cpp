// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/risefall.h"
#include "cluster/observe/upstreamtally.h"
#include "cluster/observe/vrrpopinion.h"
#include <QTest>

using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time)
{
    return SteadyTime(100s + time);
}

using Kind = KeepalivedLook::Kind;
const KeepalivedLook first{Kind::Running, {100, 5000}};
const KeepalivedLook second{Kind::Running, {100, 9000}}; // the number came round again
const KeepalivedLook stopped{Kind::Stopped, {100, 5000}};
const KeepalivedLook gone{Kind::Gone, {}};
const KeepalivedLook noFile{Kind::NoFile, {}};

AccessLogLine lineFor(std::string_view upstream, int status = 200)
{
    AccessLogLine line;
    line.domain = "api";
    line.status = status;
    line.tried = 1;
    line.attempts[0] = {upstream, status, 0.5};
    return line;
}

} // namespace

class ObserveOpinionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstGoodCheckDecides()
    {
        RiseFall opinion(2, 2);
        QVERIFY(!opinion.word());
        QVERIFY(opinion.take(true, at(0ms), {}));
        QVERIFY(opinion.word()->answers);
        QCOMPARE(opinion.word()->since, std::nullopt);
    }
    void theFirstBadOnesDecideOnlyTogether()
    {
        RiseFall opinion(2, 3);
        QVERIFY(!opinion.take(false, at(0ms), "x") && !opinion.take(false, at(250ms), "x"));
        QVERIFY(!opinion.word());
        QVERIFY(opinion.take(false, at(500ms), "x"));
        QVERIFY(!opinion.word()->answers);
    }
    void oneBadCheckOnlyAges()
    {
        RiseFall opinion(2, 2);
        opinion.take(true, at(0ms), {});
        QVERIFY(!opinion.take(false, at(250ms), "late"));
        QVERIFY(opinion.word()->answers);
        QCOMPARE(opinion.word()->askedAt, at(0ms));
        QVERIFY(!opinion.take(true, at(500ms), {}));
        QCOMPARE(opinion.word()->askedAt, at(500ms));
        QVERIFY(!opinion.take(false, at(750ms), "late"));
        QVERIFY(opinion.take(false, at(1000ms), "late"));
        QVERIFY(!opinion.word()->answers);
        QCOMPARE(opinion.word()->since, std::optional(at(750ms)));
        QCOMPARE(opinion.word()->askedAt, at(1000ms));
        QVERIFY(!opinion.take(true, at(1250ms), {}));
        QVERIFY(opinion.take(true, at(1500ms), {}));
        QCOMPARE(opinion.word()->since, std::optional(at(1250ms)));
        QVERIFY(opinion.word()->reason.empty());
    }

    void nothingIsKnownOfASilentKeepalived()
    {
        VrrpOpinion opinion;
        QVERIFY(opinion.judge(noFile, at(0ms)));
        QCOMPARE(opinion.word()->state, std::string("UNKNOWN"));
        QVERIFY(!opinion.judge(first, at(1ms)));
        QCOMPARE(opinion.word()->askedAt, at(1ms));
    }
    void whatItSaidHoldsWhileItRuns()
    {
        VrrpOpinion opinion;
        opinion.judge(first, at(0ms));
        opinion.hearLine("MASTER", first, at(100ms), at(100ms));
        QVERIFY(opinion.judge(first, at(100ms)));
        QCOMPARE(opinion.word()->state, std::string("MASTER"));
        QCOMPARE(opinion.word()->since, std::optional(at(100ms)));
        QVERIFY(!opinion.judge(first, at(60000ms)));
        QCOMPARE(opinion.word()->askedAt, at(60000ms));
        QCOMPARE(opinion.word()->since, std::optional(at(100ms)));
        QVERIFY(opinion.judge(gone, at(61000ms)));
        QCOMPARE(opinion.word()->state, std::string("STOP"));
        QCOMPARE(opinion.word()->since, std::optional(at(61000ms)));
    }
    void anotherProcessHasToSpeakForItself()
    {
        VrrpOpinion opinion;
        opinion.hearLine("MASTER", first, at(0ms), at(0ms));
        opinion.judge(first, at(0ms));
        QVERIFY(opinion.judge(second, at(500ms)));
        QCOMPARE(opinion.word()->state, std::string("UNKNOWN"));
        opinion.hearLine("BACKUP", second, at(600ms), at(600ms));
        QVERIFY(opinion.judge(second, at(600ms)));
        QCOMPARE(opinion.word()->state, std::string("BACKUP"));
    }
    void aFrozenOneIsUnknown()
    {
        VrrpOpinion opinion;
        opinion.hearLine("MASTER", first, at(0ms), at(0ms));
        opinion.judge(first, at(0ms));
        QVERIFY(opinion.judge(stopped, at(500ms)));
        QCOMPARE(opinion.word()->state, std::string("UNKNOWN"));
        QVERIFY(opinion.judge(first, at(900ms)));
        QCOMPARE(opinion.word()->state, std::string("MASTER"));
        QCOMPARE(opinion.word()->since, std::optional(at(900ms)));
        opinion.hearMissed(first.process);
        QVERIFY(opinion.judge(first, at(1000ms)));
        QCOMPARE(opinion.word()->state, std::string("UNKNOWN"));
    }
    void aStopStaysUntilTheNextWord()
    {
        VrrpOpinion opinion;
        opinion.hearLine("MASTER", first, at(0ms), at(0ms));
        opinion.judge(first, at(0ms));
        opinion.hearLine("STOP", first, at(100ms), at(100ms)); // it lives on for a second
        QVERIFY(opinion.judge(first, at(100ms)));
        QVERIFY(!opinion.judge(gone, at(1100ms)));
        QVERIFY(!opinion.judge(noFile, at(1200ms)));
        QCOMPARE(opinion.word()->state, std::string("STOP"));
        QCOMPARE(opinion.word()->since, std::optional(at(100ms)));
    }
    void aDumpTellsWhatNoLineTold()
    {
        VrrpOpinion opinion;
        opinion.judge(first, at(0ms));
        KeepalivedState state;
        state.state = "MASTER";
        state.askedAt = at(100ms);
        opinion.hearDump(state, first.process);
        QVERIFY(opinion.judge(first, at(110ms)));
        QCOMPARE(opinion.word()->state, std::string("MASTER"));
        QCOMPARE(opinion.word()->since, std::nullopt);
        QVERIFY(opinion.knows(first.process));
    }
    void aLineIsNewerThanADumpAskedForBeforeIt()
    {
        VrrpOpinion opinion;
        opinion.hearLine("FAULT", first, at(200ms), at(200ms));
        KeepalivedState state;
        state.state = "MASTER";
        state.askedAt = at(190ms);
        opinion.hearDump(state, first.process);
        opinion.judge(first, at(210ms));
        QCOMPARE(opinion.word()->state, std::string("FAULT"));
        state.askedAt = at(5000ms);
        opinion.hearDump(state, first.process);
        QVERIFY(opinion.judge(first, at(5010ms)));
        QCOMPARE(opinion.word()->state, std::string("MASTER"));
    }

    void requestsCountForTheLastTried()
    {
        UpstreamTally tally;
        AccessLogLine line = lineFor("b", 200);
        line.tried = 2;
        line.attempts = {AccessLogLine::Attempt{"a", 502, 0.1}, AccessLogLine::Attempt{"b", 200, 0.2}};
        tally.count(line, at(0ms));
        tally.count(lineFor("b", 504), at(0ms));
        const auto counts = tally.counts(at(0ms));
        QCOMPARE(counts.size(), std::size_t{2});
        QCOMPARE(counts[0].recent, 0U);
        QCOMPARE(counts[0].recentFailures, 1U);
        QCOMPARE(counts[1].recent, 2U);
        QCOMPARE(counts[1].recentFailures, 1U);
        QCOMPARE(counts[1].recentSeconds, 0.7);
    }
    void onlyTenSecondsAreRecent()
    {
        UpstreamTally tally;
        for (int second = 0; second < 30; ++second) tally.count(lineFor("a"), at(std::chrono::seconds(second)));
        QCOMPARE(tally.counts(at(29s))[0].recent, 10U);
        QCOMPARE(tally.counts(at(29s))[0].total, 30U);
        QCOMPARE(tally.counts(at(33s))[0].recent, 6U);
        QCOMPARE(tally.counts(at(39s))[0].recent, 0U);
    }
    void pairsAreBounded()
    {
        UpstreamTally tally;
        for (int i = 0; i < 1000; ++i) tally.count(lineFor(std::to_string(i)), at(0ms));
        QCOMPARE(tally.counts(at(0ms)).size(), std::size_t{64});
        QCOMPARE(tally.crowdedOut(), 936U);
        tally.count(lineFor("3"), at(0ms));
        QCOMPARE(tally.counts(at(0ms))[3].total, 2U);
    }
};

QTEST_GUILESS_MAIN(ObserveOpinionsTest)
#include "opinionstest.moc"
