// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/clustercodec.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::contract;
using namespace std::chrono_literals;

class ClusterCodecTest : public QObject {
    Q_OBJECT

    static ClusterNode node()
    {
        ClusterNode node;
        node.name = "n1";
        node.address = "10.0.4.20";
        node.reachable = true;
        node.age = 120ms;
        node.vrrp = {"MASTER", TimePoint(1'700'000'000'123ms), 80ms};
        node.nginx = {"answers", 90ms, 7, 12.5};
        node.upstreams = {{"iam.api.example.com", "n2", 10, 0.5}};
        node.services = {{"apiserver", true, 100ms, 3.25, 0.5, 9.75, 4, 0.5}};
        node.clockOffset = -15ms;
        return node;
    }
    static ClusterStatus status()
    {
        ClusterStatus status;
        status.answeredBy = "n1";
        status.vip = {"10.0.4.99",
                      "n1",
                      VipVerdict::Confirmed,
                      "n1 holds it",
                      {{"address", "n1", "held", {}, 40ms, 2000ms}, {"peer", "n1", "reachable", "n2", 50ms, {}}}};
        status.nodes = {node()};
        status.dependencies = {{"database", "10.0.4.20", true, 30ms}};
        status.apiDomain = "iam.api.example.com";
        status.httpPort = 8000;
        status.tls = true;
        status.verifyKey = "abc";
        return status;
    }

private Q_SLOTS:
    void aStatusIsReadBack()
    {
        const auto read = decodeClusterStatus(encodeClusterStatus(status()));
        VERIFY_OK(read);
        QVERIFY(*read == status());
        const auto empty = decodeClusterStatus(encodeClusterStatus({}));
        VERIFY_OK(empty);
        QVERIFY(*empty == ClusterStatus{});
    }

    void membersHaveTheirNames()
    {
        QCOMPARE(
            encodeClusterStatus(status()),
            std::string(R"({"vip":{"address":"10.0.4.99","owner":"n1","verdict":"confirmed","reason":"n1 holds it",)"
                        R"("witnesses":[{"what":"address","node":"n1","says":"held","age_ms":40,"since_ms":2000},)"
                        R"({"what":"peer","node":"n1","says":"reachable","about":"n2","age_ms":50,"since_ms":null}]},)"
                        R"("nodes":[{"name":"n1","address":"10.0.4.20","reachable":true,"age_ms":120,)"
                        R"("vrrp":{"state":"MASTER","since":"2023-11-14T22:13:20.123Z","age_ms":80},)"
                        R"("nginx":{"state":"answers","age_ms":90,"connections":7,"requests_per_second":12.5},)"
                        R"("upstreams":[{"domain":"iam.api.example.com","backend":"n2","requests":10,"share":0.5}],)"
                        R"("services":[{"name":"apiserver","healthy":true,"age_ms":100,"requests_per_second":3.25,)"
                        R"("p50_ms":0.5,"p99_ms":9.75,"errors":4,"share":0.5}],"clock_offset_ms":-15}],)"
                        R"("dependencies":[{"name":"database","address":"10.0.4.20","healthy":true,"age_ms":30}],)"
                        R"("answered_by":"n1","api_domain":"iam.api.example.com","http_port":8000,"tls":true,)"
                        R"("verify_key":"abc"})"));
    }

    void anEventIsReadBack()
    {
        ClusterEvent event{7,    TimePoint(1'700'000'000'123ms), "n2", "transition", "n1",
                           "n2", "keepalived-stopped",           {},   180ms,        110ms};
        event.evidence = status().vip.witnesses;
        const auto read = decodeClusterEvent(encodeClusterEvent(event));
        VERIFY_OK(read);
        QVERIFY(*read == event);
        event.interruption.reset();
        const auto page = decodeClusterEvents(encodeClusterEvents({{event, event}, "8"}));
        VERIFY_OK(page);
        QCOMPARE(page->items.size(), std::size_t{2});
        QVERIFY(page->items[1] == event);
        QCOMPARE(page->next, std::string("8"));
    }

    void viewsAndReportsAreReadBack()
    {
        const auto view = decodeClusterView(encodeClusterView({status(), {ClusterEvent{}}, 9}));
        VERIFY_OK(view);
        QVERIFY(view->status == status());
        QCOMPARE(view->events.size(), std::size_t{1});
        QCOMPARE(view->sequence, std::uint64_t{9});
        const auto report = decodeNodeReport(encodeNodeReport({node(), status().vip.witnesses}));
        VERIFY_OK(report);
        QVERIFY(report->node == node());
        QVERIFY(report->words == status().vip.witnesses);
    }

    void whatDoesNotFitIsRefused()
    {
        for (const char* body : {"", "[]", "null", "{\"vip\":[]}", "{\"nodes\":{}}", "{\"http_port\":70000}",
                                 "{\"nodes\":[{\"age_ms\":\"x\"}]}", "{\"vip\":{\"witnesses\":[1]}}"})
            QVERIFY2(!decodeClusterStatus(body), body);
        const auto future = decodeClusterStatus("{\"vip\":{\"verdict\":\"splendid\"}}");
        VERIFY_OK(future);
        QCOMPARE(future->vip.verdict, VipVerdict::Unknown);
        const auto huge = decodeClusterStatus("{\"nodes\":[{\"age_ms\":9223372036854775807}]}");
        VERIFY_OK(huge);
        QVERIFY(huge->nodes[0].age + 24h > huge->nodes[0].age); // ages grow without running over
    }
};

QTEST_APPLESS_MAIN(ClusterCodecTest)
#include "clustercodectest.moc"
