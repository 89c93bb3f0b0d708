// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a process that writes decision records, at random moments, and counts what is left.
#include "records/decisionlog.h"
#include "records/decisionreader.h"
#include "recordsamples.h"
#include "store/sql/sqlrecordblockstore.h"
#include "support/childprocess.h"
#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

/// What the child says before each append.
struct Announcement {
    std::uint64_t number;
    std::int64_t milliseconds; ///< steady time
};

struct OpenLog {
    std::unique_ptr<store::RecordBlockStore> store;
    std::unique_ptr<DecisionLog> log;
};

OpenLog openLog(const std::string& folder, const Clock& clock)
{
    OpenLog opened;
    auto store = store::sql::openSqlRecordBlockStore({.path = folder + "/records.db"});
    if (!store) qFatal("%s", store.error().detail.c_str());
    opened.store = std::move(*store);
    auto log = DecisionLog::open({.sequencePath = folder + "/records.seq"}, *opened.store, clock);
    if (!log) qFatal("%s", log.error().detail.c_str());
    opened.log = std::move(*log);
    return opened;
}

int appendUntilKilled(const std::string& folder)
{
    const SystemClock clock;
    const OpenLog opened = openLog(folder, clock);
    for (std::uint64_t number = 1; number < 10'000'000; ++number) {
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock.steadyNow().time_since_epoch());
        const Announcement announcement{number, now.count()};
        if (::write(STDOUT_FILENO, &announcement, sizeof announcement) != sizeof announcement) return 1;
        if (!opened.log->append(test::sampleRecord(clock.now(), static_cast<int>(number)))) return 1;
        if (number % 64 == 0) std::this_thread::sleep_for(1ms); // a pace of some ten thousand a second
    }
    return 1;
}

/// Adds what the child announces, until it has announced `count` or is dead.
void listen(const test::ChildProcess& child, std::vector<Announcement>& heard, std::size_t count)
{
    Announcement announcement{};
    while (heard.size() < count && child.read(&announcement, sizeof announcement)) heard.push_back(announcement);
}

std::uint64_t missingIn(store::RecordBlockStore& store)
{
    std::uint64_t count = 0;
    const auto gaps = store.gaps(1000);
    for (const auto& gap : *gaps) count += gap.count;
    return count;
}

} // namespace

class RecordsCrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostWithoutBeingCounted();
};

void RecordsCrashTest::nothingIsLostWithoutBeingCounted()
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const SystemClock clock;
    std::uint64_t before = 0;
    std::uint64_t lostInAll = 0;
    std::int64_t oldestLoss = 0;
    for (int round = 0; round < 25; ++round) {
        std::vector<Announcement> heard;
        {
            test::ChildProcess child({"--append", path});
            listen(child, heard, QRandomGenerator::global()->bounded(1U, 30000U));
            child.kill();
            listen(child, heard, SIZE_MAX);
        }
        QVERIFY(!heard.empty());

        OpenLog opened = openLog(path, clock);
        const std::uint64_t lost = opened.log->health().lostAtLastCrash;
        QVERIFY(opened.log->flush().has_value());
        const auto statistics = opened.store->statistics();
        QVERIFY(statistics.has_value());
        const std::uint64_t accounted = statistics->records + missingIn(*opened.store);
        QCOMPARE(accounted, statistics->lastSequence);
        // The last one that was announced may not have been appended any more.
        const std::uint64_t appended = accounted - before;
        QVERIFY2(appended == heard.size() || appended + 1 == heard.size(),
                 qPrintable(QStringLiteral("%1 of %2").arg(appended).arg(heard.size())));
        QVERIFY(lost <= appended);
        if (lost > 0) {
            oldestLoss = std::max(oldestLoss, heard.back().milliseconds - heard[appended - lost].milliseconds);
        }
        DecisionReader reader(*opened.store);
        QVERIFY(reader.query({}, {}, 1000).has_value());
        QCOMPARE(reader.damagedBlocks(), std::uint64_t{0});
        before = accounted;
        lostInAll += lost;
    }
    qInfo("25 kills: %llu records appended, %llu of them lost and counted, the oldest of them %lld ms before its end",
          static_cast<unsigned long long>(before), static_cast<unsigned long long>(lostInAll),
          static_cast<long long>(oldestLoss));
    QVERIFY(oldestLoss <= 1000);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == "--append") return appendUntilKilled(argv[2]);
    RecordsCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "recordscrashtest.moc"
