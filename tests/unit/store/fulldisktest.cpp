// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real file system that fills up: a small tmpfs in a mount namespace of this process.
#include "samples.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlstorage.h"
#include "support/verifyresult.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <thread>
#include <unistd.h>

using namespace iam;
using namespace iam::store;

namespace {

bool writeFile(const char* path, const std::string& text)
{
    const int file = ::open(path, O_WRONLY | O_CLOEXEC);
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) ::close(file);
    return written;
}

/// Gives this process mounts of its own; without privileges, inside a user namespace of its own. While it has one
/// thread only.
bool separateMounts()
{
    const std::string identity = "0 " + std::to_string(::geteuid()) + " 1";
    if (::unshare(CLONE_NEWNS) != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
        if (!writeFile("/proc/self/uid_map", identity)) return false;
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// Policies with a document of some kilobytes.
contract::Policy bigPolicy(int number)
{
    contract::Policy big = policy("ann", "p" + std::to_string(number));
    big.policy.description = std::string(8000, 'd');
    return big;
}

} // namespace

class FullDiskTest : public QObject {
    Q_OBJECT

    bool m_mayMount = false;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Storage> m_storage;
    int m_count = 0; ///< policies that were acknowledged: p0 to p(count-1)

    std::string path() const { return m_folder->filePath(u"iam.db"_qs).toStdString(); }
    std::string filler() const { return m_folder->filePath(u"filler"_qs).toStdString(); }

    int mountFolder(const char* size, unsigned long flags = 0)
    {
        const std::string options = std::string("mode=0700,size=") + size;
        return ::mount("tmpfs", m_folder->path().toLocal8Bit().constData(), "tmpfs", flags, options.c_str());
    }

    void fillUp()
    {
        const int file = ::open(filler().c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
        QVERIFY(file >= 0);
        const std::string block(4096, 'x');
        while (::write(file, block.data(), block.size()) > 0) {
        }
        QCOMPARE(errno, ENOSPC);
        ::close(file);
    }

    /// Writes until that fails, which it must soon, and in the right way.
    void writeUntilFull()
    {
        for (int i = 0; i < 10000; ++i) {
            auto made = m_storage->policies().create(bigPolicy(m_count), actor, at(0));
            if (!made) {
                QCOMPARE(made.error().code, Code::StorageUnavailable);
                return;
            }
            ++m_count;
        }
        QFAIL("the disk never was full");
    }

    void verifyContent()
    {
        QVERIFY(m_storage->users().find("ann"));
        auto policies = m_storage->policies().list("ann", {0, 1, {}});
        VERIFY_OK(policies);
        QCOMPARE(policies->totalCount, static_cast<std::uint64_t>(m_count));
        for (int i = 0; i < m_count; ++i) VERIFY_OK(m_storage->policies().find("ann", "p" + std::to_string(i)));
        contract::RecordFilter created;
        created.owner = "ann";
        created.action = "create";
        std::size_t records = 0;
        std::string cursor;
        do {
            auto page = m_storage->changes().query(created, cursor, 1000);
            VERIFY_OK(page);
            records += page->items.size();
            cursor = page->next;
        } while (!cursor.empty());
        QCOMPARE(records, static_cast<std::size_t>(m_count + 1));
    }

    void verifyIntegrity()
    {
        auto database = sql::SqlDatabase::open({.path = path()}, sql::schema());
        VERIFY_OK(database);
        auto checked = (*database)->read([](sql::SqlConnection& connection) -> Result<std::string> {
            auto rows = connection.query("PRAGMA integrity_check");
            if (!rows) return fail(rows);
            if (auto row = rows->next(); !row) return fail(row);
            return rows->text(0);
        });
        VERIFY_OK(checked);
        QCOMPARE(*checked, std::string("ok"));
    }

    void open()
    {
        auto opened = sql::openSqlStorage({.path = path()});
        VERIFY_OK(opened);
        m_storage = std::move(*opened);
    }

public:
    explicit FullDiskTest(bool mayMount)
        : m_mayMount(mayMount)
    {
    }

private Q_SLOTS:
    void init()
    {
        if (!m_mayMount) QSKIP("this process may not mount file systems");
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY2(mountFolder("6m") == 0, std::strerror(errno));
        m_count = 0;
        open();
        VERIFY_OK(m_storage->users().create(user("ann"), "hash", actor, at(0)));
    }
    void cleanup()
    {
        m_storage.reset();
        if (m_folder) ::umount2(m_folder->path().toLocal8Bit().constData(), MNT_DETACH);
    }

    void writesFailReadsWorkAndRoomHelps()
    {
        fillUp();
        writeUntilFull();
        for (int i = 0; i < 20; ++i) {
            VERIFY_CODE(m_storage->policies().create(bigPolicy(m_count), actor, at(0)), Code::StorageUnavailable);
        }
        VERIFY_CODE(m_storage->health(), Code::StorageUnavailable);
        verifyContent();
        std::jthread([&] { verifyContent(); }).join(); // a connection that is opened while the disk is full
        QCOMPARE(::unlink(filler().c_str()), 0);
        VERIFY_OK(m_storage->health());
        VERIFY_OK(m_storage->policies().create(bigPolicy(m_count++), actor, at(0)));
        verifyContent();
        verifyIntegrity();
    }

    void theDatabaseItselfFillsTheDisk()
    {
        writeUntilFull();
        verifyContent();
        VERIFY_CODE(m_storage->health(), Code::StorageUnavailable);
        QCOMPARE(mountFolder("60m", MS_REMOUNT), 0);
        VERIFY_OK(m_storage->policies().create(bigPolicy(m_count++), actor, at(0)));
        VERIFY_OK(m_storage->health());
        for (int i = 0; i < 300; ++i) VERIFY_OK(m_storage->policies().create(bigPolicy(m_count++), actor, at(0)));
        verifyContent();
        verifyIntegrity();
    }

    void aRestartOnAFullDiskLosesNothing()
    {
        writeUntilFull();
        m_storage.reset();
        fillUp();
        auto opened = sql::openSqlStorage({.path = path()});
        if (opened) {
            m_storage = std::move(*opened);
            verifyContent();
            m_storage.reset();
        } else {
            QCOMPARE(opened.error().code, Code::StorageUnavailable);
        }
        QCOMPARE(::unlink(filler().c_str()), 0);
        QCOMPARE(mountFolder("60m", MS_REMOUNT), 0);
        open();
        VERIFY_OK(m_storage->policies().create(bigPolicy(m_count++), actor, at(0)));
        verifyContent();
        verifyIntegrity();
    }

    void manyWritersMeetAFullDisk()
    {
        std::atomic<int> acknowledged = 0;
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> writers;
            for (int t = 0; t < 8; ++t) {
                writers.emplace_back([&, t] {
                    for (int i = 0; i < 10000; ++i) {
                        auto made = m_storage->policies().create(bigPolicy(t * 10000 + i), actor, at(0));
                        if (!made && made.error().code != Code::StorageUnavailable) ++wrong;
                        if (!made) return;
                        ++acknowledged;
                    }
                });
            }
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(m_storage->policies().list("ann", {0, 1, {}})->totalCount, std::uint64_t(acknowledged.load()));
        QCOMPARE(mountFolder("60m", MS_REMOUNT), 0);
        VERIFY_OK(m_storage->policies().create(bigPolicy(-1), actor, at(0)));
        verifyIntegrity();
    }

    void aNewDatabaseNeedsRoom()
    {
        m_storage.reset();
        for (const char* suffix : {"", "-wal", "-shm"}) ::unlink((path() + suffix).c_str());
        fillUp();
        VERIFY_CODE(sql::openSqlStorage({.path = path()}), Code::StorageUnavailable);
        QCOMPARE(::unlink(filler().c_str()), 0);
        open();
        VERIFY_OK(m_storage->users().create(user("ann"), "hash", actor, at(0)));
    }
};

int main(int argc, char** argv)
{
    const bool mayMount = separateMounts();
    QCoreApplication application(argc, argv);
    FullDiskTest test(mayMount);
    return QTest::qExec(&test, argc, argv);
}

#include "fulldisktest.moc"
