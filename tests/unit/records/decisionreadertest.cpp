// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/decisionreader.h"
#include "records/blockcodec.h"
#include "records/decisionlog.h"
#include "recordsamples.h"
#include "support/memoryrecordblockstore.h"
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::records;
using namespace iam::test;
using namespace std::chrono_literals;
using contract::DecisionRecord;
using contract::RecordFilter;

namespace {

Result<std::vector<unsigned char>> packAll(const std::vector<DecisionRecord>& records)
{
    std::vector<std::string> packed;
    for (const DecisionRecord& record : records) packRecord(record, packed.emplace_back());
    return BlockPacker().pack(std::vector<std::string_view>(packed.begin(), packed.end()));
}

} // namespace

class DecisionReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyStore();
    void filters_data();
    void filters();
    void pagesJoinWithoutSeam();
    void pagesStandStillWhileRecordsArrive();
    void limitIsBounded();
    void badCursors_data();
    void badCursors();
    void rareMatchesTakeSeveralCalls();
    void readsNoMoreBlocksThanNeeded();
    void passesOverDamagedBlocks();
    void damagedBytesAreRefused();
    void recordsWithoutASnapshotAreRead();
    void blocksOfTheFirstVersionAreRead();
    void requestIdsComeBackAsTheyWere_data();
    void requestIdsComeBackAsTheyWere();
    void unpackingIsBounded();

private:
    void fill(int count, std::size_t perBlock);

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemoryRecordBlockStore> m_store;
    std::vector<DecisionRecord> m_records; ///< newest first
};

void DecisionReaderTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<MemoryRecordBlockStore>();
    m_records.clear();
}

// One record a second, of three owners in turn.
void DecisionReaderTest::fill(int count, std::size_t perBlock)
{
    DecisionLogConfig config;
    config.sequencePath = m_folder->filePath(u"records.seq"_qs).toStdString();
    config.blockRecords = perBlock;
    config.linger = 1h;
    config.pieceBytes = 64 * 1024 * 1024; // full blocks
    const auto log = DecisionLog::open(config, *m_store, m_clock);
    for (int i = 0; i < count; ++i) {
        const char* const owners[] = {"colin", "peter", "ken"};
        auto record = sampleRecord(m_clock.now(), i, owners[i % 3]);
        record.sequence = m_records.empty() ? 1 : m_records.front().sequence + 1;
        QVERIFY((*log)->append(DecisionRecord(record)).has_value());
        m_records.insert(m_records.begin(), record);
        m_clock.advance(1s);
    }
    QVERIFY((*log)->flush().has_value());
}

void DecisionReaderTest::emptyStore()
{
    DecisionReader reader(*m_store);
    const auto page = reader.query({}, {}, 100);
    QVERIFY(page.has_value());
    QVERIFY(page->items.empty());
    QVERIFY(page->next.empty());
}

void DecisionReaderTest::filters_data()
{
    using Check = std::function<bool(const DecisionRecord&)>;
    QTest::addColumn<RecordFilter>("filter");
    QTest::addColumn<Check>("check");
    const auto row = [](const char* name, auto set, Check check) {
        RecordFilter filter;
        set(filter);
        QTest::newRow(name) << filter << check;
    };
    const TimePoint start(std::chrono::milliseconds(1'700'000'000'000));
    row(
        "none", [](RecordFilter&) {}, [](const DecisionRecord&) { return true; });
    row(
        "from", [=](RecordFilter& f) { f.from = start + 150s; }, [=](const auto& r) { return r.time >= start + 150s; });
    row(
        "to", [=](RecordFilter& f) { f.to = start + 150s; }, [=](const auto& r) { return r.time < start + 150s; });
    row(
        "from and to",
        [=](RecordFilter& f) {
            f.from = start + 100s;
            f.to = start + 101s;
        },
        [=](const auto& r) { return r.time == start + 100s; });
    row(
        "to before from",
        [=](RecordFilter& f) {
            f.from = start + 100s;
            f.to = start;
        },
        [](const auto&) { return false; });
    row(
        "owner", [](RecordFilter& f) { f.owner = "ken"; }, [](const auto& r) { return r.owner == "ken"; });
    row(
        "unknown owner", [](RecordFilter& f) { f.owner = "ke"; }, [](const auto&) { return false; });
    row(
        "subject", [](RecordFilter& f) { f.subject = "users:peter"; }, [](const auto&) { return true; });
    row(
        "part of a subject", [](RecordFilter& f) { f.subject = "users"; }, [](const auto&) { return false; });
    row(
        "action", [](RecordFilter& f) { f.action = "delete"; }, [](const auto& r) { return r.action == "delete"; });
    row(
        "resource", [](RecordFilter& f) { f.resource = "resources:articles:7"; },
        [](const auto& r) { return r.resource == "resources:articles:7"; });
    row(
        "allowed", [](RecordFilter& f) { f.allowed = true; }, [](const auto& r) { return r.allowed; });
    row(
        "denied", [](RecordFilter& f) { f.allowed = false; }, [](const auto& r) { return !r.allowed; });
    row(
        "text", [](RecordFilter& f) { f.text = "ARTICLES:19"; },
        [](const auto& r) { return r.resource.find("articles:19") != std::string::npos; });
    row(
        "text in the context", [](RecordFilter& f) { f.text = "192.168"; }, [](const auto&) { return true; });
    row(
        "text in the deciders", [](RecordFilter& f) { f.text = "Policy-B"; }, [](const auto& r) { return r.allowed; });
    row(
        "text in the reason", [](RecordFilter& f) { f.text = "by default"; }, [](const auto& r) { return !r.allowed; });
    row(
        "text of a request id", [](RecordFilter& f) { f.text = "9d3e-100000000042"; },
        [](const auto& r) { return r.resource == "resources:articles:42"; });
    row(
        "text nowhere", [](RecordFilter& f) { f.text = "nowhere"; }, [](const auto&) { return false; });
    row(
        "actor does not restrict", [](RecordFilter& f) { f.actor = "admin"; }, [](const auto&) { return true; });
    row(
        "together",
        [](RecordFilter& f) {
            f.owner = "peter";
            f.action = "read";
            f.allowed = false;
        },
        [](const auto& r) { return r.owner == "peter" && r.action == "read" && !r.allowed; });
}

void DecisionReaderTest::filters()
{
    QFETCH(RecordFilter, filter);
    using Check = std::function<bool(const DecisionRecord&)>;
    QFETCH(Check, check);
    fill(300, 40);
    DecisionReader reader(*m_store);
    std::vector<DecisionRecord> expected;
    std::copy_if(m_records.begin(), m_records.end(), std::back_inserter(expected), check);
    const auto page = reader.query(filter, {}, 1000);
    QVERIFY(page.has_value());
    QCOMPARE(page->items.size(), expected.size());
    QVERIFY(page->items == expected);
    QVERIFY(page->next.empty());
}

void DecisionReaderTest::pagesJoinWithoutSeam()
{
    fill(100, 7);
    DecisionReader reader(*m_store);
    for (const int limit : {1, 3, 7, 14, 50, 99, 100, 101}) {
        std::vector<DecisionRecord> records;
        std::string cursor;
        int calls = 0;
        do {
            const auto page = reader.query({}, cursor, limit);
            QVERIFY(page.has_value());
            QVERIFY(page->items.size() <= static_cast<std::size_t>(limit));
            records.insert(records.end(), page->items.begin(), page->items.end());
            cursor = page->next;
            QVERIFY(++calls <= 101);
        } while (!cursor.empty());
        QVERIFY(records == m_records);
        QCOMPARE(calls, (100 + limit - 1) / limit); // no empty page at the end
    }
}

void DecisionReaderTest::pagesStandStillWhileRecordsArrive()
{
    fill(50, 7);
    DecisionReader reader(*m_store);
    const auto before = m_records;
    const auto first = reader.query({}, {}, 20);
    fill(50, 7);
    const auto second = reader.query({}, first->next, 100);
    QCOMPARE(second->items.size(), std::size_t{30});
    QVERIFY(second->items.front() == before[20]);
    QVERIFY(second->items.back() == before.back());
    // The block in which the page ended is gone: it goes on with the next older one.
    QVERIFY(m_store->retain(before[20].time, std::nullopt).has_value());
    QVERIFY(reader.query({}, first->next, 100).has_value());
}

void DecisionReaderTest::limitIsBounded()
{
    fill(1100, 512);
    DecisionReader reader(*m_store);
    QCOMPARE(reader.query({}, {}, 0)->items.size(), std::size_t{1});
    QCOMPARE(reader.query({}, {}, -5)->items.size(), std::size_t{1});
    QCOMPARE(reader.query({}, {}, 100000)->items.size(), std::size_t{1000});
}

void DecisionReaderTest::badCursors_data()
{
    QTest::addColumn<QByteArray>("cursor");
    for (const char* text : {"x", "1", "1.2", "1.2.", "1.2.3.4", "1.2.3 ", " 1.2.3", "1.-2.3",
                             "1.2.99999999999999999999", "1.18446744073709551615.3", "..", "a.b.c"}) {
        QTest::newRow(text) << QByteArray(text);
    }
    QTest::newRow("long") << QByteArray(10000, '1');
}

void DecisionReaderTest::badCursors()
{
    QFETCH(QByteArray, cursor);
    DecisionReader reader(*m_store);
    const auto page = reader.query({}, cursor.toStdString(), 10);
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().code, Code::Bind);
    QCOMPARE(page.error().faults.size(), std::size_t{1});
    QCOMPARE(page.error().faults.front().field, "cursor");
}

void DecisionReaderTest::rareMatchesTakeSeveralCalls()
{
    fill(200, 1);
    DecisionReader reader(*m_store);
    RecordFilter filter;
    filter.resource = "resources:articles:3";
    std::string cursor;
    std::vector<DecisionRecord> found;
    int calls = 0;
    do {
        const int readBefore = m_store->blocksRead();
        const auto page = reader.query(filter, cursor, 10);
        QVERIFY(m_store->blocksRead() - readBefore <= 70); // a call has an end
        found.insert(found.end(), page->items.begin(), page->items.end());
        cursor = page->next;
        QVERIFY(++calls < 10);
    } while (!cursor.empty());
    QVERIFY(calls > 1);
    QCOMPARE(found.size(), std::size_t{1});
}

void DecisionReaderTest::readsNoMoreBlocksThanNeeded()
{
    fill(600, 10);
    DecisionReader reader(*m_store);
    QCOMPARE(reader.query({}, {}, 9)->items.size(), std::size_t{9});
    QCOMPARE(m_store->blocksRead(), 1);
    RecordFilter filter;
    filter.to = m_records[500].time;
    QCOMPARE(reader.query(filter, {}, 5)->items.front().sequence, m_records[501].sequence);
    QVERIFY(m_store->blocksRead() <= 1 + 5);
    filter = {};
    filter.owner = "nobody";
    const int before = m_store->blocksRead();
    QVERIFY(reader.query(filter, {}, 5)->items.empty());
    QCOMPARE(m_store->blocksRead(), before);
}

void DecisionReaderTest::passesOverDamagedBlocks()
{
    fill(30, 10);
    const auto blocks = m_store->find({}, 10);
    m_store->damage((*blocks)[1].position);
    DecisionReader reader(*m_store);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"records 11 to 20 is passed over"_qs));
    for (int i = 0; i < 2; ++i) { // logged and counted once
        const auto page = reader.query({}, {}, 100);
        QVERIFY(page.has_value());
        QCOMPARE(page->items.size(), std::size_t{20});
        QCOMPARE(page->items.front().sequence, std::uint64_t{30});
        QCOMPARE(page->items.back().sequence, std::uint64_t{1});
        QCOMPARE(reader.damagedBlocks(), std::uint64_t{1});
    }
}

void DecisionReaderTest::damagedBytesAreRefused()
{
    std::vector<DecisionRecord> records;
    for (int i = 0; i < 20; ++i) records.push_back(sampleRecord(m_clock.now(), i));
    const auto packed = packAll(records);
    QVERIFY(packed.has_value());
    QVERIFY(*unpackBlock(*packed) == records);
    for (std::size_t i = 0; i < packed->size(); ++i) {
        auto changed = *packed;
        changed[i] ^= 0x41;
        const auto unpacked = unpackBlock(changed);
        // A changed byte that nobody reads may leave the records as they were, but never others.
        QVERIFY(!unpacked || *unpacked == records);
        changed.resize(i);
        QVERIFY(!unpackBlock(changed).has_value());
    }
}

/// Blocks of older versions have records without the last member.
void DecisionReaderTest::recordsWithoutASnapshotAreRead()
{
    DecisionRecord record = sampleRecord(m_clock.now());
    record.snapshot = 0; // one byte, the last one
    std::string older;
    packRecord(record, older);
    older.front() = static_cast<char>(older.front() - 1); // an array of one less
    older.pop_back();
    record.snapshot = 7;
    std::string newer;
    packRecord(record, newer);
    const auto packed = BlockPacker().pack(std::vector<std::string_view>{older, newer});
    QVERIFY(packed.has_value());
    const auto unpacked = unpackBlock(*packed);
    QVERIFY(unpacked.has_value());
    QCOMPARE(unpacked->size(), std::size_t{2});
    QCOMPARE(unpacked->back().snapshot, std::uint64_t{7});
    QVERIFY(unpacked->back() == record);
    record.snapshot = 0;
    QVERIFY(unpacked->front() == record);
}

/// As the first release stored it, request id as text.
void DecisionReaderTest::blocksOfTheFirstVersionAreRead()
{
    const QByteArray stored = QByteArray::fromHex(
        "28b52ffd24ba8d0500024b292b90296dff0f9aff8aefe715291483814c89a7b5a3a5040b64b9a5bd588590ddc595bddb911232b6710548"
        "0b010c82d39c7cd1959bf3176aa4e7906a6ca1f44f41064a534a7a51e0610ee7e130a1d00dfb9958efe3a619bd9a274b79e2063c49cf1b"
        "7601c167cbfced047f1aced873542dcdb299f6e64a51b5332e10ff2269be11e297b7b1f82fe3f9fccb4f080cb1a3b1f720a25266c60789"
        "850a0007592c28908607c2100200a21a2402d7740273bbc128");
    const auto unpacked =
        unpackBlock({reinterpret_cast<const unsigned char*>(stored.data()), static_cast<std::size_t>(stored.size())});
    QVERIFY(unpacked.has_value());
    QCOMPARE(unpacked->size(), std::size_t{1});
    const DecisionRecord& record = unpacked->front();
    QCOMPARE(record.subject, std::string("groups:admins"));
    QCOMPARE(record.resource, std::string("resources:articles:ladon-introduction-195510"));
    QCOMPARE(record.requestId, std::string("a92b37bf-b9e2-4573-8920-4edd831a9c87"));
    QCOMPARE(record.snapshot, std::uint64_t{12});
}

void DecisionReaderTest::requestIdsComeBackAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("shortened"); // stored in 16 bytes
    const auto add = [](const char* id, bool shortened) { QTest::newRow(id) << QByteArray(id) << shortened; };
    add("a92b37bf-b9e2-4573-8920-4edd831a9c87", true);
    add("00000000-0000-0000-0000-000000000000", true);
    add("ffffffff-ffff-ffff-ffff-ffffffffffff", true);
    add("A92B37BF-B9E2-4573-8920-4EDD831A9C87", false);
    add("a92b37bf-b9e2-4573-8920-4edd831a9c8g", false);
    add("a92b37bf-b9e2-4573-8920-4edd831a9c8", false);
    add("a92b37bf-b9e2-4573-8920-4edd831a9c870", false);
    add("a92b37bfb9e2-4573-8920-4edd831a9c87-a", false);
    add("a92b37bf-b9e2-4573-8920+4edd831a9c87", false);
    add("------------------------------------", false);
    add("abcdefghijklmnop", false); // 16 characters that are no UUID
    add("", false);
}

void DecisionReaderTest::requestIdsComeBackAsTheyWere()
{
    QFETCH(QByteArray, id);
    QFETCH(bool, shortened);
    DecisionRecord record = sampleRecord(m_clock.now());
    record.requestId = id.toStdString();
    std::string packed;
    packRecord(record, packed);
    QCOMPARE(packed.find(record.requestId) == std::string::npos, shortened);
    const auto block = packAll({record, record});
    QVERIFY(block.has_value());
    const auto unpacked = unpackBlock(*block);
    QVERIFY(unpacked.has_value());
    QVERIFY(*unpacked == std::vector({record, record}));
}

void DecisionReaderTest::unpackingIsBounded()
{
    // Frame headers (RFC 8878, 3.1.1) that promise 16 EiB, and no size at all.
    const std::vector<unsigned char> huge = {0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xff, 0xff, 0xff,
                                             0xff, 0xff, 0xff, 0xff, 0x0f, 0x01, 0x00, 0x00};
    const std::vector<unsigned char> unknown = {0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x01, 0x00, 0x00};
    QCOMPARE(unpackBlock(huge).error().code, Code::DecodingFailed);
    QCOMPARE(unpackBlock(unknown).error().code, Code::DecodingFailed);
    QCOMPARE(unpackBlock({}).error().code, Code::DecodingFailed);

    DecisionRecord record = sampleRecord(m_clock.now());
    record.context = std::string(maxUnpackedBlock + 1, 'x');
    QCOMPARE(packAll({record}).error().code, Code::EncodingFailed);
}

QTEST_GUILESS_MAIN(DecisionReaderTest)
#include "decisionreadertest.moc"
