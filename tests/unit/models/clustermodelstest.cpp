// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clustereventmodel.h"
#include "models/clusterload.h"
#include "models/clusterstate.h"
#include "models/clustertext.h"
#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace iam;
using namespace iam::models;
using namespace iam::contract;
using namespace std::chrono_literals;

namespace {

ClusterEvent makeEvent(const char* node, std::uint64_t sequence, std::chrono::seconds at,
                       const char* kind = "transition")
{
    ClusterEvent out;
    out.node = node;
    out.sequence = sequence;
    out.time = TimePoint(at);
    out.kind = kind;
    return out;
}

ClusterStatus spread()
{
    ClusterStatus status;
    status.apiDomain = "api";
    status.nodes.resize(2);
    status.nodes[0].name = "n1";
    status.nodes[1].name = "n2";
    status.nodes[0].upstreams = {{"api", "n1", 30, 0.75}, {"api", "app3", 10, 0.25}, {"authz", "n1", 100, 1}};
    status.nodes[1].upstreams = {{"api", "n1", 10, 0.5}, {"api", "n2", 10, 0.5}};
    return status;
}

} // namespace

class ClusterModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharesAreOverAllNginx()
    {
        const auto loads = backendLoads(spread());
        QCOMPARE(loads.size(), std::size_t{3});
        QCOMPARE(loads[0].name, std::string("n1")); // nodes first
        QCOMPARE(loads[2].name, std::string("app3"));
        QCOMPARE(*loads[0].api.perSecond, 4.0);
        QCOMPARE(*loads[0].api.share, 40.0 / 60);
        QCOMPARE(*loads[0].perSecond, 14.0);
        QCOMPARE(*loads[0].authz.share, 1.0);
        QVERIFY(!loads[1].authz.perSecond); // nobody says
    }
    void knownBackendsStayWithoutNumbers()
    {
        const auto loads = backendLoads(ClusterStatus{}, {"n1", "n2"});
        QCOMPARE(loads.size(), std::size_t{2});
        QVERIFY(!loads[0].perSecond);
    }
    void samplesAreKeptOnceASecondForTwoMinutes()
    {
        ClusterLoadModel model;
        const auto begin = std::chrono::steady_clock::time_point{} + 1h;
        for (int i = 0; i <= 4 * 200; ++i) model.take(spread(), begin + i * 250ms);
        const auto lines = model.lines(begin + 200s);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].points.size() >= 119 && lines[0].points.size() <= 124);
        QCOMPARE(lines[0].points.last(), QPointF(0, 14));
        QVERIFY(lines[0].points.first().x() >= -122);
    }
    void whatNobodyKnowsIsAGapNotZero()
    {
        ClusterLoadModel model;
        const auto begin = std::chrono::steady_clock::time_point{} + 1h;
        model.take(spread(), begin);
        model.take(ClusterStatus{}, begin + 1s, {"n1"});
        const auto lines = model.lines(begin + 1s);
        QCOMPARE(lines[0].points.size(), 2);
        QCOMPARE(lines[0].points[0].y(), 14.0);
        QVERIFY(std::isnan(lines[0].points[1].y()));
    }

    void eventsStandOnceNewestFirst()
    {
        ClusterEventModel model;
        model.add({makeEvent("n1", 1, 10s), makeEvent("n1", 2, 20s), makeEvent("n1", 1, 10s)});
        QCOMPARE(model.rowCount(), 2);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.add({makeEvent("n2", 1, 15s)}); // another reporter
        model.add({makeEvent("n1", 2, 20s)});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.at(1).node, std::string("n2"));
        QCOMPARE(model.rowOf("n1", 1), 2);
        model.add({makeEvent("console", 1, 30s, "interruption")});
        QVERIFY(model.newestOfServers() == TimePoint(20s));
        QCOMPARE(model.lastTransition()->sequence, std::uint64_t{2});
    }
    void theOldestOfVeryManyFallOff()
    {
        ClusterEventModel model;
        std::vector<ClusterEvent> many;
        for (std::uint64_t i = 1; i <= ClusterEventModel::most + 7; ++i)
            many.push_back(makeEvent("n1", i, std::chrono::seconds(i)));
        model.add(many);
        QCOMPARE(model.rowCount(), static_cast<int>(ClusterEventModel::most));
        QCOMPARE(model.rowOf("n1", 7), -1);
        QCOMPARE(model.rowOf("n1", 8), static_cast<int>(ClusterEventModel::most) - 1);
    }

    void theYoungerPartsAreTaken()
    {
        ClusterStatus into;
        into.nodes.resize(1);
        into.nodes[0].name = "n2";
        into.nodes[0].reachable = false;
        into.nodes[0].age = 9s;
        into.nodes[0].vrrp = {"UNKNOWN", {}, 9s};
        into.nodes[0].nginx = {"answers", 100ms, 1, 2.0};
        into.dependencies = {{"database", "x", true, 100ms}};
        ClusterStatus other = into;
        other.nodes[0].reachable = true;
        other.nodes[0].age = 50ms;
        other.nodes[0].vrrp = {"BACKUP", {}, 50ms};
        other.nodes[0].nginx = {"silent", 5s, 0, {}};
        other.dependencies = {{"database", "x", false, 300ms}};
        mergeNodes(into, other);
        QCOMPARE(into.nodes[0].vrrp.state, std::string("BACKUP"));
        QCOMPARE(into.nodes[0].nginx.state, std::string("answers"));
        QVERIFY(into.nodes[0].age == 50ms);
        QVERIFY(into.nodes[0].reachable == false); // that is the view of the one that answered
        QVERIFY(into.dependencies[0].healthy == false);
    }
    void doubleIsWorst()
    {
        QVERIFY(pessimism(VipVerdict::Confirmed) < pessimism(VipVerdict::Unknown));
        QVERIFY(pessimism(VipVerdict::Unknown) < pessimism(VipVerdict::Disputed));
        QVERIFY(pessimism(VipVerdict::Disputed) < pessimism(VipVerdict::None));
        QVERIFY(pessimism(VipVerdict::None) < pessimism(VipVerdict::Double));
    }
    void durationsAreShort()
    {
        QCOMPARE(durationText(420ms), QStringLiteral("0.4 s"));
        QCOMPARE(durationText(12s), QStringLiteral("12 s"));
        QCOMPARE(durationText(200s), QStringLiteral("3 min 20 s"));
        QCOMPARE(durationText(125min), QStringLiteral("2 h 5 min"));
        QCOMPARE(durationText(76h), QStringLiteral("3 d 4 h"));
    }
};

QTEST_GUILESS_MAIN(ClusterModelsTest)
#include "clustermodelstest.moc"
