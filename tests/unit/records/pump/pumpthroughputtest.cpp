// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many records a second come from the log to csv files, and what processor time each takes. Prints; judges no time.
#include "../recordsamples.h"
#include "records/decisionlog.h"
#include "records/pump/pump.h"
#include "records/sinks/makesink.h"
#include "store/sql/sqlpumpstore.h"
#include "store/sql/sqlrecordblockstore.h"
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <ctime>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

double processSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

SinkConfig csvSink(const std::string& folder)
{
    SinkConfig config;
    config.name = config.type = "csv";
    ConfigValue place;
    place.scalar = folder;
    config.meta["csv_dir"] = place;
    return config;
}

} // namespace

class PumpThroughputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void toCsv_data();
    void toCsv();
};

void PumpThroughputTest::toCsv_data()
{
    QTest::addColumn<bool>("masked");
    QTest::newRow("as they are") << false;
    QTest::newRow("subject and an address hashed") << true;
}

void PumpThroughputTest::toCsv()
{
    QFETCH(bool, masked);
    constexpr std::uint64_t count = 200'000;
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const SystemClock clock;
    const SystemMachineClock machine;
    const auto log = store::sql::openSqlRecordBlockStore({.path = path + "/records.db", .synchronous = false});
    const auto store = store::sql::openSqlPumpStore({.path = path + "/pump.db", .synchronous = false});
    const auto letters = DeadLetterFile::open({path + "/dead"}, clock);
    QVERIFY(log && store && letters);
    {
        DecisionLogConfig config;
        config.sequencePath = path + "/records.seq";
        config.maxQueueBytes = std::size_t{1} << 30;
        const auto writer = DecisionLog::open(config, **log, clock);
        for (std::uint64_t i = 0; i < count; ++i)
            QVERIFY((*writer)->append(test::sampleRecord(clock.now(), static_cast<int>(i))).has_value());
        QVERIFY((*writer)->flush().has_value());
    }
    SinkConfig config = csvSink(path + "/csv");
    if (masked) config.maskFields = {"subject", "context.remoteIP"};
    auto key = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString("a key"));
    std::vector<SinkSetup> sinks;
    sinks.push_back({config, *RecordShape::make(config, std::make_shared<const crypto::HmacKey>(std::move(*key))),
                     std::move(*makeSink(config, "node"))});
    PumpConfig pumpConfig;
    pumpConfig.source = "records";
    Pump pump(pumpConfig, {**log, **store, **letters, machine, clock}, std::move(sinks));
    QElapsedTimer timer;
    timer.start();
    const double before = processSeconds();
    pump.start();
    QVERIFY(QTest::qWaitFor([&pump] { return pump.settledByAll() >= count; }, 60'000));
    const double used = processSeconds() - before;
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    QCOMPARE(pump.status().front().position.taken, count);
    pump.stop();
    qInfo("%llu records in %.2f s (%.0f a second); %.2f s of processor time (%.0f a second on one)",
          static_cast<unsigned long long>(count), seconds, count / seconds, used, count / used);
}

QTEST_GUILESS_MAIN(PumpThroughputTest)
#include "pumpthroughputtest.moc"
