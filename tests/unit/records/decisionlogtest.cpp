// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/decisionlog.h"
#include "records/decisionreader.h"
#include "recordsamples.h"
#include "support/memoryrecordblockstore.h"
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <latch>
#include <set>
#include <thread>

using namespace iam;
using namespace iam::records;
using namespace iam::test;
using namespace std::chrono_literals;
using Durability = DecisionLogConfig::Durability;
using OnFull = DecisionLogConfig::OnFull;

namespace {

/// How often a callback was called with success and with failure; may be waited for.
class Answers {
public:
    Stored callback()
    {
        return [this](const Result<>& result) {
            const std::lock_guard lock(m_mutex);
            ++(result ? m_good : m_bad);
            m_changed.notify_all();
        };
    }
    void await(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_good + m_bad >= count; });
    }
    int good() const
    {
        const std::lock_guard lock(m_mutex);
        return m_good;
    }
    int bad() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bad;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_good = 0;
    int m_bad = 0;
};

} // namespace

class DecisionLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void recordsComeBackWhole();
    void sequencesRiseByOneOverRestarts();
    void fillsBlocksAndSplitsThem();
    void intervalAnswersAtOnce();
    void syncAnswersAfterTheCommit();
    void becomesVisibleWithoutFlush();
    void dropsTheOldestAndCountsThem();
    void dropsWhatIsPackedToo();
    void dropsTheNewestWhenAllIsBeingStored();
    void storesSomeBeforeTheLingerIsOver();
    void refusesWhenFull();
    void refusesWhileStoringFails();
    void syncRefusalReachesTheAnswer();
    void syncDropGoesOn();
    void recoversByItself();
    void stopStoresEverything();
    void stopGivesUpInTheEnd();
    void countsWhatACrashLost();
    void crashLossIsKeptWhenTheDiskIsFull();
    void lostCounterFile();
    void badCounterFiles();
    void enormousRecordsAreCut();
    void manyThreads();
    void manyThreadsAndNoRoom();
    void retention();

private:
    std::unique_ptr<DecisionLog> open(DecisionLogConfig config = {})
    {
        config.sequencePath = m_folder->filePath(u"records.seq"_qs).toStdString();
        auto log = DecisionLog::open(std::move(config), *m_store, m_clock);
        return log ? std::move(*log) : nullptr;
    }
    Result<> append(DecisionLog& log, int number = 0) { return log.append(sampleRecord(m_clock.now(), number)); }
    std::uint64_t missing() const
    {
        const auto gaps = m_store->gaps(1000);
        std::uint64_t count = 0;
        for (const auto& gap : *gaps) count += gap.count;
        return count;
    }
    std::vector<contract::DecisionRecord> all() const
    {
        DecisionReader reader(*m_store);
        std::vector<contract::DecisionRecord> records;
        std::string cursor;
        do {
            auto page = reader.query({}, cursor, 1000);
            records.insert(records.end(), page->items.begin(), page->items.end());
            cursor = page->next;
        } while (!cursor.empty());
        return records;
    }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemoryRecordBlockStore> m_store;
};

void DecisionLogTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<MemoryRecordBlockStore>();
}

void DecisionLogTest::recordsComeBackWhole()
{
    const auto log = open();
    std::vector<contract::DecisionRecord> expected;
    for (int i = 0; i < 5; ++i) {
        auto record = sampleRecord(m_clock.now(), i);
        QVERIFY(log->append(contract::DecisionRecord(record)).has_value());
        record.sequence = static_cast<std::uint64_t>(i) + 1;
        expected.insert(expected.begin(), record);
        m_clock.advance(7ms);
    }
    QVERIFY(log->flush().has_value());
    QVERIFY(all() == expected);
    QCOMPARE(log->health().queued, std::size_t{0});
    QCOMPARE(log->health().queuedBytes, std::size_t{0});
    QVERIFY(log->health().storing);
}

void DecisionLogTest::sequencesRiseByOneOverRestarts()
{
    for (int run = 0; run < 3; ++run) {
        const auto log = open();
        QCOMPARE(log->health().lostAtLastCrash, std::uint64_t{0});
        for (int i = 0; i < 10; ++i) QVERIFY(append(*log).has_value());
    }
    const auto records = all();
    QCOMPARE(records.size(), std::size_t{30});
    for (std::size_t i = 0; i < 30; ++i) QCOMPARE(records[i].sequence, 30 - i);
    QCOMPARE(missing(), std::uint64_t{0});
}

void DecisionLogTest::fillsBlocksAndSplitsThem()
{
    DecisionLogConfig config;
    config.blockRecords = 100;
    config.linger = 1h; // only flush() decides
    config.pieceBytes = 1024 * 1024;
    const auto log = open(config);
    for (int i = 0; i < 250; ++i) QVERIFY(append(*log, i).has_value());
    m_clock.advance(61s);
    QVERIFY(append(*log).has_value()); // too late for the block of the others
    m_clock.advance(-3600s);
    QVERIFY(append(*log).has_value()); // and too early
    QVERIFY(log->flush().has_value());
    QCOMPARE(m_store->statistics()->blocks, std::uint64_t{5});
    QCOMPARE(m_store->attempts(), 1); // in one transaction
    const auto blocks = m_store->find({}, 100);
    for (const auto& block : *blocks) QVERIFY(block.end - block.position.begin <= store::maxBlockSpan);
}

void DecisionLogTest::intervalAnswersAtOnce()
{
    m_store->setShut(true);
    const auto log = open();
    Answers answers;
    QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    QCOMPARE(answers.good(), 1);
    m_store->setShut(false);
    QVERIFY(log->flush().has_value());
    QCOMPARE(answers.good(), 1);
}

void DecisionLogTest::syncAnswersAfterTheCommit()
{
    DecisionLogConfig config;
    config.durability = Durability::Sync;
    const auto log = open(config);
    m_store->setShut(true);
    Answers answers;
    QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    m_store->awaitAttempts(1);
    for (int i = 0; i < 50; ++i) QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    QCOMPARE(answers.good(), 0);
    m_store->setShut(false);
    answers.await(51);
    QCOMPARE(answers.good(), 51);
    QCOMPARE(m_store->attempts(), 2); // the fifty that came meanwhile shared one commit
    QCOMPARE(all().size(), std::size_t{51});
}

void DecisionLogTest::becomesVisibleWithoutFlush()
{
    const auto log = open();
    QVERIFY(append(*log).has_value());
    m_store->awaitAttempts(1);
    QTRY_COMPARE(m_store->statistics()->records, std::uint64_t{1});
}

void DecisionLogTest::dropsTheOldestAndCountsThem()
{
    DecisionLogConfig config;
    config.maxQueueBytes = 20 * PendingRecords::sizeOf(sampleRecord(m_clock.now(), 10));
    config.linger = 0ms;
    const auto log = open(config);
    m_store->setShut(true);
    QVERIFY(append(*log, 11).has_value());
    m_store->awaitAttempts(1); // being stored: cannot be dropped any more
    for (int i = 0; i < 100; ++i) QVERIFY(append(*log, 10).has_value());
    const auto health = log->health();
    QVERIFY(health.queuedBytes <= config.maxQueueBytes);
    QVERIFY(health.dropped >= 80 && health.dropped < 101);
    m_store->setShut(false);
    QVERIFY(log->flush().has_value());
    const auto records = all();
    QCOMPARE(records.size() + health.dropped, std::size_t{101});
    QCOMPARE(missing(), health.dropped);
    QCOMPARE(records.front().sequence, std::uint64_t{101}); // the newest are kept,
    QCOMPARE(records.back().sequence, std::uint64_t{1});    // and the one that was on its way
    QCOMPARE(m_store->gaps(10)->size(), std::size_t{1});    // in one row
    QCOMPARE(m_store->gaps(10)->front().firstSequence, std::uint64_t{2});
    QCOMPARE(m_store->gaps(10)->front().cause, "dropped");
}

void DecisionLogTest::dropsWhatIsPackedToo()
{
    DecisionLogConfig config;
    const std::size_t size = PendingRecords::sizeOf(sampleRecord(m_clock.now(), 10));
    config.maxQueueBytes = 20 * size;
    config.blockRecords = 3;
    const auto log = open(config);
    m_store->setFull(true);
    for (int i = 0; i < 8; ++i) QVERIFY(append(*log, 10).has_value());
    QVERIFY(!log->flush().has_value()); // three blocks are packed now
    for (int i = 0; i < 16; ++i) QVERIFY(append(*log, 10).has_value());
    const auto some = log->health(); // four had to go, of blocks of three
    QVERIFY(some.dropped >= 4 && some.dropped <= 6);
    QCOMPARE(some.queued + some.dropped, std::size_t{24});
    QVERIFY(some.queuedBytes <= config.maxQueueBytes);
    for (int i = 0; i < 30; ++i) QVERIFY(append(*log, 10).has_value());
    const auto health = log->health();
    QVERIFY(health.queuedBytes <= config.maxQueueBytes);
    m_store->setFull(false);
    QTRY_VERIFY(log->health().storing); // by itself
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().size() + health.dropped, std::size_t{54});
    QCOMPARE(missing(), health.dropped);
    QCOMPARE(log->health().queuedBytes, std::size_t{0});
}

void DecisionLogTest::storesSomeBeforeTheLingerIsOver()
{
    DecisionLogConfig config;
    const std::size_t size = PendingRecords::sizeOf(sampleRecord(m_clock.now(), 10));
    config.linger = 1h;
    config.pieceBytes = 4 * size;
    config.storeBytes = 1;
    const auto log = open(config);
    for (int i = 0; i < 100; ++i) QVERIFY(append(*log, 10).has_value());
    QTRY_VERIFY(m_store->statistics()->records >= 80); // a piece may be waiting for more
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().size(), std::size_t{100});
    QCOMPARE(log->health().stored, std::uint64_t{100});
}

void DecisionLogTest::dropsTheNewestWhenAllIsBeingStored()
{
    DecisionLogConfig config;
    config.maxQueueBytes = PendingRecords::sizeOf(sampleRecord(m_clock.now())) + 50;
    config.linger = 0ms;
    const auto log = open(config);
    m_store->setShut(true);
    QVERIFY(append(*log).has_value());
    m_store->awaitAttempts(1);
    for (int i = 0; i < 10; ++i) QVERIFY(append(*log).has_value());
    QCOMPARE(log->health().dropped, std::uint64_t{10});
    m_store->setShut(false);
    QVERIFY(log->flush().has_value());
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().size(), std::size_t{2});
    QCOMPARE(missing(), std::uint64_t{10});
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{12});
}

void DecisionLogTest::refusesWhenFull()
{
    DecisionLogConfig config;
    config.onFull = OnFull::Refuse;
    config.maxQueueBytes = 10 * PendingRecords::sizeOf(sampleRecord(m_clock.now(), 10));
    const auto log = open(config);
    m_store->setShut(true);
    int taken = 0;
    Answers answers;
    Result<> last;
    for (int i = 0; i < 100 && last; ++i) {
        last = log->append(sampleRecord(m_clock.now(), 10), answers.callback());
        if (last) ++taken;
    }
    QVERIFY(!last.has_value());
    QCOMPARE(last.error().code, Code::ServerBusy);
    QCOMPARE(answers.good(), taken); // a refused record is not answered by callback
    QCOMPARE(log->health().refused, std::uint64_t{1});
    m_store->setShut(false);
    QVERIFY(log->flush().has_value());
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().size(), static_cast<std::size_t>(taken) + 1);
    QCOMPARE(missing(), std::uint64_t{0});
}

void DecisionLogTest::refusesWhileStoringFails()
{
    DecisionLogConfig config;
    config.onFull = OnFull::Refuse;
    const auto log = open(config);
    m_store->setFull(true);
    QVERIFY(append(*log).has_value());
    const auto flushed = log->flush();
    QVERIFY(!flushed.has_value());
    QCOMPARE(flushed.error().code, Code::StorageUnavailable);
    const auto refused = append(*log);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, Code::StorageUnavailable);
    QVERIFY(!log->health().storing);
    QCOMPARE(log->health().lastError, "no space left on device");
    m_store->setFull(false);
    QTRY_VERIFY(log->health().storing); // by itself
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().size(), std::size_t{2});
}

void DecisionLogTest::syncRefusalReachesTheAnswer()
{
    DecisionLogConfig config;
    config.onFull = OnFull::Refuse;
    config.durability = Durability::Sync;
    const auto log = open(config);
    m_store->setFull(true);
    Answers answers;
    QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    answers.await(1);
    QCOMPARE(answers.bad(), 1);
    m_store->setFull(false);
    QTRY_VERIFY(log->health().storing);
    QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    answers.await(2);
    QCOMPARE(answers.good(), 1);
    QCOMPARE(all().size(), std::size_t{1});
    QCOMPARE(missing(), std::uint64_t{1});
    QCOMPARE(m_store->gaps(1)->front().cause, "refused");
}

void DecisionLogTest::syncDropGoesOn()
{
    DecisionLogConfig config;
    config.durability = Durability::Sync;
    const auto log = open(config);
    m_store->setFull(true);
    Answers answers;
    QVERIFY(log->append(sampleRecord(m_clock.now()), answers.callback()).has_value());
    answers.await(1);
    QCOMPARE(answers.good(), 1);
    m_store->setFull(false);
    QTRY_COMPARE(m_store->statistics()->records, std::uint64_t{1}); // and it was not forgotten
}

void DecisionLogTest::recoversByItself()
{
    const auto log = open();
    m_store->setFull(true);
    for (int i = 0; i < 100; ++i) QVERIFY(append(*log, i).has_value());
    QVERIFY(!log->flush().has_value());
    for (int i = 0; i < 100; ++i) QVERIFY(append(*log, i).has_value());
    QVERIFY(!log->flush().has_value());
    m_store->setFull(false);
    QTRY_COMPARE(m_store->statistics()->records, std::uint64_t{200});
    QVERIFY(log->health().storing);
    QCOMPARE(log->health().dropped, std::uint64_t{0});
    QCOMPARE(log->health().lastError, "no space left on device");
}

void DecisionLogTest::stopStoresEverything()
{
    DecisionLogConfig config;
    config.linger = 1h;
    const auto log = open(config);
    for (int i = 0; i < 100; ++i) QVERIFY(append(*log, i).has_value());
    log->stop();
    log->stop();
    QCOMPARE(m_store->statistics()->records, std::uint64_t{100});
    QVERIFY(!append(*log).has_value());
}

void DecisionLogTest::stopGivesUpInTheEnd()
{
    DecisionLogConfig config;
    config.stopPatience = 100ms;
    auto log = open(config);
    m_store->setFull(true);
    for (int i = 0; i < 10; ++i) QVERIFY(append(*log, i).has_value());
    QElapsedTimer timer;
    timer.start();
    log.reset();
    QVERIFY(timer.elapsed() < 30000);
    m_store->setFull(false);
    log = open();
    QCOMPARE(log->health().lostAtLastCrash, std::uint64_t{10});
}

void DecisionLogTest::countsWhatACrashLost()
{
    const std::string path = m_folder->filePath(u"records.seq"_qs).toStdString();
    {
        const auto log = open();
        for (int i = 0; i < 5; ++i) QVERIFY(append(*log).has_value());
    }
    SequenceFile::open(path)->setLast(12); // as after kill -9: seven were given out and not stored
    const auto log = open();
    QCOMPARE(log->health().lostAtLastCrash, std::uint64_t{7});
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    const auto gaps = m_store->gaps(10);
    QCOMPARE(gaps->size(), std::size_t{1});
    QVERIFY(gaps->front() == (store::RecordGap{6, 7, m_clock.now(), "crash"}));
    QCOMPARE(all().front().sequence, std::uint64_t{13});
}

void DecisionLogTest::crashLossIsKeptWhenTheDiskIsFull()
{
    SequenceFile::open(m_folder->filePath(u"records.seq"_qs).toStdString())->setLast(3);
    m_store->setFull(true);
    const auto log = open();
    QVERIFY(log);
    QVERIFY(!log->flush().has_value());
    m_store->setFull(false);
    QVERIFY(append(*log).has_value());
    QTRY_COMPARE(m_store->statistics()->records, std::uint64_t{1});
    QCOMPARE(missing(), std::uint64_t{3});
}

void DecisionLogTest::lostCounterFile()
{
    {
        const auto log = open();
        for (int i = 0; i < 5; ++i) QVERIFY(append(*log).has_value());
    }
    QVERIFY(QFile::remove(m_folder->filePath(u"records.seq"_qs)));
    const auto log = open();
    QCOMPARE(log->health().lostAtLastCrash, std::uint64_t{0});
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().front().sequence, std::uint64_t{6});
}

void DecisionLogTest::badCounterFiles()
{
    const QString path = m_folder->filePath(u"records.seq"_qs);
    for (const QByteArray& content : {QByteArray("x"), QByteArray(4096, 'x'), QByteArray(5000, '\0')}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto log = DecisionLog::open({.sequencePath = path.toStdString()}, *m_store, m_clock);
        QVERIFY(!log.has_value());
        QCOMPARE(log.error().code, Code::Database);
        QVERIFY(log.error().detail.find(path.toStdString()) != std::string::npos);
    }
    const auto log = DecisionLog::open({.sequencePath = "/nonexistent/records.seq"}, *m_store, m_clock);
    QCOMPARE(log.error().code, Code::StorageUnavailable);
}

void DecisionLogTest::enormousRecordsAreCut()
{
    const auto log = open();
    auto record = sampleRecord(m_clock.now());
    record.context = "{\"a\":\"" + std::string(6 * 1024 * 1024, 'x') + "\"}";
    record.subject = std::string(1024 * 1024 - 1, 's') + "\xe4\xbd\xa0\xe5\xa5\xbd";
    record.deciders.assign(100000, std::string(100, 'd'));
    QVERIFY(log->append(std::move(record)).has_value());
    QVERIFY(log->flush().has_value());
    const auto stored = all().front();
    QCOMPARE(stored.context, R"({"omitted":"context of 6291464 bytes"})");
    QCOMPARE(stored.subject, std::string(1024 * 1024 - 1, 's')); // not half a character
    QVERIFY(stored.deciders.size() > 9000 && stored.deciders.size() < 11000);
    QCOMPARE(stored.resource, record.resource);
}

void DecisionLogTest::manyThreads()
{
    const auto log = open();
    constexpr int threadCount = 4;
    constexpr int each = 5000;
    std::latch start(threadCount);
    std::vector<std::thread> threads;
    for (int t = 0; t < threadCount; ++t) {
        threads.emplace_back([&, t] {
            start.arrive_and_wait();
            for (int i = 0; i < each; ++i) (void)log->append(sampleRecord(m_clock.now(), t * each + i));
        });
    }
    for (auto& thread : threads) thread.join();
    QVERIFY(log->flush().has_value());
    std::set<std::string> resources;
    for (const auto& record : all()) resources.insert(record.resource);
    QCOMPARE(resources.size(), static_cast<std::size_t>(threadCount * each));
    QCOMPARE(log->health().lastSequence, std::uint64_t{threadCount * each});
}

/// With room for a few records only, and everybody in everybody's way: what is kept and what is counted as dropped is
/// all there was, and the newest is kept.
void DecisionLogTest::manyThreadsAndNoRoom()
{
    const std::size_t size = PendingRecords::sizeOf(sampleRecord(m_clock.now(), 100'000));
    DecisionLogConfig config;
    config.maxQueueBytes = 50 * size;
    config.linger = 0ms;
    const auto log = open(config);
    constexpr int threadCount = 4;
    constexpr int each = 5000;
    std::atomic<bool> stopped = false;
    std::thread observer([&] {
        while (!stopped) {
            const auto health = log->health();
            if (health.queuedBytes > config.maxQueueBytes + threadCount * size) qFatal("more is held than may be");
            (void)log->flush();
        }
    });
    std::vector<std::thread> threads;
    for (int t = 0; t < threadCount; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) (void)log->append(sampleRecord(m_clock.now(), t * each + i));
        });
    for (auto& thread : threads) thread.join();
    stopped = true;
    observer.join();
    QVERIFY(append(*log, 123'456).has_value());
    log->stop();
    const auto health = log->health();
    QCOMPARE(health.lastSequence, std::uint64_t{threadCount * each + 1});
    QCOMPARE(health.stored + health.dropped, health.lastSequence);
    QCOMPARE(health.queuedBytes, std::size_t{0});
    std::set<std::uint64_t> sequences;
    const auto kept = all();
    for (const auto& record : kept) sequences.insert(record.sequence);
    QCOMPARE(sequences.size(), static_cast<std::size_t>(health.stored));
    QCOMPARE(*sequences.rbegin(), health.lastSequence);
    QCOMPARE(m_store->statistics()->lastSequence, health.lastSequence);
    std::uint64_t missing = 0;
    const auto gaps = m_store->gaps(100'000);
    for (const auto& gap : *gaps) {
        missing += gap.count;
        for (std::uint64_t i = 0; i < gap.count; ++i) QVERIFY(!sequences.contains(gap.firstSequence + i));
    }
    QCOMPARE(missing, health.dropped);
}

void DecisionLogTest::retention()
{
    DecisionLogConfig config;
    config.retention = std::chrono::days(2);
    config.maxSize = 0;
    auto log = open(config);
    for (int day = 0; day < 4; ++day) {
        QVERIFY(append(*log, day).has_value());
        QVERIFY(log->flush().has_value());
        m_clock.advance(24h);
    }
    const auto removed = log->applyRetention(m_clock.now());
    QCOMPARE(removed->blocks, std::uint64_t{2}); // made 96 and 72 hours ago; the one of 48 hours stays
    QCOMPARE(all().size(), std::size_t{2});
    log.reset();
    m_clock.advance(1000h);
    log = open(config);
    QCOMPARE(log->applyRetention(m_clock.now())->blocks, std::uint64_t{2});
    QVERIFY(append(*log).has_value());
    QVERIFY(log->flush().has_value());
    QCOMPARE(all().front().sequence, std::uint64_t{5}); // numbers are not used again
    QCOMPARE(missing(), std::uint64_t{0});              // and removing is no loss
}

QTEST_GUILESS_MAIN(DecisionLogTest)
#include "decisionlogtest.moc"
