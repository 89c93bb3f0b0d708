// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlrecordblockstore.h"
#include "support/memoryrecordblockstore.h"
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::store;
using namespace std::chrono_literals;

namespace {

const TimePoint start(std::chrono::milliseconds(1'700'000'000'000));

RecordBlock blockAt(TimePoint begin, std::uint64_t firstSequence, std::vector<std::string> owners = {"colin"},
                    std::size_t size = 100)
{
    RecordBlock block;
    block.position = {begin, firstSequence};
    block.end = begin + 1s;
    block.lastSequence = firstSequence + 9;
    block.count = 10;
    block.owners = std::move(owners);
    for (std::size_t i = 0; i < size; ++i) block.bytes.push_back(static_cast<unsigned char>(i * firstSequence));
    return block;
}

std::vector<std::uint64_t> sequencesOf(const Result<std::vector<RecordBlock>>& blocks)
{
    std::vector<std::uint64_t> sequences;
    if (!blocks) return {999999};
    for (const RecordBlock& block : *blocks) sequences.push_back(block.position.firstSequence);
    return sequences;
}

using Sequences = std::vector<std::uint64_t>;

} // namespace

/// The promise of RecordBlockStore, asked of every engine.
class RecordBlockStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void blocksComeBack();
    void searches();
    void gapsAndLastSequence();
    void goesOnAfterASequence();
    void toldApartFromALogBegunAnew();
    void appendIsAllOrNothing();
    void retainByAge();
    void retainBySize();
    void reopens();

private:
    std::unique_ptr<RecordBlockStore> open() const;
    std::string path() const { return m_folder->filePath(u"records.db"_qs).toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RecordBlockStore> m_store;
};

void RecordBlockStoreTest::initTestCase_data()
{
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

std::unique_ptr<RecordBlockStore> RecordBlockStoreTest::open() const
{
    auto opened = sql::openSqlRecordBlockStore({.path = path()});
    if (!opened) qFatal("%s", opened.error().detail.c_str());
    return std::move(*opened);
}

void RecordBlockStoreTest::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QFETCH_GLOBAL(bool, onDisk);
    if (onDisk) {
        m_store = open();
    } else {
        m_store = std::make_unique<test::MemoryRecordBlockStore>();
    }
}

void RecordBlockStoreTest::blocksComeBack()
{
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{0});
    const RecordBlock block = blockAt(start, 1, {"colin", "peter"}, 100000);
    QVERIFY(m_store->append({block}, {}).has_value());
    const auto found = m_store->find({}, 10);
    QCOMPARE(found->size(), std::size_t{1});
    const RecordBlock& back = found->front();
    QVERIFY(back.position == block.position);
    QVERIFY(back.end == block.end);
    QCOMPARE(back.lastSequence, block.lastSequence);
    QCOMPARE(back.count, block.count);
    QVERIFY(back.bytes == block.bytes);
    QVERIFY(back.owners.empty());
    const auto statistics = m_store->statistics();
    QCOMPARE(statistics->lastSequence, std::uint64_t{10});
    QCOMPARE(statistics->records, std::uint64_t{10});
    QCOMPARE(statistics->blocks, std::uint64_t{1});
    QVERIFY(statistics->bytes >= 100000);
}

void RecordBlockStoreTest::searches()
{
    // The clock went back once: 41 begins before 31. 51 and 61 begin together.
    QVERIFY(m_store->append({blockAt(start, 1), blockAt(start + 10s, 11, {"peter"}), blockAt(start + 20s, 21)}, {})
                .has_value());
    QVERIFY(m_store
                ->append({blockAt(start + 40s, 31, {"colin", "peter"}), blockAt(start + 30s, 41),
                          blockAt(start + 50s, 51), blockAt(start + 50s, 61, {"peter"})},
                         {})
                .has_value());
    const auto find = [this](const BlockQuery& query, int limit = 100) {
        return sequencesOf(m_store->find(query, limit));
    };
    QCOMPARE(find({}), (Sequences{61, 51, 31, 41, 21, 11, 1}));
    QCOMPARE(find({}, 2), (Sequences{61, 51}));
    QCOMPARE(find({.owner = "peter"}), (Sequences{61, 31, 11}));
    QCOMPARE(find({.owner = "nobody"}), Sequences{});
    QCOMPARE(find({.notAfter = BlockPosition{start + 50s, 51}}), (Sequences{51, 31, 41, 21, 11, 1}));
    QCOMPARE(find({.notAfter = BlockPosition{start + 50s, 50}}), (Sequences{31, 41, 21, 11, 1}));
    QCOMPARE(find({.owner = "peter", .notAfter = BlockPosition{start + 40s, 30}}), (Sequences{11}));
    QCOMPARE(find({.from = start + 30s}), (Sequences{61, 51, 31, 41}));
    QCOMPARE(find({.from = start + 31s}), (Sequences{61, 51, 31, 41})); // 41 ends at that time
    QCOMPARE(find({.from = start + 31001ms}), (Sequences{61, 51, 31}));
    QCOMPARE(find({.to = start + 10s}), (Sequences{1}));
    QCOMPARE(find({.to = start + 10001ms}), (Sequences{11, 1}));
    QCOMPARE(find({.from = start + 15s, .to = start + 35s, .owner = "colin"}), (Sequences{41, 21}));
    QCOMPARE(find({.from = start + 1h}), Sequences{});
}

void RecordBlockStoreTest::gapsAndLastSequence()
{
    const RecordGap first{11, 5, start, "crash"};
    const RecordGap second{26, 100, start + 1s, "dropped"};
    QVERIFY(m_store->append({blockAt(start, 1)}, {first}).has_value());
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{15});
    QVERIFY(m_store->append({blockAt(start, 16)}, {}).has_value());
    QVERIFY(m_store->append({}, {second}).has_value());
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{125});
    QVERIFY(*m_store->gaps(10) == (std::vector<RecordGap>{second, first}));
    QVERIFY(*m_store->gaps(1) == (std::vector<RecordGap>{second}));
}

void RecordBlockStoreTest::goesOnAfterASequence()
{
    // Gaps before, within and behind blocks; the clock went back before the last block.
    RecordBlock holed = blockAt(start + 10s, 16);
    holed.count = 8;
    QVERIFY(m_store->append({blockAt(start + 5s, 4)}, {{1, 3, start, "crash"}}).has_value());
    QVERIFY(m_store->append({holed}, {{14, 2, start, "dropped"}, {20, 2, start, "dropped"}}).has_value());
    QVERIFY(m_store->append({blockAt(start, 26)}, {{36, 5, start, "dropped"}}).has_value());

    const auto all = m_store->after(0, 10);
    QCOMPARE(sequencesOf(all->blocks), (Sequences{4, 16, 26}));
    QVERIFY(all->blocks.front().bytes == blockAt(start + 5s, 4).bytes);
    QCOMPARE(all->blocks.front().lastSequence, std::uint64_t{13});
    QCOMPARE(all->gaps.size(), std::size_t{4});
    QCOMPARE(all->through, std::uint64_t{40});
    QCOMPARE(all->lastSequence, std::uint64_t{40});
    QVERIFY(all->lastTime == start + 1s);

    const auto within = m_store->after(20, 1);
    QCOMPARE(sequencesOf(within->blocks), (Sequences{16}));
    QCOMPARE(within->through, std::uint64_t{25});
    QCOMPARE(within->gaps.size(), std::size_t{1});
    QCOMPARE(within->gaps.front().firstSequence, std::uint64_t{20});

    const auto behind = m_store->after(25, 10);
    QCOMPARE(sequencesOf(behind->blocks), (Sequences{26}));
    QCOMPARE(behind->gaps.size(), std::size_t{1});
    QVERIFY(m_store->after(37, 10)->blocks.empty());
    QCOMPARE(m_store->after(37, 10)->gaps.front().firstSequence, std::uint64_t{36});
    QCOMPARE(m_store->after(40, 10)->through, std::uint64_t{40});
    QVERIFY(m_store->after(40, 10)->gaps.empty());

    const auto lostItsEnd = m_store->after(50, 10);
    QCOMPARE(lostItsEnd->through, std::uint64_t{50});
    QCOMPARE(lostItsEnd->lastSequence, std::uint64_t{40});
}

void RecordBlockStoreTest::toldApartFromALogBegunAnew()
{
    QVERIFY(m_store->append({blockAt(start, 1)}, {}).has_value());
    const std::string log = m_store->after(0, 1)->log;
    QVERIFY(!log.empty());
    QCOMPARE(m_store->after(5, 1)->log, log);
    if (auto* memory = dynamic_cast<test::MemoryRecordBlockStore*>(m_store.get())) {
        memory->beginAnew("another");
    } else {
        m_store = open();
        QCOMPARE(m_store->after(0, 1)->log, log);
        m_store.reset();
        QVERIFY(QFile::remove(QString::fromStdString(path())));
        m_store = open();
    }
    QVERIFY(m_store->after(0, 1)->log != log);
    QVERIFY(m_store->after(0, 1)->blocks.empty());
}

void RecordBlockStoreTest::appendIsAllOrNothing()
{
    QFETCH_GLOBAL(bool, onDisk);
    if (!onDisk) QSKIP("has nothing that could fail half-way");
    QVERIFY(m_store->append({blockAt(start, 1)}, {}).has_value());
    QVERIFY(!m_store->append({blockAt(start, 11), blockAt(start, 1)}, {}).has_value()); // 1 is there already
    QCOMPARE(sequencesOf(m_store->find({}, 10)), (Sequences{1}));
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{10});
}

void RecordBlockStoreTest::retainByAge()
{
    for (std::uint64_t i = 0; i < 200; ++i) {
        QVERIFY(m_store->append({blockAt(start + std::chrono::hours(i), i * 10 + 1)}, {}).has_value());
    }
    QVERIFY(m_store->append({}, {{5000, 1, start, "crash"}, {6000, 1, start + 500h, "crash"}}).has_value());
    const auto removed = m_store->retain(start + 150h, std::nullopt);
    QCOMPARE(removed->blocks, std::uint64_t{150});
    QCOMPARE(removed->records, std::uint64_t{1500});
    QCOMPARE(m_store->statistics()->blocks, std::uint64_t{50});
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{6000});
    QCOMPARE(sequencesOf(m_store->find({.owner = "colin"}, 1000)).back(), std::uint64_t{1501});
    QCOMPARE(m_store->gaps(10)->size(), std::size_t{1});
    QCOMPARE(m_store->retain(start + 150h, std::nullopt)->blocks, std::uint64_t{0});
    QCOMPARE(m_store->retain(std::nullopt, std::nullopt)->blocks, std::uint64_t{0});
}

void RecordBlockStoreTest::retainBySize()
{
    constexpr std::size_t size = 64 * 1024;
    for (std::uint64_t i = 0; i < 300; ++i) {
        QVERIFY(
            m_store->append({blockAt(start + std::chrono::minutes(i), i * 10 + 1, {"colin"}, size)}, {}).has_value());
    }
    constexpr std::uint64_t wanted = 8 * 1024 * 1024;
    QVERIFY(m_store->statistics()->bytes > wanted);
    const auto removed = m_store->retain(std::nullopt, wanted);
    QVERIFY(removed->blocks > 150);
    const auto statistics = m_store->statistics();
    QVERIFY(statistics->bytes <= wanted);
    QVERIFY(statistics->bytes + 2 * size > wanted);                 // and not one more than had to
    QCOMPARE(sequencesOf(m_store->find({}, 1)), (Sequences{2991})); // the oldest went
    QFETCH_GLOBAL(bool, onDisk);
    if (onDisk) QVERIFY(QFileInfo(QString::fromStdString(path())).size() <= static_cast<qint64>(wanted) + 65536);
}

void RecordBlockStoreTest::reopens()
{
    QFETCH_GLOBAL(bool, onDisk);
    if (!onDisk) QSKIP("lives in memory");
    QVERIFY(m_store->append({blockAt(start, 1)}, {{11, 2, start, "crash"}}).has_value());
    m_store.reset();
    m_store = open();
    QCOMPARE(sequencesOf(m_store->find({}, 10)), (Sequences{1}));
    QCOMPARE(m_store->statistics()->lastSequence, std::uint64_t{12});
    QCOMPARE(m_store->gaps(10)->size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(RecordBlockStoreTest)
#include "recordblockstoretest.moc"
