// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What only a database server can do to us: being away, dying, hanging, being somebody else's.
#include "samples.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqldatabase.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlstorage.h"
#include "support/mariadbserver.h"
#include "support/verifyresult.h"
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <atomic>
#include <latch>
#include <thread>

using namespace iam;
using namespace iam::store;
using namespace iam::store::sql;
using namespace std::chrono_literals;

class MariaDbTest : public QObject {
    Q_OBJECT

    test::MariaDbServer m_server;
    QTemporaryDir m_folder;
    QString m_database;

    MariaDbConfig config() const
    {
        MariaDbConfig config;
        config.port = m_server.port();
        config.username = test::MariaDbServer::username;
        config.password = SecretString(test::MariaDbServer::password);
        config.database = m_database.toStdString();
        config.connectTimeout = config.statementTimeout = config.lockTimeout = 2s;
        config.answerTimeout = 3s;
        config.maxConnectionLifetime = 0s;
        return config;
    }
    static std::vector<Migration> steps(int count)
    {
        const std::string table = " (id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(255) NOT NULL UNIQUE)";
        std::vector<Migration> all = {
            {1, "notes", {}, {"CREATE TABLE IF NOT EXISTS notes" + table, "CREATE TABLE IF NOT EXISTS more" + table}},
            {2, "marks", {}, {"ALTER TABLE notes ADD COLUMN IF NOT EXISTS mark BIGINT"}}};
        all.resize(static_cast<std::size_t>(count));
        return all;
    }
    static Result<> insert(SqlDatabase& database, const std::string& text)
    {
        return database.write([&](SqlConnection& connection) -> Result<> {
            if (auto done = connection.run("INSERT INTO notes (text) VALUES (?)", {text}); !done) return fail(done);
            return {};
        });
    }
    static std::int64_t number(SqlDatabase& database, const std::string& sql)
    {
        auto value = database.read([&](SqlConnection& connection) -> Result<std::int64_t> {
            auto rows = connection.query(sql);
            if (!rows) return fail(rows);
            if (auto row = rows->next(); !row) return fail(row);
            return rows->integer(0);
        });
        return value ? *value : -1;
    }
    void refused(const MariaDbConfig& config, Code code, const char* says, int known = 1)
    {
        auto database = SqlDatabase::open(config, steps(known));
        QVERIFY(!database);
        const std::string detail = database.error().detail;
        QVERIFY2(detail.find(says) != std::string::npos, detail.c_str());
        QVERIFY2(detail.find(test::MariaDbServer::password) == std::string::npos, detail.c_str());
        QCOMPARE(int(database.error().code), int(code));
    }
    QString makeCertificate(const QString& name)
    {
        const QString file = m_folder.filePath(name);
        QProcess openssl;
        openssl.start(u"openssl"_qs, {u"req"_qs, u"-x509"_qs, u"-newkey"_qs, u"rsa:2048"_qs, u"-nodes"_qs, u"-days"_qs,
                                      u"2"_qs, u"-subj"_qs, u"/CN="_qs + name, u"-keyout"_qs, file + u".key"_qs,
                                      u"-out"_qs, file + u".pem"_qs});
        return openssl.waitForFinished(60'000) && openssl.exitCode() == 0 ? file : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
    }
    void init() { m_database = m_server.makeDatabase(); }

    void aDeadConnectionIsOpenedAgain()
    {
        auto database = SqlDatabase::open(config(), steps(1));
        VERIFY_OK(database);
        VERIFY_OK(insert(**database, "a"));
        const QString kill =
            m_server.run(u"SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE user = 'iam'"_qs);
        QVERIFY(kill.startsWith(u"KILL"));
        m_server.run(kill);
        VERIFY_OK(insert(**database, "b"));
        m_server.kill();
        VERIFY_CODE(insert(**database, "c"), Code::StorageUnavailable);
        VERIFY_CODE((*database)->health(), Code::StorageUnavailable);
        QVERIFY(m_server.start());
        VERIFY_OK((*database)->health());
        VERIFY_OK(insert(**database, "d"));
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 3);
    }

    void nothingStaysOfATransactionWhoseServerDies()
    {
        auto database = SqlDatabase::open(config(), steps(1));
        VERIFY_OK(database);
        int rounds = 0;
        auto written = (*database)->write([&](SqlConnection& connection) -> Result<> {
            ++rounds;
            if (auto done = connection.run("INSERT INTO notes (text) VALUES ('a')"); !done) return fail(done);
            m_server.kill();
            if (auto done = connection.run("INSERT INTO notes (text) VALUES ('b')"); !done) return fail(done);
            return {};
        });
        VERIFY_CODE(written, Code::StorageUnavailable);
        QCOMPARE(rounds, 1);
        QVERIFY(m_server.start());
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 0);
        VERIFY_OK(insert(**database, "c"));
    }

    void aLostCommitSaysThatItsOutcomeIsNotKnown()
    {
        auto database = SqlDatabase::open(config(), steps(1));
        VERIFY_OK(database);
        auto written = (*database)->write([&](SqlConnection& connection) -> Result<> {
            if (auto done = connection.run("INSERT INTO notes (text) VALUES ('a')"); !done) return fail(done);
            m_server.kill();
            return {};
        });
        VERIFY_CODE(written, Code::StorageUnavailable);
        QVERIFY(written.error().detail.find("is not known") != std::string::npos);
        QVERIFY(m_server.start());
    }

    void aServerThatHangsIsGivenUp()
    {
        auto database = SqlDatabase::open(config(), steps(1));
        VERIFY_OK(database);
        VERIFY_OK(insert(**database, "a"));
        m_server.hold();
        QElapsedTimer time;
        time.start();
        const auto hanging = insert(**database, "b");
        const auto reading = number(**database, "SELECT COUNT(*) FROM notes");
        m_server.resume();
        VERIFY_CODE(hanging, Code::StorageUnavailable);
        QCOMPARE(reading, -1);
        QVERIFY2(time.elapsed() < 30'000, qPrintable(QString::number(time.elapsed())));
        VERIFY_OK(insert(**database, "c"));
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 2);
    }

    void aWriterThatWaitsTooLongIsToldSo()
    {
        auto one = SqlDatabase::open(config(), steps(1));
        auto other = SqlDatabase::open(config(), steps(1)); // as of another node
        VERIFY_OK(one);
        VERIFY_OK(other);
        Result<> waited;
        std::int64_t read = -1;
        VERIFY_OK((*one)->write([&](SqlConnection&) -> Result<> {
            std::jthread([&] {
                waited = insert(**other, "b");
                read = number(**other, "SELECT COUNT(*) FROM notes");
            }).join();
            return {};
        }));
        VERIFY_CODE(waited, Code::StorageUnavailable);
        QCOMPARE(read, 0); // readers do not wait
        VERIFY_OK(insert(**other, "b"));
    }

    void idsRiseInTheOrderOfCommits()
    {
        auto database = SqlDatabase::open(config(), steps(1));
        VERIFY_OK(database);
        std::atomic<int> failures = 0;
        std::atomic<bool> done = false;
        std::jthread reader([&] {
            // What is there once is all there ever will be up to its id.
            std::int64_t rows = 0;
            std::int64_t last = 0;
            while (!done) {
                if (number(**database, "SELECT COUNT(*) FROM notes WHERE id <= " + std::to_string(last)) != rows)
                    ++failures;
                last = number(**database, "SELECT COALESCE(MAX(id), 0) FROM notes");
                rows = number(**database, "SELECT COUNT(*) FROM notes WHERE id <= " + std::to_string(last));
            }
        });
        {
            std::vector<std::jthread> writers;
            for (int t = 0; t < 6; ++t) {
                writers.emplace_back([&, t] {
                    auto node = SqlDatabase::open(config(), steps(1));
                    for (int i = 0; i < 20; ++i)
                        if (!node || !insert(**node, std::to_string(t) + "-" + std::to_string(i))) ++failures;
                });
            }
        }
        done = true;
        reader.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 120);
    }

    void connectionsAreShared()
    {
        MariaDbConfig few = config();
        few.maxOpenConnections = 2;
        auto database = SqlDatabase::open(few, steps(1));
        VERIFY_OK(database);
        std::atomic<int> failures = 0;
        std::latch start(6);
        std::latch inserted(7);
        std::latch counted(1);
        QString open;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 6; ++t) {
                threads.emplace_back([&, t] {
                    start.arrive_and_wait();
                    for (int i = 0; i < 10; ++i)
                        if (!insert(**database, std::to_string(t) + "-" + std::to_string(i))) ++failures;
                    inserted.arrive_and_wait();
                    counted.wait(); // a thread that ends closes its connection
                });
            }
            inserted.arrive_and_wait();
            const QDeadlineTimer patience(5s); // the server forgets a closed connection a moment later
            do {
                open = m_server.run(
                    u"SELECT COUNT(*) FROM information_schema.processlist WHERE db = '%1'"_qs.arg(m_database));
            } while (open.toInt() > 2 && !patience.hasExpired());
            counted.count_down();
        }
        QCOMPARE(open, u"2\n"_qs);
        QCOMPARE(failures.load(), 0);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM notes"), 60);
    }

    void severalMayMigrateAtOnce()
    {
        std::latch start(4);
        std::atomic<int> failures = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                auto storage = openSqlStorage(config());
                if (storage) return;
                ++failures;
                qWarning("%s", storage.error().detail.c_str());
            });
        }
        threads.clear();
        QCOMPARE(failures.load(), 0);
        const auto expected = QString::number(schema().size()) + u"\n"_qs;
        QCOMPARE(m_server.run(u"SELECT COUNT(*) FROM schema_steps"_qs, m_database), expected);
    }

    void anInterruptedStepIsCompleted()
    {
        auto broken = steps(2);
        broken[0].mariadb.push_back("this is not SQL");
        QVERIFY(!SqlDatabase::open(config(), broken));
        QCOMPARE(m_server.run(u"SELECT COUNT(*) FROM schema_steps"_qs, m_database), u"0\n"_qs);
        m_server.run(u"DROP TABLE more"_qs, m_database);
        auto database = SqlDatabase::open(config(), steps(2));
        VERIFY_OK(database);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM schema_steps"), 2);
        QCOMPARE(number(**database, "SELECT COUNT(mark) FROM notes"), 0);
        QCOMPARE(number(**database, "SELECT COUNT(*) FROM more"), 0);
    }

    void whatIsNotOursIsRefused()
    {
        VERIFY_OK(SqlDatabase::open(config(), steps(2)));
        refused(config(), Code::Database, "newer version", 1);
        for (const auto& [table, says] : {std::pair(u"policy_audit"_qs, "the system that this one replaces"),
                                          std::pair(u"user"_qs, "the system that this one replaces"),
                                          std::pair(u"cats"_qs, "belongs to other software")}) {
            m_database = m_server.makeDatabase();
            m_server.run(u"CREATE TABLE `%1` (id INT)"_qs.arg(table), m_database);
            refused(config(), Code::Database, says);
            QCOMPARE(m_server.run(u"SHOW TABLES"_qs, m_database), table + u"\n"_qs);
        }
    }

    void whoCannotComeInIsToldWhy()
    {
        MariaDbConfig wrong = config();
        wrong.password = SecretString("no");
        refused(wrong, Code::Database, "refuses the account or its password");
        wrong = config();
        wrong.database = "nowhere";
        refused(wrong, Code::Database, "no such database");
        wrong = config();
        wrong.port = 1;
        refused(wrong, Code::StorageUnavailable, "cannot be reached");
        wrong = config();
        wrong.host = "localhost"; // not the socket of some server that happens to run here
        VERIFY_OK(SqlDatabase::open(wrong, steps(1)));
        wrong.socket = m_server.socket().toStdString();
        wrong.port = 1;
        VERIFY_OK(SqlDatabase::open(wrong, steps(1)));
    }

    void tlsIsHadOrRefused()
    {
        const QString own = makeCertificate(u"own"_qs);
        const QString other = makeCertificate(u"other"_qs);
        QVERIFY(!own.isEmpty() && !other.isEmpty());
        MariaDbConfig safe = config();
        safe.sslCa = own.toStdString() + ".pem";
        refused(safe, Code::Database, "the server offers none");
        m_server.stop();
        QVERIFY(m_server.start({u"--ssl-cert="_qs + own + u".pem"_qs, u"--ssl-key="_qs + own + u".key"_qs}));
        auto database = SqlDatabase::open(safe, steps(1));
        VERIFY_OK(database);
        safe.sslCa = other.toStdString() + ".pem";
        refused(safe, Code::Database, "no TLS connection came about");
        m_server.stop();
        QVERIFY(m_server.start());
    }
};

QTEST_GUILESS_MAIN(MariaDbTest)
#include "mariadbtest.moc"
