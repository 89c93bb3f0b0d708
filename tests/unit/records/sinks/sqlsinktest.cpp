// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sql sink on both engines.
#include "records/sinks/sqlsink.h"
#include "sinksamples.h"
#include "support/mariadbserver.h"
#include "support/verifyresult.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;
using test::MariaDbServer;

class SqlSinkTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MariaDbServer> m_server;
    QString m_database;

    [[nodiscard]] SqlOptions options() const
    {
        QFETCH_GLOBAL(bool, mariaDb);
        SqlOptions options;
        options.driver = mariaDb ? SqlOptions::Driver::Mysql : SqlOptions::Driver::Sqlite;
        options.sqlite.path = m_folder->filePath(QStringLiteral("decisions.db")).toStdString();
        if (!mariaDb) return options;
        options.mariaDb.port = m_server->port();
        options.mariaDb.username = MariaDbServer::username;
        options.mariaDb.password = SecretString(MariaDbServer::password);
        options.mariaDb.database = m_database.toStdString();
        return options;
    }
    [[nodiscard]] std::unique_ptr<SqlSink> makeSink() const { return std::make_unique<SqlSink>(options(), 5s); }
    /// The first column of what is found, around the sink.
    QStringList rows(const QString& statement)
    {
        QFETCH_GLOBAL(bool, mariaDb);
        if (mariaDb) return m_server->run(statement, m_database).split(u'\n', Qt::SkipEmptyParts);
        QStringList found;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("beside"));
            database.setDatabaseName(m_folder->filePath(QStringLiteral("decisions.db")));
            database.open();
            QSqlQuery query(statement, database);
            while (query.next()) found << query.value(0).toString();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("beside"));
        return found;
    }
    QString count() { return rows(QStringLiteral("SELECT COUNT(*) FROM decision_records")).value(0); }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("mariaDb");
        QTest::newRow("sqlite") << false;
        QTest::newRow("mariadb") << true;
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFETCH_GLOBAL(bool, mariaDb);
        if (!mariaDb) return;
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        if (!m_server) {
            m_server = std::make_unique<MariaDbServer>();
            QVERIFY2(m_server->start(), m_server->log().constData());
        }
        m_database = m_server->makeDatabase();
    }

    void everyFieldIsThere()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1'700'000'000'123ms), 0);
        record.sequence = 4711;
        record.resource = "books:\U0001F4D6 'n\" \\ things";
        record.context = "{\"emoji\":\"\U0001F600\"}";
        record.deciders = {"a\"b", "c"};
        VERIFY_OK(makeSink()->write(std::vector{record}));
        const auto column = [this](const char* name) {
            return rows(QStringLiteral("SELECT %1 FROM decision_records").arg(QLatin1String(name))).value(0);
        };
        QCOMPARE(column("node"), QStringLiteral("node-a"));
        QCOMPARE(column("sequence"), QStringLiteral("4711"));
        QCOMPARE(column("time_ms"), QStringLiteral("1700000000123"));
        QCOMPARE(column("owner"), QStringLiteral("colin"));
        QCOMPARE(column("subject"), QStringLiteral("users:peter"));
        QCOMPARE(column("action"), QStringLiteral("read"));
        QCOMPARE(column("HEX(resource)"),
                 QString::fromLatin1(QByteArray::fromStdString(record.resource).toHex().toUpper()));
        QCOMPARE(column("HEX(context)"),
                 QString::fromLatin1(QByteArray::fromStdString(record.context).toHex().toUpper()));
        QCOMPARE(column("allowed"), QStringLiteral("1"));
        QCOMPARE(column("LENGTH(reason)"), QStringLiteral("0"));
        const QByteArray deciders = "[\"a\\\"b\",\"c\"]";
        QCOMPARE(column("HEX(deciders)"), QString::fromLatin1(deciders.toHex().toUpper()));
        QCOMPARE(column("request_id"), QString::fromStdString(record.requestId));
        QCOMPARE(column("snapshot"), QStringLiteral("4711"));
    }
    void whatComesTwiceIsStoredOnce()
    {
        auto sink = makeSink();
        VERIFY_OK(sink->write(test::sampleRecords(1, 130)));
        QCOMPARE(count(), QStringLiteral("130"));
        VERIFY_OK(sink->write(test::sampleRecords(1, 130)));
        VERIFY_OK(makeSink()->write(test::sampleRecords(100, 60)));
        auto twice = test::sampleRecords(160, 1);
        twice.push_back(twice.front());
        VERIFY_OK(sink->write(twice));
        QCOMPARE(count(), QStringLiteral("160"));
        QCOMPARE(rows(QStringLiteral("SELECT MIN(sequence) + MAX(sequence) FROM decision_records")).value(0),
                 QStringLiteral("161"));
    }
    void nodesAreToldApartAndSoIsALogBegunAnew()
    {
        auto sink = makeSink();
        auto records = test::sampleRecords(1, 3);
        records[1].node = "node-b";
        records[1].sequence = 1;
        VERIFY_OK(sink->write(records));
        auto anew = test::sampleRecords(1, 1);
        anew[0].time += 1h;
        VERIFY_OK(sink->write(anew));
        QCOMPARE(count(), QStringLiteral("4"));
    }
    void aRecordThatCannotBeTakenIsNamedAsSuch()
    {
        auto sink = makeSink();
        auto records = test::sampleRecords(1, 2);
        records[1].context = std::string(9 * 1024 * 1024, 'x');
        VERIFY_CODE(sink->write(records), Code::Validation);
        records[1] = records[0];
        records[1].sequence = 2;
        records[1].owner = std::string(256, 'o');
        VERIFY_CODE(sink->write(records), Code::Validation);
        QCOMPARE(count(), QStringLiteral("0")); // all or nothing
        VERIFY_OK(sink->write(std::span(records).first(1)));
        QCOMPARE(count(), QStringLiteral("1"));
    }
    void aRuleOfSomebodyElseRefusesTheRecordOnly()
    {
        QFETCH_GLOBAL(bool, mariaDb);
        auto sink = makeSink();
        VERIFY_OK(sink->write(test::sampleRecords(1, 1)));
        if (!mariaDb)
            rows(QStringLiteral("CREATE UNIQUE INDEX theirs ON decision_records (resource)"));
        else
            rows(QStringLiteral("CREATE UNIQUE INDEX theirs ON decision_records (resource(100))"));
        auto records = test::sampleRecords(2, 2);
        records[1].resource = test::sampleRecords(1, 1).front().resource;
        const auto refused = sink->write(records);
        VERIFY_CODE(refused, Code::Validation);
        QVERIFY(refused.error().detail.find("articles") == std::string::npos);
        VERIFY_OK(sink->write(std::span(records).first(1)));
        QCOMPARE(count(), QStringLiteral("2"));
    }
    void bytesThatAreNotTextAreReplaced()
    {
        auto records = test::sampleRecords(1, 1);
        records[0].subject = "a\xff"
                             "b";
        VERIFY_OK(makeSink()->write(records));
        QCOMPARE(rows(QStringLiteral("SELECT HEX(subject) FROM decision_records")).value(0),
                 QStringLiteral("61EFBFBD62"));
    }
    void largeBatchesAreTaken()
    {
        auto records = test::sampleRecords(1, 60);
        for (auto& record : records) record.context = '"' + std::string(300'000, 'x') + '"'; // 18 MB together
        VERIFY_OK(makeSink()->write(records));
        QCOMPARE(count(), QStringLiteral("60"));
    }
    void anotherDatabaseIsNotTouched()
    {
        QFETCH_GLOBAL(bool, mariaDb);
        rows(QStringLiteral("CREATE TABLE user (id INTEGER)"));
        auto sink = makeSink();
        const auto refused = sink->write(test::sampleRecords(1, 1));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY(rows(QStringLiteral("SELECT COUNT(*) FROM decision_records")).value(0) != QStringLiteral("0"));
        if (mariaDb) {
            QVERIFY(refused.error().detail.find(MariaDbServer::password) == std::string::npos);
            rows(QStringLiteral("DROP TABLE user"));
            VERIFY_OK(sink->write(test::sampleRecords(1, 1))); // the same sink, once it can
        }
    }
    void aServerThatGoesIsWaitedFor()
    {
        QFETCH_GLOBAL(bool, mariaDb);
        if (!mariaDb) QSKIP("there is no server");
        auto sink = makeSink();
        for (int round = 0; round < 3; ++round) {
            VERIFY_OK(sink->write(test::sampleRecords(1 + round * 100, 50)));
            m_server->kill();
            const auto refused = sink->write(test::sampleRecords(51 + round * 100, 50));
            VERIFY_CODE(refused, Code::StorageUnavailable);
            QVERIFY2(refused.error().detail.find(MariaDbServer::password) == std::string::npos,
                     refused.error().detail.c_str());
            QVERIFY(m_server->start());
            VERIFY_OK(sink->write(test::sampleRecords(51 + round * 100, 50)));
        }
        QCOMPARE(count(), QStringLiteral("300"));
    }
    void aServerThatIsNotThereYetIsWaitedFor()
    {
        QFETCH_GLOBAL(bool, mariaDb);
        if (!mariaDb) QSKIP("there is no server");
        m_server->kill();
        auto sink = makeSink();
        VERIFY_CODE(sink->write(test::sampleRecords(1, 5)), Code::StorageUnavailable);
        QVERIFY(m_server->start());
        VERIFY_OK(sink->write(test::sampleRecords(1, 5)));
        QCOMPARE(count(), QStringLiteral("5"));
    }
    void aWrongPasswordIsWaitedForAndNotRepeated()
    {
        QFETCH_GLOBAL(bool, mariaDb);
        if (!mariaDb) QSKIP("there is no server");
        SqlOptions wrong = options();
        wrong.mariaDb.password = SecretString("Geheim-1");
        const auto refused = SqlSink(wrong, 5s).write(test::sampleRecords(1, 1));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY(refused.error().detail.find("Geheim") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(SqlSinkTest)
#include "sqlsinktest.moc"
