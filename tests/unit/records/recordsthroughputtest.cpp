// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a record costs the one who decides, and how many a second reach the disk. Prints; judges no time.
#include "records/decisionlog.h"
#include "recordsamples.h"
#include "store/sql/sqlrecordblockstore.h"
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::records;
using namespace iam::store::sql;

class RecordsThroughputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throughput();

private:
    const SystemClock m_clock;
};

void RecordsThroughputTest::throughput()
{
    const QTemporaryDir folder;
    auto store = openSqlRecordBlockStore({.path = folder.filePath(u"records.db"_qs).toStdString()});
    QVERIFY(store.has_value());
    DecisionLogConfig config;
    config.sequencePath = folder.filePath(u"records.seq"_qs).toStdString();
    config.maxQueueBytes = std::size_t{1} << 30;
    const auto log = DecisionLog::open(config, **store, m_clock);
    constexpr int count = 200000;
    std::vector<contract::DecisionRecord> records;
    records.reserve(count);
    for (int i = 0; i < count; ++i) records.push_back(test::sampleRecord(m_clock.now(), i));
    QElapsedTimer timer;
    timer.start();
    for (auto& record : records) (void)(*log)->append(std::move(record));
    const double appended = static_cast<double>(timer.nsecsElapsed());
    QVERIFY((*log)->flush().has_value());
    const double stored = static_cast<double>(timer.nsecsElapsed());
    const auto statistics = (*store)->statistics();
    QCOMPARE(statistics->records, std::uint64_t{count});
    qInfo("%d records: append %.0f ns each, stored after %.2f s (%.0f a second), %.1f bytes each on disk", count,
          appended / count, stored / 1e9, count / (stored / 1e9), static_cast<double>(statistics->bytes) / count);
}

QTEST_GUILESS_MAIN(RecordsThroughputTest)
#include "recordsthroughputtest.moc"
