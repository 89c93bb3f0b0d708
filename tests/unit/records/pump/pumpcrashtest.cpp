// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a process that pumps, and one that decides, at random moments, and counts what came where.
#include "../recordsamples.h"
#include "records/decisionlog.h"
#include "records/pump/pump.h"
#include "store/sql/sqlpumpstore.h"
#include "store/sql/sqlrecordblockstore.h"
#include "support/childprocess.h"
#include <QCoreApplication>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <map>
#include <unistd.h>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t refusedEvery = 997;

/// Writes the number of each record on a line, as a csv sink does: on the disk before it is acknowledged, and a line
/// that a death tore is cut off at the next start. Takes no record of a number that refusedEvery divides.
class NumberFile final : public Sink {
public:
    explicit NumberFile(const std::string& path)
        : m_file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600))
    {
        off_t end = ::lseek(m_file, 0, SEEK_END);
        char last = '\n';
        while (end > 0 && ::pread(m_file, &last, 1, end - 1) == 1 && last != '\n') --end;
        if (::ftruncate(m_file, end) != 0) qFatal("no file");
    }
    ~NumberFile() override { ::close(m_file); }
    Result<> write(std::span<const contract::DecisionRecord> records) override
    {
        std::string text;
        for (const auto& record : records) {
            if (record.sequence % refusedEvery == 0) return fail(Code::Validation, "no such number");
            text += std::to_string(record.sequence) + '\n';
        }
        for (std::string_view rest = text; !rest.empty();) {
            const ssize_t written = ::write(m_file, rest.data(), rest.size());
            if (written < 0) return fail(Code::StorageUnavailable, "cannot be written");
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fdatasync(m_file) != 0) return fail(Code::StorageUnavailable, "cannot be written");
        return {};
    }

private:
    const int m_file;
};

std::unique_ptr<store::RecordBlockStore> openLog(const std::string& folder)
{
    auto log = store::sql::openSqlRecordBlockStore({.path = folder + "/records.db"});
    if (!log) qFatal("%s", log.error().detail.c_str());
    return std::move(*log);
}

/// A pump with two sinks, of which one has no records of peter's.
class RunningPump {
public:
    explicit RunningPump(const std::string& folder)
        : log(openLog(folder))
        , store(std::move(*store::sql::openSqlPumpStore({.path = folder + "/pump.db", .synchronous = false})))
        , letters(std::move(*DeadLetterFile::open({folder + "/dead"}, clock)))
    {
        static_cast<void>(store->dropLeases()); // those of the dead
        std::vector<SinkSetup> sinks;
        for (const char* name : {"all", "some"}) {
            SinkConfig config;
            config.name = name;
            if (config.name == "some") config.skipUsernames = {"peter"};
            sinks.push_back(
                {config, *RecordShape::make(config, nullptr), std::make_unique<NumberFile>(folder + "/" + name)});
        }
        PumpConfig config;
        config.source = "records";
        config.beat = 50ms;
        config.pace.idle = 5ms;
        config.pace.batch = 300;
        pump = std::make_unique<Pump>(config, Pump::Parts{*log, *store, *letters, machine, clock}, std::move(sinks));
        pump->start();
    }

    const SystemClock clock;
    const SystemMachineClock machine;
    const std::unique_ptr<store::RecordBlockStore> log;
    const std::unique_ptr<store::PumpStore> store;
    const std::unique_ptr<DeadLetterFile> letters;
    std::unique_ptr<Pump> pump;
};

int pumpUntilKilled(const std::string& folder)
{
    const RunningPump running(folder);
    if (!test::sayReady()) return 1;
    for (;;) ::pause();
}

int decideUntilKilled(const std::string& folder)
{
    const SystemClock clock;
    const auto store = openLog(folder);
    DecisionLogConfig config;
    config.sequencePath = folder + "/records.seq";
    config.linger = 20ms;
    const auto log = DecisionLog::open(config, *store, clock);
    if (!log || !test::sayReady()) return 1;
    for (int number = 0;; ++number) {
        const std::string owner = number % 5 == 0 ? "peter" : "colin";
        if (!(*log)->append(test::sampleRecord(clock.now(), number, owner))) return 1;
        if (number % 16 == 0) std::this_thread::sleep_for(1ms); // a pace of some thousand a second
    }
}

std::map<std::uint64_t, int> numbersIn(const std::string& path)
{
    std::map<std::uint64_t, int> numbers;
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) return numbers;
    while (!file.atEnd()) ++numbers[file.readLine().trimmed().toULongLong()];
    return numbers;
}

std::uint64_t holesOf(const contract::SinkPosition& position)
{
    std::uint64_t sum = 0;
    for (const auto& [cause, records] : position.holes) sum += records;
    return sum;
}

} // namespace

class PumpCrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAccountedFor();
};

void PumpCrashTest::everythingIsAccountedFor()
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    auto* dice = QRandomGenerator::global();
    const auto begin = [&path](const char* mode) {
        auto child = std::make_unique<test::ChildProcess>(std::vector<std::string>{mode, path});
        child->awaitReady();
        return child;
    };
    auto decider = begin("--decide");
    constexpr int kills = 50;
    for (int kill = 0; kill < kills; ++kill) {
        {
            const auto pump = begin("--pump");
            QTest::qWait(dice->bounded(150)); // the random moment
        }
        if (kill % 5 != 4) continue;
        decider.reset();
        decider = begin("--decide");
    }
    decider.reset();
    {
        // What the last one lost is found at the next start.
        const SystemClock clock;
        const auto store = openLog(path);
        const auto log = DecisionLog::open({.sequencePath = path + "/records.seq"}, *store, clock);
        QVERIFY(log.has_value() && (*log)->flush().has_value());
    }
    const RunningPump last(path);
    const auto statistics = last.log->statistics();
    const std::uint64_t produced = statistics->lastSequence;
    QTRY_COMPARE_WITH_TIMEOUT(last.pump->settledByAll(), produced, 60'000);
    last.pump->stop();

    QFile letters(QString::fromStdString(path + "/dead"));
    QVERIFY(letters.open(QIODevice::ReadOnly));
    const QByteArray dead = letters.readAll();
    for (const contract::SinkStatus& sink : last.pump->status()) {
        const contract::SinkPosition& position = sink.position;
        QCOMPARE(position.since, std::uint64_t{0});
        QCOMPARE(holesOf(position), produced - statistics->records);
        QCOMPARE(position.taken + position.deadLettered + position.filtered + holesOf(position), produced);
        const auto numbers = numbersIn(path + "/" + sink.sink);
        QCOMPARE(numbers.size(), position.taken);
        std::uint64_t again = 0;
        for (const auto& [number, times] : numbers) {
            QVERIFY(number >= 1 && number <= produced && number % refusedEvery != 0);
            again += static_cast<std::uint64_t>(times - 1);
        }
        std::uint64_t found = 0;
        for (std::uint64_t number = refusedEvery; number <= produced; number += refusedEvery) {
            const QByteArray record =
                R"("sink":")" + QByteArray::fromStdString(sink.sink) + R"(","reason":"no such number")";
            const QByteArray sequence = "\"sequence\":" + QByteArray::number(static_cast<qulonglong>(number)) + ",";
            for (const QByteArray& line : dead.split('\n')) {
                if (!line.contains(record) || !line.contains(sequence)) continue;
                ++found;
                break; // once or again
            }
        }
        QCOMPARE(found, position.deadLettered);
        qInfo("%d kills, sink %s: %llu produced, %llu lost before they were stored, %llu taken, %llu of them again, "
              "%llu dead letters, %llu not wanted",
              kills, sink.sink.c_str(), static_cast<unsigned long long>(produced),
              static_cast<unsigned long long>(holesOf(position)), static_cast<unsigned long long>(position.taken),
              static_cast<unsigned long long>(again), static_cast<unsigned long long>(position.deadLettered),
              static_cast<unsigned long long>(position.filtered));
    }
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == "--pump") return pumpUntilKilled(argv[2]);
    if (argc == 3 && std::string_view(argv[1]) == "--decide") return decideUntilKilled(argv[2]);
    PumpCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "pumpcrashtest.moc"
