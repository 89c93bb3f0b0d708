// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqldatabase.h"
#include "support/verifyresult.h"
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <latch>
#include <thread>

using namespace iam;
using namespace iam::store::sql;

namespace {

std::vector<Migration> steps(int count = 1)
{
    std::vector<Migration> all = {
        {1,
         "notes",
         {"CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE, data BLOB)"}},
        {2, "marks", {"ALTER TABLE notes ADD COLUMN mark INTEGER", "CREATE INDEX notes_mark ON notes (mark)"}},
        {3, "colours", {"ALTER TABLE notes ADD COLUMN colour TEXT"}}};
    all.resize(static_cast<std::size_t>(count));
    return all;
}

Result<> insert(SqlDatabase& database, const std::string& text)
{
    return database.write([&](SqlConnection& connection) -> Result<> {
        if (auto done = connection.run("INSERT INTO notes (text) VALUES (?)", {text}); !done) return fail(done);
        return {};
    });
}

std::int64_t number(SqlDatabase& database, const char* sql)
{
    auto value = database.read([&](SqlConnection& connection) -> Result<std::int64_t> {
        auto rows = connection.query(sql);
        if (!rows) return fail(rows);
        if (auto row = rows->next(); !row) return fail(row);
        return rows->integer(0);
    });
    return value ? *value : -1;
}

} // namespace

class SqlDatabaseTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    SqlConfig config() const { return {.path = m_folder->filePath(u"t.db"_qs).toStdString()}; }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void valuesComeBack()
    {
        auto database = SqlDatabase::open(config(), steps());
        VERIFY_OK(database);
        const std::string text = "grüße 😀 'quoted'; DROP TABLE notes";
        const Blob data = {0, 1, 255, 0};
        auto made = (*database)->write([&](SqlConnection& connection) -> Result<SqlDone> {
            return connection.run("INSERT INTO notes (text, data) VALUES (?, ?)", {text, data});
        });
        QVERIFY(made);
        QCOMPARE(made->rows, std::uint64_t{1});
        QCOMPARE(made->lastId, std::uint64_t{1});
        auto read = (*database)->read([&](SqlConnection& connection) -> Result<> {
            auto rows = connection.query("SELECT text, data, NULL, 9007199254740993 FROM notes");
            if (!rows) return fail(rows);
            auto more = rows->next();
            if (!more || !*more || rows->text(0) != text || rows->blob(1) != data || !rows->isNull(2) ||
                rows->isNull(0) || rows->integer(3) != 9007199254740993 || rows->text(2) != "") {
                return fail(Code::Unknown, "other values");
            }
            more = rows->next();
            if (!more || *more) return fail(Code::Unknown, "more rows");
            return {};
        });
        VERIFY_OK(read);
    }

    void onlyTheOwnerMayReadTheFile()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        QVERIFY(insert(**database, "a"));
        for (const char* suffix : {"", "-wal", "-shm"}) {
            const QString path = m_folder->filePath(u"t.db"_qs) + QString::fromLatin1(suffix);
            QVERIFY2(QFile::exists(path), suffix);
            const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            QVERIFY2(!(QFile::permissions(path) & others), suffix);
        }
    }

    void anErrorUndoesTheWrite()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        auto result = (*database)->write([&](SqlConnection& connection) -> Result<> {
            if (auto done = connection.run("INSERT INTO notes (text) VALUES ('a')"); !done) return fail(done);
            return fail(Code::UserNotFound, "wanted");
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, Code::UserNotFound);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 0);
    }

    void aConstraintTells()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        bool violated = false;
        auto result = (*database)->write([&](SqlConnection& connection) -> Result<> {
            for (int i = 0; i < 2; ++i) {
                auto done = connection.run("INSERT INTO notes (text) VALUES ('a')");
                if (violated = connection.violatedConstraint(); !done) return fail(done);
            }
            return {};
        });
        QVERIFY(!result);
        QVERIFY(violated);
        QCOMPARE(result.error().code, Code::Database);
        QVERIFY(insert(**database, "a"));
    }

    void transactionsDoNotNest()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        Result<> inner;
        auto outer = (*database)->write([&](SqlConnection&) -> Result<> {
            inner = insert(**database, "inner");
            return {};
        });
        QVERIFY(outer);
        QVERIFY(!inner);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 0);
        QVERIFY(insert(**database, "after"));
    }

    void writersTakeTurnsWhileOthersRead()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        std::atomic<int> failures = 0;
        std::latch start(8);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    start.arrive_and_wait();
                    for (int i = 0; i < 25; ++i) {
                        auto done = (*database)->write([&](SqlConnection& connection) -> Result<> {
                            auto rows = connection.query("SELECT COUNT(*) FROM notes");
                            if (!rows) return fail(rows);
                            if (auto row = rows->next(); !row) return fail(row);
                            // The unread cursor is still open here, which must not stop the write.
                            auto made = connection.run("INSERT INTO notes (text) VALUES (?)",
                                                       {std::to_string(rows->integer(0))});
                            if (!made) return fail(made);
                            return {};
                        });
                        if (!done) ++failures;
                        if (number(**database, "SELECT COUNT(*) FROM notes") < i + 1) ++failures;
                    }
                });
            }
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 200);
        QCOMPARE(number(**database, "SELECT COUNT(DISTINCT text) FROM notes"), 200);
    }

    void aReadSeesOneState()
    {
        auto database = SqlDatabase::open(config(), steps());
        QVERIFY(database);
        auto result = (*database)->read([&](SqlConnection& connection) -> Result<> {
            for (int i = 0; i < 2; ++i) {
                auto rows = connection.query("SELECT COUNT(*) FROM notes");
                if (!rows) return fail(rows);
                if (auto row = rows->next(); !row) return fail(row);
                if (rows->integer(0) != 0) return fail(Code::Unknown, "the state changed");
                std::jthread([&] { (void)insert(**database, "from elsewhere" + std::to_string(i)); }).join();
            }
            return {};
        });
        VERIFY_OK(result);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 2);
    }

    void aThreadMayOutliveTheDatabase()
    {
        std::latch used(1);
        std::latch gone(1);
        std::thread thread;
        {
            auto database = SqlDatabase::open(config(), steps());
            QVERIFY(database);
            thread = std::thread([&, raw = database->get()] {
                (void)insert(*raw, "one");
                used.count_down();
                gone.wait();
            });
            used.wait();
        }
        QVERIFY(!QFile::exists(m_folder->filePath(u"t.db-wal"_qs))); // the last connection took it away
        auto again = SqlDatabase::open(config(), steps());
        QVERIFY(again);
        QCOMPARE(number(**again, "SELECT COUNT(*) FROM notes"), 1);
        gone.count_down();
        thread.join();
        QVERIFY(insert(**again, "two"));
    }

    void stepsAreDoneOnce()
    {
        QVERIFY(SqlDatabase::open(config(), steps(1)));
        QVERIFY(SqlDatabase::open(config(), steps(1)));
        auto database = SqlDatabase::open(config(), steps(3));
        VERIFY_OK(database);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM schema_steps"), 3);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM pragma_table_info('notes')"), 5);
    }

    void aNewerDatabaseIsRefused()
    {
        QVERIFY(SqlDatabase::open(config(), steps(3)));
        auto older = SqlDatabase::open(config(), steps(2));
        QVERIFY(!older);
        QCOMPARE(older.error().code, Code::Database);
        QVERIFY2(older.error().detail.find("newer version") != std::string::npos, older.error().detail.c_str());
        QVERIFY(SqlDatabase::open(config(), steps(3)));
    }

    void anInterruptedStepIsDoneAgain()
    {
        auto broken = steps(3);
        broken[1].sqlite.push_back("this is not SQL");
        auto interrupted = SqlDatabase::open(config(), broken);
        QVERIFY(!interrupted);
        {
            // What the broken step had done is gone, the step before it stands.
            auto database = SqlDatabase::open(config(), steps(1));
            VERIFY_OK(database);
            QCOMPARE(number(**database, "SELECT COUNT(*) FROM pragma_table_info('notes')"), 3);
        }
        auto database = SqlDatabase::open(config(), steps(3));
        VERIFY_OK(database);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM pragma_table_info('notes')"), 5);
    }

    void twoThreadsMayMigrateAtOnce()
    {
        for (int round = 0; round < 10; ++round) {
            init();
            std::latch start(4);
            std::atomic<int> failures = 0;
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&] {
                    start.arrive_and_wait();
                    auto database = SqlDatabase::open(config(), steps(3));
                    if (database) return;
                    ++failures;
                    qWarning("%s", database.error().detail.c_str());
                });
            }
            threads.clear();
            QCOMPARE(failures.load(), 0);
        }
    }

    void unusableFiles_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("text") << u"text"_qs << int(Code::Database) << u"not a database"_qs;
        QTest::newRow("other software") << u"foreign"_qs << int(Code::Database) << u"other software"_qs;
        QTest::newRow("other kind") << u"kind"_qs << int(Code::Database) << u"something else"_qs;
        QTest::newRow("folder") << u"folder"_qs << int(Code::StorageUnavailable) << u"not a plain file"_qs;
        QTest::newRow("no folder") << u"nowhere"_qs << int(Code::StorageUnavailable) << u"No such file"_qs;
        QTest::newRow("locked") << u"locked"_qs << int(Code::StorageUnavailable) << u"locked"_qs;
    }
    void unusableFiles()
    {
        QFETCH(QString, what);
        QFETCH(int, code);
        QFETCH(QString, says);
        SqlConfig wanted = config();
        wanted.busyTimeout = std::chrono::milliseconds(20);
        std::unique_ptr<SqlDatabase> holder;
        const QString path = QString::fromStdString(wanted.path);
        if (what == u"text") {
            QFile file(path);
            QVERIFY(file.open(QFile::WriteOnly));
            file.write(QByteArray(5000, 'x'));
        } else if (what == u"foreign") {
            auto database = SqlDatabase::open(wanted, {{1, "x", {"CREATE TABLE cats (id INTEGER)"}}});
            QVERIFY(database);
            QVERIFY((*database)->maintain("DROP TABLE schema_steps"));
        } else if (what == u"kind") {
            QVERIFY(SqlDatabase::open(wanted, {{1, "blocks", {"CREATE TABLE cats (id INTEGER)"}}}));
        } else if (what == u"folder") {
            QVERIFY(QDir().mkpath(path));
        } else if (what == u"nowhere") {
            wanted.path = m_folder->filePath(u"no/t.db"_qs).toStdString();
        } else {
            auto held = SqlDatabase::open(wanted, steps(1));
            QVERIFY(held);
            QVERIFY((*held)->maintain("PRAGMA locking_mode=EXCLUSIVE"));
            QVERIFY(insert(**held, "holds the lock"));
            holder = std::move(*held);
        }
        auto database = SqlDatabase::open(wanted, steps(2));
        QVERIFY(!database);
        const QString detail = QString::fromStdString(database.error().detail);
        QVERIFY2(detail.contains(says), qPrintable(detail));
        QCOMPARE(int(database.error().code), code);
        QVERIFY(detail.contains(what == u"nowhere" ? m_folder->path() : path));
    }
};

QTEST_GUILESS_MAIN(SqlDatabaseTest)
#include "sqldatabasetest.moc"
