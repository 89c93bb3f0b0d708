// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlpumpstore.h"
#include "support/memorypumpstore.h"
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace std::chrono_literals;
using contract::SinkPosition;
using contract::SinkStatus;

/// The promise of PumpStore, asked of every engine.
class PumpStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void oneHolderAtATime();
    void termsEndWithTheMachine();
    void positionsComeBack();
    void savesOnlyForTheHolder();
    void reports();

private:
    std::unique_ptr<store::PumpStore> m_store;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

store::MachineTime at(std::chrono::milliseconds since, const std::string& boot = "boot-1")
{
    return {boot, since};
}

} // namespace

void PumpStoreTest::initTestCase_data()
{
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

void PumpStoreTest::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QFETCH_GLOBAL(bool, onDisk);
    if (onDisk) {
        auto opened = store::sql::openSqlPumpStore({.path = m_folder->filePath(u"pump.db"_qs).toStdString()});
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().detail.c_str());
        m_store = std::move(*opened);
    } else {
        m_store = std::make_unique<test::MemoryPumpStore>();
    }
}

void PumpStoreTest::oneHolderAtATime()
{
    QCOMPARE(*m_store->takeLease("records", "a", at(1000ms), 500ms), true);
    QCOMPARE(*m_store->takeLease("records", "b", at(1200ms), 500ms), false);
    QCOMPARE(*m_store->takeLease("legacy", "b", at(1200ms), 500ms), true);
    QCOMPARE(*m_store->takeLease("records", "a", at(1400ms), 500ms), true); // until 1900
    QCOMPARE(*m_store->takeLease("records", "b", at(1899ms), 500ms), false);
    QCOMPARE(*m_store->takeLease("records", "b", at(1900ms), 500ms), true);
    QCOMPARE(*m_store->takeLease("records", "a", at(1901ms), 500ms), false);
    QVERIFY(m_store->dropLease("records", "a").has_value()); // not his
    QCOMPARE(*m_store->takeLease("records", "a", at(1902ms), 500ms), false);
    QVERIFY(m_store->dropLease("records", "b").has_value());
    QCOMPARE(*m_store->takeLease("records", "a", at(1903ms), 500ms), true);
    QVERIFY(m_store->dropLeases().has_value());
    QCOMPARE(*m_store->takeLease("records", "c", at(1904ms), 500ms), true);
    QCOMPARE(*m_store->takeLease("legacy", "c", at(1904ms), 500ms), true);
}

void PumpStoreTest::termsEndWithTheMachine()
{
    QCOMPARE(*m_store->takeLease("records", "a", at(1000s), 10s), true);
    QCOMPARE(*m_store->takeLease("records", "b", at(5s, "boot-2"), 10s), true);
    // Where the kernel does not name its starts: no term can reach so far ahead.
    QCOMPARE(*m_store->takeLease("legacy", "a", at(1000s, ""), 10s), true);
    QCOMPARE(*m_store->takeLease("legacy", "b", at(5s, ""), 10s), true);
}

void PumpStoreTest::positionsComeBack()
{
    QVERIFY(m_store->takeLease("records", "a", at(0ms), 1s).has_value());
    QVERIFY(!m_store->position("records", "csv")->has_value());
    SinkPosition position{"log", 3, 100, 80, 5, 7, {{"crash", 4}, {"damaged", 1}}};
    QVERIFY(m_store->save("records", "csv", "a", position).has_value());
    QVERIFY(**m_store->position("records", "csv") == position);
    position.sequence = 120;
    position.holes = {{"retention", 20}};
    QVERIFY(m_store->save("records", "csv", "a", position).has_value());
    QVERIFY(**m_store->position("records", "csv") == position);
    QVERIFY(!m_store->position("legacy", "csv")->has_value());
    QVERIFY(!m_store->position("records", "sql")->has_value());
}

void PumpStoreTest::savesOnlyForTheHolder()
{
    const auto refused = m_store->save("records", "csv", "a", {});
    QVERIFY(!refused && refused.error().code == Code::ObjectChanged);
    QVERIFY(m_store->takeLease("records", "a", at(0ms), 1s).has_value());
    QVERIFY(m_store->save("records", "csv", "a", {"log", 0, 1, 1, 0, 0, {}}).has_value());
    QVERIFY(m_store->takeLease("records", "b", at(2s), 1s).has_value());
    const auto late = m_store->save("records", "csv", "a", {"log", 0, 2, 2, 0, 0, {}});
    QVERIFY(!late && late.error().code == Code::ObjectChanged);
    QCOMPARE((*m_store->position("records", "csv"))->sequence, std::uint64_t{1});
    QVERIFY(m_store->save("records", "csv", "b", {"log", 0, 2, 2, 0, 0, {}}).has_value());
}

void PumpStoreTest::reports()
{
    QVERIFY(m_store->reports()->empty());
    QVERIFY(m_store->takeLease("records", "a", at(0ms), 1s).has_value());
    const SinkPosition position{"log", 0, 9, 8, 0, 0, {{"crash", 1}}};
    QVERIFY(m_store->save("records", "sql", "a", position).has_value());
    const TimePoint now(1'700'000'000'000ms);
    const SinkStatus sql{"records", "sql",    "sql", "retrying", position, 4,      1500ms, 7, "connection refused",
                         now,       now + 1s, "n1",  now - 5s,   now + 2s, "/dead"};
    const SinkStatus csv{"records", "csv", "csv", "running", {}, 0, 0ms, 0, "", {}, now};
    const SinkStatus old{"legacy", "csv", "csv", "running", {}, 0, 0ms, 0, "", {}, now};
    QVERIFY(m_store->report("records", {sql, csv}).has_value());
    QVERIFY(m_store->report("legacy", {old}).has_value());
    QVERIFY((*m_store->reports() == std::vector<SinkStatus>{old, csv, sql}));
    // What was settled since then waits no more.
    QVERIFY(m_store->save("records", "sql", "a", {"log", 0, 12, 11, 0, 0, {{"crash", 1}}}).has_value());
    QCOMPARE(m_store->reports()->back().lagRecords, std::uint64_t{1});
    QVERIFY(m_store->save("records", "sql", "a", {"log", 0, 15, 14, 0, 0, {{"crash", 1}}}).has_value());
    QCOMPARE(m_store->reports()->back().lagRecords, std::uint64_t{0});
    QVERIFY(m_store->report("records", {csv}).has_value());
    QVERIFY((*m_store->reports() == std::vector<SinkStatus>{old, csv}));
}

QTEST_GUILESS_MAIN(PumpStoreTest)
#include "pumpstoretest.moc"
