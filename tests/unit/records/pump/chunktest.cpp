// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pumpsamples.h"
#include "records/pump/batch.h"
#include "records/pump/chunkreader.h"
#include "support/memoryrecordblockstore.h"
#include <QRandomGenerator>
#include <QTest>

using namespace iam;
using namespace iam::records;
using iam::test::packedBlock;

namespace {

using Sequences = std::vector<std::uint64_t>;
using Holes = std::vector<Hole>;
using Counts = std::map<std::string, std::uint64_t>;

Sequences sequencesOf(std::span<const contract::DecisionRecord> records)
{
    Sequences sequences;
    for (const auto& record : records) sequences.push_back(record.sequence);
    return sequences;
}

/// What each sequence above `from` is, in its order: "record" or the hole's cause.
std::vector<std::string> spelledOut(const Chunk& chunk)
{
    std::vector<std::string> all(chunk.through - chunk.from);
    const auto put = [&](std::uint64_t sequence, const std::string& what) {
        std::string& place = all.at(sequence - chunk.from - 1);
        place = place.empty() ? what : "twice";
    };
    for (const auto& record : chunk.records) put(record.sequence, "record");
    for (const Hole& hole : chunk.holes)
        for (std::uint64_t sequence = hole.first; sequence <= hole.last; ++sequence) put(sequence, hole.cause);
    return all;
}

RecordShape shapeFor(const SinkConfig& config)
{
    return RecordShape::make(config, nullptr).value();
}

} // namespace

class ChunkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySequenceIsARecordOrInAHole();
    void whateverIsMissingAddsUp();
    void misplacedRecordsAreDamage();
    void holesAreCounted();
    void readerGivesWhatLiesBeyond();
    void readerForgetsALogThatWasBegunAnew();
    void batchesSettleEverything();
};

void ChunkTest::everySequenceIsARecordOrInAHole()
{
    test::MemoryRecordBlockStore store;
    QVERIFY(store.append({packedBlock(3, 6, {5})}, {{5, 1, {}, "dropped"}}).has_value());
    QVERIFY(store.append({packedBlock(10, 12)}, {{7, 2, {}, "crash"}}).has_value());
    QVERIFY(store.append({packedBlock(13, 15)}, {{16, 3, {}, "refused"}}).has_value());
    store.damage({test::logStart + std::chrono::milliseconds(10), 10});

    const Chunk chunk = makeChunk(*store.after(0, 10), 0);
    QCOMPARE(chunk.through, std::uint64_t{18});
    QCOMPARE(sequencesOf(chunk.records), (Sequences{3, 4, 6, 13, 14, 15}));
    QVERIFY((chunk.holes == Holes{{1, 2, "retention"},
                                  {5, 5, "dropped"},
                                  {7, 8, "crash"},
                                  {9, 9, "retention"},
                                  {10, 12, "damaged"},
                                  {16, 18, "refused"}}));

    // From within a block and a hole.
    const Chunk rest = makeChunk(*store.after(7, 10), 7);
    QVERIFY((rest.holes == Holes{{8, 8, "crash"}, {9, 9, "retention"}, {10, 12, "damaged"}, {16, 18, "refused"}}));
    QCOMPARE(sequencesOf(makeChunk(*store.after(3, 1), 3).records), (Sequences{4, 6}));
    QCOMPARE(makeChunk(*store.after(18, 1), 18).through, std::uint64_t{18});
}

void ChunkTest::whateverIsMissingAddsUp()
{
    auto* dice = QRandomGenerator::global();
    for (int round = 0; round < 200; ++round) {
        test::MemoryRecordBlockStore store;
        std::uint64_t next = 1;
        while (next < 60) {
            const std::uint64_t size = dice->bounded(1U, 8U);
            const std::uint64_t last = next + size - 1;
            switch (dice->bounded(4)) {
            case 0:
                QVERIFY(store.append({}, {{next, size, {}, "crash"}}).has_value());
                break;
            case 1:
                break; // removed
            case 2: {
                const std::uint64_t without = dice->bounded(2) == 0 ? next : last;
                if (size == 1) break;
                QVERIFY(store.append({packedBlock(next, last, {without})}, {{without, 1, {}, "dropped"}}).has_value());
                break;
            }
            default:
                QVERIFY(store.append({packedBlock(next, last)}, {}).has_value());
                if (dice->bounded(4) == 0) store.damage({test::logStart + std::chrono::milliseconds(next), next});
            }
            next = last + 1;
        }
        QVERIFY(store.append({packedBlock(next, next)}, {}).has_value());
        const std::uint64_t from = dice->bounded(30U);
        for (const int limit : {1, 2, 100}) {
            const Chunk chunk = makeChunk(*store.after(from, limit), from);
            const auto all = spelledOut(chunk);
            QVERIFY(!all.empty());
            QVERIFY(
                std::none_of(all.begin(), all.end(), [](const auto& what) { return what.empty() || what == "twice"; }));
        }
    }
}

void ChunkTest::misplacedRecordsAreDamage()
{
    store::RecordsAfter found{"log", {packedBlock(5, 9)}, {}, 9, 9, {}};
    found.blocks.front().lastSequence = 8;
    found.through = found.lastSequence = 8;
    const Chunk chunk = makeChunk(found, 4);
    QVERIFY(chunk.records.empty());
    QVERIFY((chunk.holes == Holes{{5, 8, "damaged"}}));
}

void ChunkTest::holesAreCounted()
{
    const Holes holes{{3, 5, "crash"}, {6, 6, "damaged"}, {10, 20, "crash"}};
    QVERIFY((countHoles(holes, 0, 30) == Counts{{"crash", 14}, {"damaged", 1}}));
    QVERIFY((countHoles(holes, 4, 12) == Counts{{"crash", 4}, {"damaged", 1}}));
    QVERIFY((countHoles(holes, 6, 9) == Counts{}));
    QVERIFY((countHoles(holes, 19, 19) == Counts{}));
}

void ChunkTest::readerGivesWhatLiesBeyond()
{
    test::MemoryRecordBlockStore store;
    ChunkReader reader(store);
    QCOMPARE(*reader.oldest(), std::uint64_t{1});
    QCOMPARE((*reader.after(0))->through, std::uint64_t{0});
    QVERIFY(store.append({packedBlock(4, 9)}, {}).has_value());
    QCOMPARE(*reader.oldest(), std::uint64_t{4});
    QCOMPARE(reader.tail()->lastSequence, std::uint64_t{9});
    const auto chunk = *reader.after(3);
    QCOMPARE(sequencesOf(chunk->records), (Sequences{4, 5, 6, 7, 8, 9}));
    QVERIFY(*reader.after(6) == chunk); // unpacked once
    QVERIFY(store.append({packedBlock(10, 11)}, {}).has_value());
    QCOMPARE(sequencesOf((*reader.after(9))->records), (Sequences{10, 11}));
    store.setUnreadable(true);
    QVERIFY(!reader.after(11).has_value());
    QVERIFY(reader.after(10).has_value());
}

void ChunkTest::readerForgetsALogThatWasBegunAnew()
{
    test::MemoryRecordBlockStore store;
    ChunkReader reader(store);
    QVERIFY(store.append({packedBlock(1, 9)}, {}).has_value());
    QCOMPARE((*reader.after(0))->log, std::string("log"));
    store.beginAnew("other");
    QVERIFY(store.append({packedBlock(1, 2)}, {}).has_value());
    QCOMPARE((*reader.after(9))->log, std::string("other"));
    QVERIFY((*reader.after(9))->lastSequence < 9);
    QCOMPARE((*reader.after(0))->log, std::string("other"));
}

void ChunkTest::batchesSettleEverything()
{
    test::MemoryRecordBlockStore store;
    QVERIFY(store.append({packedBlock(3, 20, {8})}, {{8, 1, {}, "dropped"}}).has_value());
    const Chunk chunk = makeChunk(*store.after(0, 10), 0);
    SinkConfig onlyPeter;
    onlyPeter.usernames = {"peter"};
    for (const SinkConfig& config : {SinkConfig(), onlyPeter}) {
        for (const std::size_t most : {1U, 2U, 5U, 100U}) {
            BatchMaker batches(shapeFor(config));
            std::uint64_t at = 0;
            std::uint64_t records = 0;
            std::uint64_t holes = 0;
            std::uint64_t filtered = 0;
            while (at < chunk.through) {
                const Batch batch = batches.next(chunk, at, most);
                QVERIFY(batch.records.size() <= most);
                QVERIFY(batch.through > at);
                for (const auto& record : batch.records)
                    QVERIFY(record.sequence > at && record.sequence <= batch.through);
                records += batch.records.size();
                filtered += batch.filtered;
                for (const auto& [cause, count] : batch.holes) holes += count;
                at = batch.through;
                QCOMPARE(records + filtered + holes, at);
            }
            QCOMPARE(at, std::uint64_t{20});
            QCOMPARE(holes, std::uint64_t{3});
            QCOMPARE(records, std::uint64_t{config.usernames.empty() ? 17U : 6U});
        }
    }
}

QTEST_GUILESS_MAIN(ChunkTest)
#include "chunktest.moc"
