// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacyqueue.h"
#include "contract/codec.h"
#include "contract/decision.h"
#include "legacyredis.h"
#include "store/memorystorage.h"
#include "support/verifyresult.h"

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

/// A store with the owner colin, and what tells that his policies changed.
struct Policies {
    Policies()
        : storage(store::makeMemoryStorage())
    {
        contract::User colin;
        colin.metadata.name = "colin";
        colin.status = 1;
        if (!storage->users().create(colin, "hash", {}, TimePoint())) qFatal("no user");
    }
    void add(const std::string& name)
    {
        contract::Policy policy;
        policy.username = "colin";
        policy.metadata.name = name;
        policy.policy.id = name;
        policy.policy.effect = "allow";
        policy.policy.actions = std::vector<std::string>{"<.*>"};
        if (!storage->policies().create(policy, {}, TimePoint())) qFatal("no policy");
        mark = {std::make_shared<int>(), mark.count + 1};
    }
    std::string textOf(const std::string& name)
    {
        return contract::encodePolicyDocument(storage->policies().find("colin", name)->policy);
    }
    std::unique_ptr<PolicyTexts> texts()
    {
        return std::make_unique<PolicyTexts>(storage->policies(), [this](const std::string&) { return mark; });
    }

    std::unique_ptr<store::Storage> storage;
    PolicyMark mark;
};

} // namespace

/// What the old system's pump gets from us, through a real Redis.
class LegacyQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDecisionReachesTheList();
    void policiesStandInTheRecord();
    void manyPoliciesAreLeftOut();
    void nobodyWaitsForRedis();
    void aHangingRedisHoldsNobody();
    void theEndHandsOverWhatWaits();
    void aRefusalIsSeen();
    void aListThatNobodyTakesHasAnEnd();
};

void LegacyQueueTest::everyDecisionReachesTheList()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    Policies policies;
    LegacyQueue queue(test::redisAt(redis.port()), {}, policies.texts());
    test::LegacyPeer peer(redis.port());
    constexpr int threads = 4;
    constexpr int each = 1000;
    {
        std::vector<std::jthread> adding;
        for (int t = 0; t < threads; ++t)
            adding.emplace_back([&, t] {
                for (int i = 0; i < each; ++i)
                    queue.add(test::sampleRecord(TimePoint(1'700'000'000'000ms), t * each + i));
            });
    }
    QTRY_COMPARE(queue.stats().pushed, std::uint64_t{threads * each});
    QCOMPARE(queue.stats().dropped, std::uint64_t{0});
    QCOMPARE(queue.stats().waiting, std::size_t{0});
    QCOMPARE(queue.complaint(), std::string());
    std::set<std::string> resources;
    for (const std::string& entry : peer.entries()) {
        const auto legacy = unpackLegacyRecord(entry);
        VERIFY_OK(legacy);
        const auto record = fromLegacy(*legacy);
        VERIFY_OK(record);
        resources.insert(record->resource);
    }
    QCOMPARE(resources.size(), std::size_t{threads * each});
}

void LegacyQueueTest::policiesStandInTheRecord()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    Policies policies;
    policies.add("policy-a");
    policies.add("other");
    LegacyQueue queue(test::redisAt(redis.port()), {}, policies.texts());
    test::LegacyPeer peer(redis.port());
    queue.add(test::sampleRecord(TimePoint(1'700'000'000'000ms), 0));
    QTRY_COMPARE(peer.length(), 1);
    auto record = unpackLegacyRecord(peer.takeAll().at(0));
    VERIFY_OK(record);
    // The newest first, as they are evaluated; of policy-b, which is not there, the id is all that is known.
    QCOMPARE(record->policies, "[" + policies.textOf("other") + "," + policies.textOf("policy-a") + "]");
    QCOMPARE(record->deciders, "[" + policies.textOf("policy-a") + ",{\"id\":\"policy-b\"}]");
    QTRY_COMPARE(queue.stats().incomplete, std::uint64_t{1});

    policies.add("policy-b");
    queue.add(test::sampleRecord(TimePoint(1'700'000'000'000ms), 0));
    QTRY_COMPARE(peer.length(), 1);
    record = unpackLegacyRecord(peer.takeAll().at(0));
    VERIFY_OK(record);
    QCOMPARE(record->deciders, "[" + policies.textOf("policy-a") + "," + policies.textOf("policy-b") + "]");
    QVERIFY(record->policies.find("policy-b") != std::string::npos);

    // What the old system does not record is not handed over, and does not wait for ever.
    contract::DecisionRecord none = test::sampleRecord(TimePoint(), 1);
    none.reason = contract::reasonNoPolicies;
    queue.add(std::move(none));
    QTRY_COMPARE(queue.stats().waiting, std::size_t{0});
    QCOMPARE(peer.length(), 0);
    QCOMPARE(queue.stats().incomplete, std::uint64_t{1});
}

void LegacyQueueTest::manyPoliciesAreLeftOut()
{
    Policies policies;
    policies.add("policy-a");
    policies.add("policy-b");
    for (std::size_t i = 0; i < PolicyTexts::mostPolicies; ++i) policies.add("p" + std::to_string(i));
    const auto found = policies.texts()->of(test::sampleRecord(TimePoint(), 0));
    QVERIFY(found.whole);
    QCOMPARE(found.policies.all, std::string("[]"));
    QCOMPARE(found.policies.deciders, "[" + policies.textOf("policy-a") + "," + policies.textOf("policy-b") + "]");
}

void LegacyQueueTest::nobodyWaitsForRedis()
{
    test::RedisServer redis;
    Policies policies;
    LegacyQueueConfig config;
    config.maxRecords = 500;
    LegacyQueue queue(test::redisAt(redis.port()), config, policies.texts());
    for (int i = 0; i < 600; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    QCOMPARE(queue.stats().dropped, std::uint64_t{100});
    QCOMPARE(queue.stats().waiting, std::size_t{500});
    QTRY_COMPARE(queue.complaint(), std::string("Redis cannot be reached; the old system's pump gets no decisions"));
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    QTRY_COMPARE(peer.length(), 500);
    QTRY_COMPARE(queue.complaint(), std::string());

    // Lost and back: what was under way may come twice, and is counted then.
    redis.kill();
    QTRY_VERIFY(!queue.stats().up);
    for (int i = 0; i < 10; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    QVERIFY(redis.start());
    QTRY_COMPARE(queue.stats().pushed, std::uint64_t{510});
    QCOMPARE(queue.stats().dropped, std::uint64_t{100});

    // Bytes are bounded, too.
    redis.kill();
    contract::DecisionRecord large = test::sampleRecord(TimePoint(), 0);
    large.context = std::string(8 * 1024 * 1024, 'x');
    for (int i = 0; i < 20; ++i) queue.add(contract::DecisionRecord(large));
    QVERIFY(queue.stats().waiting < 9);
    QCOMPARE(queue.stats().waiting + queue.stats().dropped, std::size_t{120});
}

void LegacyQueueTest::aHangingRedisHoldsNobody()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    Policies policies;
    LegacyQueue queue(test::redisAt(redis.port()), {}, policies.texts());
    QTRY_VERIFY(queue.stats().up);
    redis.hang();
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 5000; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    QVERIFY(std::chrono::steady_clock::now() - begun < 1s); // Redis has two seconds to answer
    QTRY_VERIFY_WITH_TIMEOUT(!queue.stats().up, 10'000);
    redis.resume();
    QTRY_COMPARE_WITH_TIMEOUT(queue.stats().pushed, std::uint64_t{5000}, 20'000);
    test::LegacyPeer peer(redis.port());
    // What was pushed while it hung was carried out when it went on, and again: that many, and no more.
    QCOMPARE(peer.length(), static_cast<long long>(5000 + queue.stats().repeated));
    QVERIFY(queue.stats().repeated > 0);
}

void LegacyQueueTest::theEndHandsOverWhatWaits()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    Policies policies;
    test::LegacyPeer peer(redis.port());
    {
        LegacyQueueConfig config;
        config.flushInterval = 60s;
        LegacyQueue queue(test::redisAt(redis.port()), config, policies.texts());
        QTRY_VERIFY(queue.stats().up);
        for (int i = 0; i < 100; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    }
    QCOMPARE(peer.length(), 100);
}

void LegacyQueueTest::aRefusalIsSeen()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    redis.ask({QStringLiteral("set"), QString::fromLatin1(legacyListName), QStringLiteral("a text")});
    Policies policies;
    LegacyQueue queue(test::redisAt(redis.port()), {}, policies.texts());
    queue.add(test::sampleRecord(TimePoint(), 0));
    QTRY_COMPARE(queue.complaint(),
                 std::string("Redis does not take decisions for the old system's pump; the log says why"));
    redis.ask({QStringLiteral("del"), QString::fromLatin1(legacyListName)});
    QTRY_COMPARE(queue.stats().pushed, std::uint64_t{1});
    QCOMPARE(queue.stats().repeated, std::uint64_t{0});
}

void LegacyQueueTest::aListThatNobodyTakesHasAnEnd()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    Policies policies;
    LegacyQueueConfig config;
    config.maxRecords = 500;
    config.maxList = 50;
    config.flushInterval = 10ms;
    LegacyQueue queue(test::redisAt(redis.port()), config, policies.texts());
    test::LegacyPeer peer(redis.port());
    for (int i = 0; i < 50; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    const std::string complaint = "the old system's pump takes no decisions: its list in Redis is full";
    QTRY_COMPARE(queue.complaint(), complaint);
    QCOMPARE(peer.length(), 50);
    // What comes now waits here, and beyond what may wait it is dropped and counted.
    for (int i = 0; i < 600; ++i) queue.add(test::sampleRecord(TimePoint(), i));
    QCOMPARE(queue.stats().waiting, std::size_t{500});
    QCOMPARE(queue.stats().dropped, std::uint64_t{100});
    QCOMPARE(queue.complaint(), complaint);
    QCOMPARE(peer.length(), 50);

    // The pump comes: a batch, then it is full again.
    QCOMPARE(peer.takeAll().size(), std::size_t{50});
    std::size_t taken = 50;
    QTRY_VERIFY_WITH_TIMEOUT((taken += peer.takeAll().size()) == 550, 15'000);
    QTRY_COMPARE(queue.stats().waiting, std::size_t{0});
    QTRY_COMPARE(queue.complaint(), std::string());
    QCOMPARE(queue.stats().pushed, std::uint64_t{550});
    QCOMPARE(queue.stats().dropped, std::uint64_t{100});
}

QTEST_GUILESS_MAIN(LegacyQueueTest)
#include "legacyqueuetest.moc"
