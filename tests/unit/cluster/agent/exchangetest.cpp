// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agentundertest.h"
#include "cluster/agent/clusterfeed.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

const std::string key = "a key that both of them have, long enough";

std::optional<contract::ClusterWitness> said(Agent& agent, const std::string& node, const std::string& what)
{
    for (const contract::ClusterWitness& witness : agent.status().vip.witnesses)
        if (witness.node == node && witness.what == what) return witness;
    return std::nullopt;
}

contract::ClusterNode nodeOf(Agent& agent, std::size_t index)
{
    return agent.status().nodes.at(index);
}

/// Why the agent does not hear its peer; empty: it does.
std::string complaint(const AgentUnderTest& one)
{
    const auto health = one.agent.health();
    return health->peers.empty() ? "no peer" : health->peers.front().complaint;
}

} // namespace

class ExchangeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agentsHearEachOther()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        AgentUnderTest two(definition, "n2", key);
        two.senses.held = true;
        QTRY_VERIFY(said(one.agent, "n2", "address") && said(one.agent, "n2", "address")->says == "held");
        QTRY_VERIFY(said(two.agent, "n1", "address") && said(two.agent, "n1", "address")->says == "absent");
        const contract::ClusterNode seen = nodeOf(one.agent, 1);
        QCOMPARE(seen.name, std::string("n2"));
        QCOMPARE(seen.vrrp.state, std::string("MASTER"));
        QCOMPARE(seen.reachable, std::optional(true));
        QVERIFY(seen.age < 2s);
        QCOMPARE(seen.services.at(0).share, std::optional(0.5));
        QVERIFY(seen.clockOffset && *seen.clockOffset < 1s && *seen.clockOffset > -1s);
        QVERIFY(one.agent.status().verifyKey == one.keys.keys()->verifyKey());
    }

    void anotherKeyIsNotBelieved()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        AgentUnderTest two(definition, "n2", "a key that the other one does not have");
        QTRY_VERIFY(complaint(one).find("not signed with this cluster's key") != std::string::npos);
        QTRY_VERIFY(complaint(two).find("not signed with this cluster's key") != std::string::npos);
        QVERIFY(!said(one.agent, "n2", "address"));
        QVERIFY(!nodeOf(one.agent, 1).reachable);
        QCOMPARE(nodeOf(one.agent, 1).vrrp.state, std::string("UNKNOWN"));
    }

    /// Hours apart: the one whose request is refused for its time learns the other's time from the refusal.
    void clocksThatAreSetWronglyAreShownAndHinderNobody()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        AgentUnderTest two(definition, "n2", key);
        two.clock.setWall(5h);
        QTRY_VERIFY(said(one.agent, "n2", "address").has_value());
        QTRY_VERIFY(said(two.agent, "n1", "address").has_value());
        QVERIFY(said(one.agent, "n2", "address")->age < 2s);
        const auto offset = nodeOf(one.agent, 1).clockOffset;
        QVERIFY(offset && *offset > 5h - 1s && *offset < 5h + 1s);
        const auto back = nodeOf(two.agent, 0).clockOffset;
        QVERIFY(back && *back > -5h - 1s && *back < -5h + 1s);
    }

    void whoAnswersWithAReportOfNoUseIsThereAndUnknown()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        AgentUnderTest two(definition, "n2", key);
        two.senses.called = "other";
        QTRY_VERIFY(complaint(one).find("cannot be read") != std::string::npos);
        one.clock.pass(10s);
        QTRY_COMPARE(nodeOf(one.agent, 1).reachable, std::optional(true));
        const contract::ClusterNode seen = nodeOf(one.agent, 1);
        QVERIFY(seen.age <= 2s);
        QVERIFY(!seen.clockOffset);
        QCOMPARE(seen.vrrp.state, std::string("UNKNOWN"));
        QVERIFY(seen.vrrp.age >= 10s);
    }

    void anAgentThatIsGoneIsUnreachable()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        auto two = std::make_unique<AgentUnderTest>(definition, "n2", key);
        QTRY_VERIFY(said(one.agent, "n2", "address").has_value());
        two.reset();
        QTRY_COMPARE(nodeOf(one.agent, 1).reachable, std::optional(false));
        one.clock.pass(3s);
        QVERIFY(!said(one.agent, "n2", "address"));
        QCOMPARE(nodeOf(one.agent, 1).vrrp.state, std::string("UNKNOWN"));
        QVERIFY(one.agent.status().vip.verdict == contract::VipVerdict::Unknown);
    }

    /// Whoever was held up knows nothing of the time in between, whatever it heard before.
    void whatWasHeardBeforeAFreezeIsOldAfterIt()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        AgentUnderTest two(definition, "n2", key);
        two.senses.held = true;
        QTRY_VERIFY(said(one.agent, "n2", "address").has_value());
        two.hide();
        one.clock.pass(10s);
        const contract::ClusterStatus status = one.agent.status();
        for (const contract::ClusterWitness& witness : status.vip.witnesses) QVERIFY(witness.node != "n2");
        QCOMPARE(status.vip.verdict, contract::VipVerdict::Unknown);
        QVERIFY(!status.nodes.at(1).reachable);
        QVERIFY(status.nodes.at(1).age >= 10s);
    }

    void aReplayAndAForeignRequestAreRefused()
    {
        const ClusterDefinition definition = twoNodes();
        AgentUnderTest one(definition, "n1", key);
        const auto keys = one.keys.keys();
        const RequestText request{"GET", observationsPath, {}};
        const MessageStamp stamp = signRequest(*keys, "n2", request, one.clock.now(), "a-nonce-of-a-peer");
        QCOMPARE(one.agent.admit(*keys, request, stamp), Refusal::None);
        QCOMPARE(one.agent.admit(*keys, request, stamp), Refusal::Replayed);
        const MessageStamp ahead = signRequest(*keys, "n2", request, one.clock.now() + 1min, "another-nonce-of-it");
        QCOMPARE(one.agent.admit(*keys, request, ahead), Refusal::Clock);
    }

    void aServerHearsItsAgentAndGrowsOldWithoutIt()
    {
        const ClusterDefinition definition = twoNodes();
        auto one = std::make_unique<AgentUnderTest>(definition, "n1", key);
        SetClock clock;
        ClusterFeed feed({"127.0.0.2", definition.ports.agent}, keyOf(key), "apiserver", clock);
        feed.start();
        QCOMPARE(feed.status().vip.address, std::string());
        QTRY_COMPARE(feed.status().vip.address, std::string("127.0.0.99"));
        QTRY_VERIFY(!feed.status().vip.witnesses.empty());
        QCOMPARE(feed.status().answeredBy, std::string("n1"));
        one.reset();
        clock.pass(2100ms);
        const contract::ClusterStatus old = feed.status();
        QCOMPARE(old.vip.verdict, contract::VipVerdict::Unknown);
        QVERIFY(old.vip.witnesses.empty());
        QVERIFY(!old.nodes.at(0).reachable);
        QCOMPARE(old.nodes.at(0).vrrp.state, std::string("UNKNOWN"));
        bool failed = false;
        feed.askJournal("from=0&limit=1", [&failed](const Result<ClusterFeed::Page>& page) {
            failed = !page && page.error().code == Code::ServerBusy;
        });
        QTRY_VERIFY(failed);
    }

    void eventsReachTheServerAndTheJournal()
    {
        const ClusterDefinition definition = twoNodes();
        QTemporaryDir folder;
        const SystemClock system;
        auto journal =
            Journal::open({folder.path().toStdString(), 24h, 1 << 20, "n1", {"127.0.0.99", {"n1", "n2"}}}, system);
        VERIFY_OK(journal);
        AgentUnderTest one(definition, "n1", key, journal->get());
        AgentUnderTest two(definition, "n2", key);
        one.senses.since = one.clock.steadyNow();
        one.senses.held = true;
        SetClock clock;
        ClusterFeed feed({"127.0.0.2", definition.ports.agent}, keyOf(key), "apiserver", clock);
        std::vector<contract::ClusterEvent> heard;
        feed.setListener([&heard](const std::vector<contract::ClusterEvent>& events, bool) {
            heard.insert(heard.end(), events.begin(), events.end());
        });
        feed.start();
        QTRY_VERIFY(said(one.agent, "n2", "address").has_value());
        const auto now = one.clock.steadyNow();
        one.senses.since = two.senses.since = now;
        one.senses.held = false;
        two.senses.held = true;
        const auto moved = [&heard] {
            return std::any_of(heard.begin(), heard.end(), [](const contract::ClusterEvent& event) {
                return event.kind == "transition" && event.from == "n1" && event.to == "n2";
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(moved(), 10'000);
        for (std::size_t i = 0; i < heard.size(); ++i) QCOMPARE(heard[i].sequence, std::uint64_t(i + 1));
        std::optional<ClusterFeed::Page> page;
        feed.askJournal("from=2&limit=1", [&page](const Result<ClusterFeed::Page>& read) {
            if (read) page = *read;
        });
        QTRY_VERIFY(page.has_value());
        QCOMPARE(page->items.size(), std::size_t{1});
        QVERIFY(page->items.at(0) == heard.at(1));
        // A new agent goes on where the former one ended.
        QTRY_COMPARE((*journal)->newest(10).size(), heard.size());
        EventLog log("n1");
        log.restore((*journal)->newest(10));
        QCOMPARE(log.last(), std::uint64_t(heard.size()));
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchangetest.moc"
