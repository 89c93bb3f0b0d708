// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/statusage.h"
#include <QTest>

using namespace iam;
using namespace std::chrono_literals;

class StatusAgeTest : public QObject {
    Q_OBJECT

    static contract::ClusterStatus status()
    {
        contract::ClusterStatus status;
        status.vip = {"10.0.4.99", "n1", contract::VipVerdict::Confirmed, {}, {}};
        status.vip.witnesses = {{"address", "n1", "held", {}, 40ms, 2000ms}, {"vip-answer", "n2", "n1", {}, 300ms, {}}};
        contract::ClusterNode node;
        node.name = "n1";
        node.reachable = true;
        node.age = 120ms;
        node.vrrp = {"MASTER", TimePoint(1ms), 80ms};
        node.nginx = {"answers", 90ms, 7, 12.5};
        node.services = {{"apiserver", true, 100ms, 3.25, 0.5, 9.75, 4, 0.5}};
        node.clockOffset = 15ms;
        status.nodes = {node};
        status.dependencies = {{"database", "10.0.4.20", true, 30ms}};
        return status;
    }

private Q_SLOTS:
    void youngPartsStayAsTheyAre()
    {
        const contract::ClusterStatus later = cluster::agedBy(status(), 1s);
        QCOMPARE(later.vip.verdict, contract::VipVerdict::Confirmed);
        QCOMPARE(later.vip.witnesses[0].age, contract::Age(1040ms));
        QCOMPARE(later.nodes[0].age, contract::Age(1120ms));
        QVERIFY(later.nodes[0].vrrp.state == "MASTER");
        QCOMPARE(later.nodes[0].services[0].age, contract::Age(1100ms));
        QCOMPARE(later.nodes[0].clockOffset, std::optional(15ms));
        QCOMPARE(later.dependencies[0].age, contract::Age(1030ms));
    }

    void whatIsOldIsUnknownButTheOwnerStaysNamed()
    {
        const contract::ClusterStatus later = cluster::agedBy(status(), 1990ms);
        QCOMPARE(later.vip.verdict, contract::VipVerdict::Unknown);
        QVERIFY(later.vip.owner == "n1");
        const contract::ClusterNode& node = later.nodes[0];
        QVERIFY(!node.reachable);
        QVERIFY(!node.clockOffset);
        QVERIFY(node.vrrp.state == "UNKNOWN" && !node.vrrp.since);
        QVERIFY(node.nginx.state == "unknown" && !node.nginx.requestsPerSecond);
        QVERIFY(!node.services[0].healthy && !node.services[0].p99Milliseconds && !node.services[0].share);
        QVERIFY(!later.dependencies[0].healthy);
    }

    void timeNeverGoesBack() { QVERIFY(cluster::agedBy(status(), -5s) == status()); }
};

QTEST_APPLESS_MAIN(StatusAgeTest)
#include "statusagetest.moc"
