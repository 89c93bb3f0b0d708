// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The decision log on a small real file system that fills up. Needs the right to mount; skipped without it.
#include "records/decisionlog.h"
#include "records/decisionreader.h"
#include "recordsamples.h"
#include "store/sql/sqlrecordblockstore.h"
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace iam;
using namespace iam::records;
using namespace iam::store::sql;
using namespace std::chrono_literals;
using OnFull = DecisionLogConfig::OnFull;

namespace {

/// Why there is no small disk at m_folder; empty when there is one.
std::string mountFault(const std::string& folder)
{
    // Mounts of one's own: whatever happens to this process, nothing stays mounted.
    if (::unshare(CLONE_NEWNS) != 0) return std::string("unshare: ") + std::strerror(errno);
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return std::strerror(errno);
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=6m,mode=0700") != 0) return std::strerror(errno);
    return {};
}

} // namespace

class RecordsFullDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void dropsAndRecovers();
    void refusesAndRecovers();

private:
    std::string pathOf(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    void open(OnFull onFull);
    void fillDisk() const;
    void checkFile() const;
    std::uint64_t missing() const
    {
        std::uint64_t count = 0;
        const auto gaps = m_store->gaps(1000);
        for (const auto& gap : *gaps) count += gap.count;
        return count;
    }

    QTemporaryDir m_folder;
    const SystemClock m_clock;
    std::unique_ptr<store::RecordBlockStore> m_store;
    std::unique_ptr<DecisionLog> m_log;
};

void RecordsFullDiskTest::initTestCase()
{
    const std::string fault = mountFault(m_folder.path().toStdString());
    if (!fault.empty()) QSKIP(("cannot mount a small tmpfs here: " + fault).c_str());
}

void RecordsFullDiskTest::init()
{
    m_store.reset();
}

void RecordsFullDiskTest::cleanup()
{
    m_log.reset();
    m_store.reset();
    for (const char* name : {"filler", "records.seq", "records.db", "records.db-wal", "records.db-shm"}) {
        ::unlink(pathOf(name).c_str());
    }
}

void RecordsFullDiskTest::cleanupTestCase()
{
    ::umount2(m_folder.path().toStdString().c_str(), MNT_DETACH);
}

void RecordsFullDiskTest::open(OnFull onFull)
{
    auto store = openSqlRecordBlockStore({.path = pathOf("records.db")});
    QVERIFY2(store.has_value(), store ? "" : store.error().detail.c_str());
    m_store = std::move(*store);
    DecisionLogConfig config;
    config.sequencePath = pathOf("records.seq");
    config.onFull = onFull;
    config.maxQueueBytes = 1024 * 1024;
    auto log = DecisionLog::open(config, *m_store, m_clock);
    QVERIFY2(log.has_value(), log ? "" : log.error().detail.c_str());
    m_log = std::move(*log);
}

void RecordsFullDiskTest::fillDisk() const
{
    const int fd = ::open(pathOf("filler").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    QVERIFY(fd >= 0);
    const std::string page(4096, 'x');
    while (::write(fd, page.data(), page.size()) > 0) {
    }
    QCOMPARE(errno, ENOSPC);
    ::close(fd);
}

void RecordsFullDiskTest::checkFile() const
{
    const auto database = SqlDatabase::open({.path = pathOf("records.db")}, recordMigrations());
    QVERIFY(database.has_value());
    const auto verdict = (*database)->read([](SqlConnection& connection) -> Result<std::string> {
        auto rows = connection.query("PRAGMA integrity_check");
        if (!rows) return fail(rows);
        if (const auto row = rows->next(); !row) return fail(row);
        return rows->text(0);
    });
    QVERIFY(verdict.has_value());
    QCOMPARE(*verdict, "ok");
    DecisionReader reader(*m_store);
    std::uint64_t readable = 0;
    std::string cursor;
    do {
        const auto page = reader.query({}, cursor, 1000);
        QVERIFY(page.has_value());
        readable += page->items.size();
        cursor = page->next;
    } while (!cursor.empty());
    QCOMPARE(readable, m_store->statistics()->records);
    QCOMPARE(reader.damagedBlocks(), std::uint64_t{0});
}

void RecordsFullDiskTest::dropsAndRecovers()
{
    open(OnFull::Drop);
    for (int i = 0; i < 1000; ++i) QVERIFY(m_log->append(test::sampleRecord(m_clock.now(), i)).has_value());
    QVERIFY(m_log->flush().has_value());
    fillDisk();
    // What SQLite's files have room for already may still be written, then no more.
    std::uint64_t appended = 1000;
    QElapsedTimer timer;
    timer.start();
    while ((m_log->health().storing || m_log->health().dropped == 0) && timer.elapsed() < 60000) {
        QVERIFY(m_log->append(test::sampleRecord(m_clock.now(), 1)).has_value()); // decisions go on
        ++appended;
    }
    auto health = m_log->health();
    QVERIFY(!health.storing);
    QVERIFY(!health.lastError.empty());
    QVERIFY(health.dropped > 0);
    QVERIFY(health.queuedBytes <= 1024 * 1024);
    DecisionReader reader(*m_store);
    QVERIFY(!reader.query({}, {}, 100)->items.empty()); // reading goes on too

    QCOMPARE(::unlink(pathOf("filler").c_str()), 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_log->health().storing, 30000); // by itself
    QVERIFY(m_log->flush().has_value());
    health = m_log->health();
    QCOMPARE(health.lastSequence, appended);
    QCOMPARE(missing(), health.dropped);
    QCOMPARE(m_store->statistics()->records + health.dropped, appended);
    QCOMPARE(reader.query({}, {}, 1)->items.front().sequence, appended); // the newest were kept
    checkFile();
}

void RecordsFullDiskTest::refusesAndRecovers()
{
    open(OnFull::Refuse);
    QVERIFY(m_log->append(test::sampleRecord(m_clock.now())).has_value());
    QVERIFY(m_log->flush().has_value());
    fillDisk();
    std::uint64_t appended = 1;
    QElapsedTimer timer;
    timer.start();
    Code refusal = Code::Success;
    while (refusal != Code::StorageUnavailable && timer.elapsed() < 60000) {
        const auto result = m_log->append(test::sampleRecord(m_clock.now(), 1));
        refusal = result ? Code::Success : result.error().code;
        if (result) ++appended;
    }
    QCOMPARE(refusal, Code::StorageUnavailable);
    QCOMPARE(::unlink(pathOf("filler").c_str()), 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_log->health().storing, 30000);
    QVERIFY(m_log->append(test::sampleRecord(m_clock.now())).has_value());
    ++appended;
    QVERIFY(m_log->flush().has_value());
    QCOMPARE(m_store->statistics()->records, appended); // what was taken is there
    QCOMPARE(missing(), std::uint64_t{0});
    checkFile();
}

QTEST_GUILESS_MAIN(RecordsFullDiskTest)
#include "recordsfulldisktest.moc"
