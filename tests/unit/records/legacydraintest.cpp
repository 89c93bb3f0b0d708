// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draining.h"
#include "support/verifyresult.h"

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

/// How the old system's list comes into a decision log, from a real Redis.
class LegacyDrainTest : public QObject {
    Q_OBJECT

    /// Pushes the entries [from, to).
    static void push(test::LegacyPeer& peer, int from, int to)
    {
        std::vector<std::string> entries;
        for (int i = from; i < to; ++i) entries.push_back(test::legacyEntry(i));
        QVERIFY(peer.push(entries).has_value());
    }

private Q_SLOTS:
    void theListComesIntoTheLog();
    void whatIsNoRecordIsKeptApart();
    void anEntryTooLargeStaysInRedis();
    void ofTwoOneDrains();
    void turnsAreTakenInTheListsOwnDatabase();
    void aChunkLeftBehindIsTakenOver();
    void ownChunksAreNotStoredTwice();
    void anOldPumpBesideTakesTheRest();
    void aFullDiskKeepsEntriesInRedis();
    void sinksFarBehindHoldTheDrain();
    void somebodyElsesTurnEndsTheWork();
};

void LegacyDrainTest::theListComesIntoTheLog()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    push(peer, 0, 2500);
    test::Draining draining(redis.port());
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{2500});
    QCOMPARE(peer.length(), 0);
    QTRY_COMPARE(peer.length(test::chunkKey), 0);
    push(peer, 2500, 2600);
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{2600});

    const auto records = draining.records();
    QCOMPARE(records.size(), std::size_t{2600});
    std::set<std::string> ids;
    for (std::size_t i = 0; i < records.size(); ++i) {
        QCOMPARE(records[i].resource, "n:" + std::to_string(i)); // in order
        QCOMPARE(records[i].node, std::string("node-a"));
        QVERIFY(records[i].requestId.starts_with("legacy:"));
        QCOMPARE(records[i].deciders, (std::vector<std::string>{"policy-a", "policy-b"}));
        ids.insert(records[i].requestId);
    }
    QCOMPARE(ids.size(), records.size());
    const LegacyDrainStats stats = draining.drain->stats();
    QCOMPARE(stats.state, LegacyDrainStats::State::Draining);
    QCOMPARE(stats.takenOver + stats.perhapsTwice + stats.alreadyStored + stats.refused, std::uint64_t{0});
    QCOMPARE(draining.drain->complaint(), std::string());
}

void LegacyDrainTest::whatIsNoRecordIsKeptApart()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    push(peer, 0, 10);
    const std::string binary("\x00\xFFno record", 11);
    QVERIFY(peer.push({binary, "\x80"}));
    push(peer, 10, 20);
    test::Draining draining(redis.port(), [](test::Draining& d) { d.refusals = 3; });
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{20});
    QCOMPARE(draining.drain->stats().refused, std::uint64_t{2});
    QCOMPARE(draining.refused.size(), std::size_t{2});
    QCOMPARE(draining.refused[0].first, binary);
    QVERIFY(!draining.refused[0].second.empty());
    QCOMPARE(draining.refused[1].first, std::string("\x80"));
    QCOMPARE(draining.records().size(), std::size_t{20});
}

void LegacyDrainTest::anEntryTooLargeStaysInRedis()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    push(peer, 0, 5);
    QVERIFY(peer.push({std::string(100'000, 'x')}));
    push(peer, 5, 10);
    test::Draining draining(redis.port(), [](test::Draining& d) { d.setup.limits = {4, 2000, 50'000}; });
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{10});
    QTRY_COMPARE(draining.drain->stats().tooLarge, std::uint64_t{1});
    QCOMPARE(peer.length(test::tooLargeKey), 1);
    QCOMPARE(draining.drain->complaint(),
             std::string("the old list had entries that are too large; they stay in Redis"));
}

void LegacyDrainTest::ofTwoOneDrains()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    const auto quick = [](test::Draining& d) { d.setup.term = 600ms; };
    auto one = std::make_unique<test::Draining>(redis.port(), quick);
    QTRY_COMPARE(one->drain->stats().state, LegacyDrainStats::State::Draining);
    test::Draining two(redis.port(), quick);
    QTRY_COMPARE(two.drain->stats().state, LegacyDrainStats::State::Waiting);
    push(peer, 0, 100);
    QTRY_COMPARE(one->drain->stats().drained, std::uint64_t{100});
    QCOMPARE(two.drain->stats().drained, std::uint64_t{0});
    one.reset();
    push(peer, 100, 200);
    QTRY_COMPARE(two.drain->stats().drained, std::uint64_t{100});
    QCOMPARE(two.drain->stats().state, LegacyDrainStats::State::Draining);
}

void LegacyDrainTest::turnsAreTakenInTheListsOwnDatabase()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    const auto ask = [&](const char* database, QStringList words) {
        return redis.ask(QStringList{QStringLiteral("-n"), QLatin1String(database)} + words).trimmed();
    };
    const auto third = [](test::Draining& d) {
        d.setup.redis.database = 3;
        d.setup.term = 600ms;
    };
    auto one = std::make_unique<test::Draining>(redis.port(), third);
    QTRY_COMPARE(one->drain->stats().state, LegacyDrainStats::State::Draining);
    test::Draining two(redis.port(), third);
    QTRY_COMPARE(two.drain->stats().state, LegacyDrainStats::State::Waiting);
    // Another list on the same server is nobody else's turn.
    const test::Draining elsewhere(redis.port());
    QTRY_COMPARE(elsewhere.drain->stats().state, LegacyDrainStats::State::Draining);
    QCOMPARE(ask("3", {QStringLiteral("EXISTS"), QLatin1String(test::turnKey)}), QByteArray("1"));
    QCOMPARE(ask("0", {QStringLiteral("EXISTS"), QLatin1String(test::turnKey)}), QByteArray("1"));
    // It is prolonged for as long as its holder lives.
    int left = 0;
    bool prolonged = false;
    const auto grew = [&] {
        const int before = left;
        left = ask("3", {QStringLiteral("PTTL"), QLatin1String(test::turnKey)}).toInt();
        return prolonged = prolonged || (before > 0 && left > before);
    };
    QTRY_VERIFY(grew());
    QVERIFY(left <= 600);
    QCOMPARE(two.drain->stats().state, LegacyDrainStats::State::Waiting);
    one.reset();
    QTRY_COMPARE(two.drain->stats().state, LegacyDrainStats::State::Draining);
}

void LegacyDrainTest::aChunkLeftBehindIsTakenOver()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    push(peer, 0, 30);
    LegacyList another(peer.link(), "another", 300ms);
    const auto turn = another.takeTurn();
    VERIFY_OK(turn);
    QVERIFY(turn->ours);
    QCOMPARE(turn->waiting, std::uint64_t{30});
    const auto chunk = another.take("another:1", {20, 1'000'000, 1'000'000});
    VERIFY_OK(chunk);
    QCOMPARE((*chunk)->id, std::string("another:1"));
    QCOMPARE((*chunk)->entries.size(), std::size_t{20});
    // The same again until it is removed.
    const auto again = another.take("another:2", {20, 1'000'000, 1'000'000});
    QCOMPARE((*again)->id, std::string("another:1"));
    QVERIFY((*again)->entries == (*chunk)->entries);

    test::Draining draining(redis.port());
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{30});
    QCOMPARE(draining.drain->stats().takenOver, std::uint64_t{20});
    QCOMPARE(draining.drain->stats().perhapsTwice, std::uint64_t{20});
    const auto records = draining.records();
    for (std::size_t i = 0; i < records.size(); ++i) QCOMPARE(records[i].resource, "n:" + std::to_string(i));
    QCOMPARE(records[0].requestId, std::string("legacy:another:1#0"));
    // Who lost his turn removes nothing, and gets nothing.
    push(peer, 30, 31);
    QVERIFY(!*another.remove("another:1"));
    QVERIFY(!*another.take("another:3", {}));
}

void LegacyDrainTest::ownChunksAreNotStoredTwice()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    push(peer, 0, 50);
    test::Draining draining(redis.port());
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{50});
    // As if it had died between storing and removing: the chunk stands in Redis as it did, with some more behind.
    const std::string id = draining.records()[0].requestId;
    const std::string chunk = id.substr(7, id.find('#') - 7);
    draining.drain.reset();
    std::vector<std::string> entries;
    for (int i = 0; i < 50; ++i) entries.push_back(test::legacyEntry(i));
    entries.push_back(test::legacyEntry(50)); // which had not been stored
    std::vector<std::string_view> command{"RPUSH", test::chunkKey};
    command.insert(command.end(), entries.begin(), entries.end());
    QVERIFY(peer.ask(command));
    QVERIFY(peer.ask({"SET", test::chunkIdKey, chunk}));
    draining.begin();
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{1});
    QCOMPARE(draining.drain->stats().takenOver, std::uint64_t{51});
    QCOMPARE(draining.drain->stats().alreadyStored, std::uint64_t{50});
    QCOMPARE(draining.drain->stats().perhapsTwice, std::uint64_t{0});
    QTRY_COMPARE(peer.length(test::chunkKey), 0);
    QCOMPARE(draining.records().size(), std::size_t{51});
}

void LegacyDrainTest::anOldPumpBesideTakesTheRest()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    test::Draining draining(redis.port(), [](test::Draining& d) {
        d.setup.limits.entries = 7;
        d.setup.pause = 1ms;
    });
    std::multiset<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        push(peer, i * 20, (i + 1) * 20);
        if (i % 5 != 0) continue;
        for (const std::string& entry : peer.takeAll()) seen.insert(fromLegacy(*unpackLegacyRecord(entry))->resource);
    }
    const std::size_t byThem = seen.size();
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{4000 - byThem});
    for (const auto& record : draining.records()) seen.insert(record.resource);
    QCOMPARE(seen.size(), std::size_t{4000});
    QCOMPARE((std::set<std::string>(seen.begin(), seen.end()).size()), std::size_t{4000});
    QVERIFY(byThem > 0 && byThem < 4000);
}

void LegacyDrainTest::aFullDiskKeepsEntriesInRedis()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    test::Draining draining(redis.port(), [](test::Draining& d) {
        d.useMemory();
        d.memory->setFull(true);
    });
    push(peer, 0, 100);
    QTRY_COMPARE(draining.drain->complaint(),
                 std::string("records of the old list cannot be stored; they stay in Redis"));
    QCOMPARE(peer.length(test::chunkKey), 100);
    draining.memory->setFull(false);
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{100});
    QTRY_COMPARE(peer.length(test::chunkKey), 0);
    QCOMPARE(draining.drain->complaint(), std::string());
    QCOMPARE(draining.records().size(), std::size_t{100});
}

void LegacyDrainTest::sinksFarBehindHoldTheDrain()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    test::Draining draining(redis.port(), [](test::Draining& d) {
        d.useMemory();
        d.setup.maxLogSize = 1;
        d.taken = 0;
    });
    push(peer, 0, 10);
    QTRY_COMPARE(draining.drain->stats().drained, std::uint64_t{10});
    push(peer, 10, 20);
    QTRY_COMPARE_WITH_TIMEOUT(draining.drain->complaint(),
                              std::string("sinks are far behind: the old list stays in Redis until they catch up"),
                              10'000);
    const std::uint64_t held = draining.drain->stats().drained;
    draining.taken = 1'000'000;
    QTRY_COMPARE_WITH_TIMEOUT(draining.drain->stats().drained, std::uint64_t{20}, 10'000);
    QVERIFY(held <= 20);
}

void LegacyDrainTest::somebodyElsesTurnEndsTheWork()
{
    test::RedisServer redis;
    QVERIFY(redis.start());
    test::LegacyPeer peer(redis.port());
    test::Draining draining(redis.port(), [](test::Draining& d) {
        d.useMemory();
        d.setup.term = 300ms;
        d.memory->setFull(true);
    });
    push(peer, 0, 10);
    QTRY_COMPARE(peer.length(test::chunkKey), 10);
    QVERIFY(peer.ask({"SET", test::turnKey, "another"}));
    QTRY_COMPARE(draining.drain->stats().state, LegacyDrainStats::State::Waiting);
    draining.memory->setFull(false);
    QCOMPARE(peer.length(test::chunkKey), 10); // it is the other's by now
    QVERIFY(peer.ask({"DEL", test::turnKey}));
    QTRY_COMPARE(peer.length(test::chunkKey), 0);
    QCOMPARE(draining.records().size(), std::size_t{10});
}

QTEST_GUILESS_MAIN(LegacyDrainTest)
#include "legacydraintest.moc"
