// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a pump makes of long troubles: a receiver that is away for an hour, retention that does not wait, a full disk.
#include "pumpsamples.h"
#include "records/pump/pump.h"
#include "records/sinks/makesink.h"
#include "support/csvrows.h"
#include "support/manualclock.h"
#include "support/memorypumpstore.h"
#include "support/memoryrecordblockstore.h"
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <numeric>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;
using iam::test::packedBlock;
using iam::test::SinkScript;

namespace {

using Counts = std::map<std::string, std::uint64_t>;

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last)
{
    std::vector<std::uint64_t> numbers(last - first + 1);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

/// A pump with one sink, and all it works with.
class Rig {
public:
    Rig() { letters = *DeadLetterFile::open({folder.filePath(QStringLiteral("dead")).toStdString()}, clock); }
    void begin(std::unique_ptr<Sink> sink, RetentionLimits retention = {})
    {
        SinkConfig sinkConfig;
        sinkConfig.name = sinkConfig.type = "csv";
        sinkConfig.timeout = 1s;
        std::vector<SinkSetup> sinks;
        sinks.push_back({sinkConfig, *RecordShape::make(sinkConfig, nullptr), std::move(sink)});
        PumpConfig config;
        config.source = "records";
        config.beat = 10ms;
        config.pace = {1ms, 5ms, 2ms, 16};
        config.retention = retention;
        pump = std::make_unique<Pump>(std::move(config), Pump::Parts{log, store, *letters, machine, clock},
                                      std::move(sinks));
        pump->start();
    }
    void append(std::uint64_t first, std::uint64_t last)
    {
        QVERIFY(log.append({packedBlock(first, last)}, {}).has_value());
    }
    [[nodiscard]] contract::SinkStatus status() const { return pump->status().front(); }
    bool await(std::uint64_t sequence) { return store.await("records", "csv", sequence); }

    QTemporaryDir folder;
    test::MemoryRecordBlockStore log;
    test::MemoryPumpStore store;
    test::ManualClock clock;
    const SystemMachineClock machine;
    std::unique_ptr<DeadLetterFile> letters;
    std::unique_ptr<Pump> pump; ///< the last member: it uses the others
};

void setFileLimit(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

/// Why there is no small disk at the folder; empty when there is one.
std::string mountFault(const std::string& folder)
{
    // Mounts of one's own: whatever happens to this process, nothing stays mounted.
    if (::unshare(CLONE_NEWNS) != 0) return std::strerror(errno);
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return std::strerror(errno);
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=256k,mode=0700") != 0) return std::strerror(errno);
    return {};
}

} // namespace

class PumpHardshipsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReceiverThatIsAwayForAnHour();
    void retentionDoesNotWait();
    void warnsBeforeTheLogIsFull();
    void aFullDisk_data();
    void aFullDisk();
};

void PumpHardshipsTest::aReceiverThatIsAwayForAnHour()
{
    Rig rig;
    const auto script = std::make_shared<SinkScript>();
    rig.append(1, 10);
    rig.begin(std::make_unique<test::ScriptedSink>(script));
    QVERIFY(rig.await(10));
    script->setDown(true);
    std::uint64_t last = 10;
    for (int minute = 0; minute < 60; ++minute, last += 10) {
        rig.append(last + 1, last + 10);
        if (minute == 0) QVERIFY(script->awaitWrites(script->writes() + 2)); // it knows the oldest one that waits
        rig.clock.advance(1min);
        if (minute == 30) rig.clock.set(-2h); // somebody puts the clock back meanwhile
    }
    QTRY_COMPARE(rig.status().lagRecords, std::uint64_t{600});
    QCOMPARE(rig.status().state, std::string("retrying"));
    QCOMPARE(rig.status().position.sequence, std::uint64_t{10});
    QCOMPARE(rig.status().lag.count(), std::int64_t{0}); // by that clock nothing is old
    rig.clock.set(2h);
    QVERIFY(rig.status().lag >= 59min);
    script->setDown(false);
    QVERIFY(rig.await(last));
    QVERIFY(script->sequences() == range(1, last)); // each once, in order
    QTRY_COMPARE(rig.status().state, std::string("running"));
    QTRY_COMPARE(rig.status().lagRecords, std::uint64_t{0});
}

void PumpHardshipsTest::retentionDoesNotWait()
{
    Rig rig;
    const auto script = std::make_shared<SinkScript>();
    script->setDown(true);
    for (std::uint64_t block = 0; block < 50; ++block) rig.append(block * 10 + 1, block * 10 + 10);
    rig.begin(std::make_unique<test::ScriptedSink>(script));
    QVERIFY(script->awaitWrites(2)); // it has read the first blocks: these it does not lose any more
    const std::uint64_t all = rig.log.statistics()->bytes;
    QVERIFY(rig.log.retain({}, all / 10).has_value());
    const std::uint64_t left = rig.log.statistics()->records;
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("^Sink csv: \\d+ records up to \\d+ are missing "
                                                           "\\(retention\\)$")));
    script->setDown(false);
    QVERIFY(rig.await(500));
    const contract::SinkPosition position = rig.store.at("records", "csv");
    QCOMPARE(position.holes.size(), std::size_t{1});
    const std::uint64_t lost = position.holes.at("retention");
    QVERIFY(lost > 0 && lost <= 500 - left);
    QCOMPARE(position.taken + lost, std::uint64_t{500});
    const auto taken = script->sequences();
    QCOMPARE(taken.size(), position.taken);
    QVERIFY(std::is_sorted(taken.begin(), taken.end()));
    QCOMPARE(taken.back(), std::uint64_t{500});
}

void PumpHardshipsTest::warnsBeforeTheLogIsFull()
{
    Rig rig;
    const auto script = std::make_shared<SinkScript>();
    script->setDown(true);
    for (std::uint64_t block = 0; block < 20; ++block) rig.append(block * 10 + 1, block * 10 + 10);
    const std::uint64_t bytes = rig.log.statistics()->bytes;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("the log, which is nearly full, removes")));
    rig.begin(std::make_unique<test::ScriptedSink>(script), {std::chrono::days(0), bytes});
    QTRY_VERIFY(rig.pump->retentionWarning().starts_with("sink csv is 200 records behind"));
    script->setDown(false);
    QVERIFY(rig.await(200));
    QTRY_COMPARE(rig.pump->retentionWarning(), std::string());
}

void PumpHardshipsTest::aFullDisk_data()
{
    QTest::addColumn<bool>("mounted");
    QTest::newRow("no file may grow") << false;
    QTest::newRow("a small disk") << true;
}

void PumpHardshipsTest::aFullDisk()
{
    QFETCH(bool, mounted);
    const QTemporaryDir folder;
    const std::string place = folder.path().toStdString();
    if (mounted)
        if (const std::string fault = mountFault(place); !fault.empty())
            QSKIP(("cannot mount a small tmpfs here: " + fault).c_str());
    Rig rig;
    rig.append(1, 40);
    SinkConfig config;
    config.name = config.type = "csv";
    ConfigValue value;
    value.scalar = place + "/csv";
    config.meta["csv_dir"] = value;
    ConfigValue yes;
    yes.scalar = "true";
    config.meta["identity_columns"] = yes;
    rig.begin(std::move(*makeSink(config, "node-a")));
    QVERIFY(rig.await(40));

    const QString filler = folder.filePath(QStringLiteral("filler"));
    if (mounted) {
        const int file = ::open(QFile::encodeName(filler).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const std::string page(4096, 'x');
        while (::write(file, page.data(), page.size()) > 0) {
        }
        QCOMPARE(errno, ENOSPC);
        ::close(file);
    } else {
        ::signal(SIGXFSZ, SIG_IGN);
        setFileLimit(1);
    }
    for (std::uint64_t block = 4; block < 40; ++block) rig.append(block * 10 + 1, block * 10 + 10);
    QTRY_COMPARE(rig.status().state, std::string("retrying"));
    QTRY_VERIFY(rig.status().retries >= 3);
    const std::string error = rig.status().lastError;
    QVERIFY2(error.find(mounted ? "No space left on device" : "File too large") != std::string::npos, error.c_str());
    if (mounted)
        QVERIFY(QFile::remove(filler));
    else
        setFileLimit(RLIM_INFINITY);
    QVERIFY(rig.await(400));
    rig.pump->stop();

    std::vector<std::uint64_t> found;
    const QDir files(folder.filePath(QStringLiteral("csv")));
    for (const QString& name : files.entryList({QStringLiteral("*.csv")})) {
        QFile file(files.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto rows = test::readCsv(file.readAll().toStdString());
        QVERIFY(rows.has_value());
        for (std::size_t i = 1; i < rows->size(); ++i) found.push_back(std::stoull((*rows)[i][9]));
    }
    std::sort(found.begin(), found.end());
    QVERIFY(found == range(1, 400)); // nothing of what failed stayed behind
    QCOMPARE(rig.store.at("records", "csv").taken, std::uint64_t{400});
    if (mounted) ::umount2(place.c_str(), MNT_DETACH);
}

QTEST_GUILESS_MAIN(PumpHardshipsTest)
#include "pumphardshipstest.moc"
