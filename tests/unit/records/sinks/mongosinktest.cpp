// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The mongo sink with a stand-in that speaks MongoDB's wire protocol.
#include "records/sinks/mongosink.h"
#include "contract/json.h"
#include "sinksamples.h"
#include "support/freeport.h"
#include "support/mongostandin.h"
#include "support/verifyresult.h"
#include <QElapsedTimer>
#include <QTest>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;
using test::MongoStandIn;

class MongoSinkTest : public QObject {
    Q_OBJECT

    std::unique_ptr<MongoStandIn> m_server;

    [[nodiscard]] MongoOptions options() const
    {
        MongoOptions options;
        options.url = SecretString("mongodb://127.0.0.1:" + std::to_string(m_server->port()) + "/iam");
        options.collection = "decisions";
        return options;
    }
    [[nodiscard]] std::unique_ptr<MongoSink> makeSink(std::chrono::milliseconds timeout = 3s) const
    {
        return std::make_unique<MongoSink>(options(), timeout);
    }
    [[nodiscard]] std::size_t count() const { return m_server->documents().size(); }
    [[nodiscard]] contract::Json document(const std::string& id) const
    {
        const auto all = m_server->documents();
        const auto found = all.find(id);
        return found != all.end() ? contract::parseWholeJson(found->second).value_or(contract::Json())
                                  : contract::Json();
    }
    static std::string text(const contract::Json& document, const char* name)
    {
        const contract::Json* const value = document.find(name);
        return value != nullptr && value->string() != nullptr ? *value->string() : "(none)";
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<MongoStandIn>();
        m_server->start();
        QVERIFY(test::waitForPort(m_server->port()));
    }
    void cleanup() { m_server.reset(); }

    void aRecordIsADocument()
    {
        auto records = test::sampleRecords(6, 1);
        records[0].resource = "b\xc3\xbc"
                              "cher\xff";
        VERIFY_OK(makeSink()->write(records));
        const contract::Json found = document("node-a:6:1700000000006");
        QCOMPARE(found.find("timestamp")->integer() != nullptr ? *found.find("timestamp")->integer() : 0,
                 1'700'000'000);
        QCOMPARE(text(found, "username"), std::string("colin"));
        QCOMPARE(text(found, "effect"), std::string("allow"));
        QCOMPARE(text(found, "conclusion"), std::string("policies policy-a, policy-b allow access"));
        QVERIFY(text(found, "request")
                    .starts_with("{\"resource\":\"b\xc3\xbc"
                                 "cher\xef\xbf\xbd\","));
        QCOMPARE(text(found, "policies"), std::string());
        QCOMPARE(text(found, "deciders"), std::string("[{\"id\":\"policy-a\"},{\"id\":\"policy-b\"}]"));
        QCOMPARE(text(*found.find("expireAt"), "$date"), std::string("2123-10-21T22:13:20Z"));
        QCOMPARE(text(*found.find("time"), "$date"), std::string("2023-11-14T22:13:20.006Z"));
        QCOMPARE(text(found, "node"), std::string("node-a"));
        QCOMPARE(*found.find("sequence")->integer(), 6);
        QCOMPARE(text(found, "requestID"), records[0].requestId);
    }
    void aMajorityIsWaitedForAndTheOrderDoesNotMatter()
    {
        VERIFY_OK(makeSink(1234ms)->write(test::sampleRecords(1, 2)));
        std::vector<contract::Json> inserts;
        int indexes = 0;
        for (const std::string& command : m_server->commands()) {
            if (command.find("createIndexes") != std::string::npos) ++indexes;
            if (command.find("\"insert\"") == std::string::npos) continue;
            inserts.push_back(contract::parseWholeJson(command).value_or(contract::Json()));
        }
        QCOMPARE(inserts.size(), std::size_t{1});
        QCOMPARE(text(inserts[0], "insert"), std::string("decisions"));
        QCOMPARE(text(inserts[0], "$db"), std::string("iam"));
        QCOMPARE(*inserts[0].find("ordered")->boolean(), false);
        const contract::Json* const concern = inserts[0].find("writeConcern");
        QVERIFY(concern != nullptr);
        QCOMPARE(text(*concern, "w"), std::string("majority"));
        QCOMPARE(*concern->find("wtimeout")->integer(), 1234);
        QCOMPARE(indexes, 1);
    }
    void whatComesTwiceIsStoredOnce_data()
    {
        QTest::addColumn<bool>("inOldWords");
        QTest::newRow("with the index's pattern") << false;
        QTest::newRow("in words, as before 4.4") << true;
    }
    void whatComesTwiceIsStoredOnce()
    {
        QFETCH(bool, inOldWords);
        MongoStandIn::Misbehaviour how;
        how.inOldWords = inOldWords;
        m_server->misbehave(how);
        auto sink = makeSink();
        VERIFY_OK(sink->write(test::sampleRecords(1, 20)));
        VERIFY_OK(sink->write(test::sampleRecords(1, 20)));
        VERIFY_OK(makeSink()->write(test::sampleRecords(10, 20)));
        QCOMPARE(count(), std::size_t{29});
    }
    void aLogBegunAnewIsToldApart()
    {
        auto sink = makeSink();
        VERIFY_OK(sink->write(test::sampleRecords(1, 1)));
        auto anew = test::sampleRecords(1, 1);
        anew[0].time += 1h;
        VERIFY_OK(sink->write(anew));
        QCOMPARE(count(), std::size_t{2});
    }
    void whatTheServerRefusesIsNamedAsSuch_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("elsewhere");
        QTest::addColumn<bool>("permanent");
        QTest::newRow("document validation") << 121 << false << true;
        QTest::newRow("too large") << 10334 << false << true;
        QTest::newRow("another unique index") << 11000 << true << true;
        QTest::newRow("not the primary any more") << 10107 << false << false;
        QTest::newRow("no room") << 14031 << false << false;
        QTest::newRow("no right") << 13 << false << false;
    }
    void whatTheServerRefusesIsNamedAsSuch()
    {
        QFETCH(int, code);
        QFETCH(bool, elsewhere);
        QFETCH(bool, permanent);
        MongoStandIn::Misbehaviour how;
        how.refuse = [code](const std::string& id) { return id.starts_with("node-a:3:") ? code : 0; };
        how.elsewhere = elsewhere;
        m_server->misbehave(how);
        auto sink = makeSink();
        const auto refused = sink->write(test::sampleRecords(1, 5));
        VERIFY_CODE(refused, permanent ? Code::Validation : Code::StorageUnavailable);
        QVERIFY2(refused.error().detail.find("node-a") == std::string::npos, refused.error().detail.c_str());
        VERIFY_OK(sink->write(test::sampleRecords(1, 2)));
        m_server->misbehave({});
        VERIFY_OK(sink->write(test::sampleRecords(1, 5)));
        QCOMPARE(count(), std::size_t{5});
    }
    void oneErrorThatPassesMakesAllPass()
    {
        MongoStandIn::Misbehaviour how;
        how.refuse = [](const std::string& id) { return id.starts_with("node-a:3:") ? 121 : 189; };
        m_server->misbehave(how);
        VERIFY_CODE(makeSink()->write(test::sampleRecords(1, 5)), Code::StorageUnavailable);
    }
    void withoutAMajorityItComesAgain()
    {
        MongoStandIn::Misbehaviour how;
        how.writeConcernError = 64;
        m_server->misbehave(how);
        auto sink = makeSink();
        VERIFY_CODE(sink->write(test::sampleRecords(1, 3)), Code::StorageUnavailable);
        VERIFY_CODE(sink->write(test::sampleRecords(1, 3)), Code::StorageUnavailable); // all of them twice, still none
        m_server->misbehave({});
        VERIFY_OK(sink->write(test::sampleRecords(1, 3)));
        QCOMPARE(count(), std::size_t{3});
    }
    void aCommandThatFailsComesAgain()
    {
        for (const int code : {2, 13, 91, 10107, 11600}) {
            MongoStandIn::Misbehaviour how;
            how.commandError = code;
            m_server->misbehave(how);
            VERIFY_CODE(makeSink()->write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
        }
        QCOMPARE(count(), std::size_t{0});
    }
    void aServerThatGoesIsWaitedFor()
    {
        auto sink = makeSink();
        for (int round = 0; round < 5; ++round) {
            VERIFY_OK(sink->write(test::sampleRecords(1 + round * 100, 50)));
            m_server->kill();
            for (int attempt = 0; attempt < 2; ++attempt)
                VERIFY_CODE(sink->write(test::sampleRecords(51 + round * 100, 50)), Code::StorageUnavailable);
            m_server->start();
            QElapsedTimer timer;
            timer.start();
            VERIFY_OK(sink->write(test::sampleRecords(51 + round * 100, 50)));
            QVERIFY2(timer.elapsed() < 2500, "the driver waited before it tried again");
        }
        QCOMPARE(count(), std::size_t{500});
    }
    void anAnswerThatNeverComesIsNoAnswer()
    {
        auto sink = makeSink(300ms);
        MongoStandIn::Misbehaviour how;
        how.dying = true;
        m_server->misbehave(how);
        VERIFY_CODE(sink->write(test::sampleRecords(1, 5)), Code::StorageUnavailable);
        QCOMPARE(count(), std::size_t{5}); // they are there, which nobody could know
        how.dying = false;
        how.silent = true;
        m_server->misbehave(how);
        QElapsedTimer timer;
        timer.start();
        VERIFY_CODE(sink->write(test::sampleRecords(1, 5)), Code::StorageUnavailable);
        QVERIFY2(timer.elapsed() >= 250 && timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        m_server->misbehave({});
        VERIFY_OK(sink->write(test::sampleRecords(1, 5)));
        QCOMPARE(count(), std::size_t{5});
    }
    void largeRecordsLoseTheirDetailsOnly()
    {
        MongoOptions small = options();
        small.documentBytes = 2000;
        MongoSink sink(small, 3s);
        auto records = test::sampleRecords(6, 1); // allowed
        records[0].deciders.assign(2, std::string(800, 'd'));
        records[0].allowed = false;
        records[0].reason = "said";
        VERIFY_OK(sink.write(records));
        QCOMPARE(text(document("node-a:6:1700000000006"), "deciders"), std::string());
        records[0].resource = std::string(3000, 'r');
        VERIFY_CODE(sink.write(records), Code::Validation);
    }
    void largeBatchesAreTaken()
    {
        auto records = test::sampleRecords(1, 40);
        for (auto& record : records) record.context = '"' + std::string(1'000'000, 'x') + '"';
        VERIFY_OK(makeSink(20s)->write(records));
        QCOMPARE(count(), std::size_t{40});
    }
    // A name and a password in the connection string: nobody at this port takes them, and nothing repeats them.
    void theUrlIsInNoError()
    {
        m_server->kill();
        MongoOptions secret = options();
        secret.url = SecretString("mongodb://somebody:geheim@127.0.0.1:" + std::to_string(m_server->port()) + "/iam");
        const auto refused = MongoSink(secret, 300ms).write(test::sampleRecords(1, 1));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY2(refused.error().detail.find("geheim") == std::string::npos, refused.error().detail.c_str());
        m_server->start();
        const auto unauthenticated = MongoSink(secret, 300ms).write(test::sampleRecords(1, 1));
        VERIFY_CODE(unauthenticated, Code::StorageUnavailable);
        QVERIFY2(unauthenticated.error().detail.find("geheim") == std::string::npos,
                 unauthenticated.error().detail.c_str());
        secret.url = SecretString("mongodb://u:geheim@@x/iam");
        const auto broken = MongoSink(secret, 300ms).write(test::sampleRecords(1, 1));
        VERIFY_CODE(broken, Code::StorageUnavailable);
        QVERIFY(broken.error().detail.find("geheim") == std::string::npos);
    }
    void withoutTlsThereIsNone()
    {
        MongoOptions secure = options();
        secure.tls = true;
        VERIFY_CODE(MongoSink(secure, 500ms).write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
        QCOMPARE(count(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(MongoSinkTest)
#include "mongosinktest.moc"
