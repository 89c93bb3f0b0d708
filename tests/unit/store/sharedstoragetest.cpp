// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Storage on the tables of the system that this one replaces, while other software writes to them.
#include "store/sql/legacy/sharedstorage.h"
#include "samples.h"
#include "store/sql/legacy/sharedrows.h"
#include "store/sql/legacy/sharedsums.h"
#include "support/legacydatabase.h"
#include "support/verifyresult.h"
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <ctime>
#include <thread>

using namespace iam;
using namespace iam::store;

class SharedStorageTest : public QObject {
    Q_OBJECT

    static constexpr int soon = 2000;

    test::MariaDbServer m_server;
    SystemClock m_clock;
    std::unique_ptr<test::LegacyDatabase> m_database;
    std::unique_ptr<Storage> m_storage;

    void open()
    {
        sql::MariaDbConfig config;
        config.port = m_server.port();
        config.username = test::MariaDbServer::username;
        config.password = SecretString(test::MariaDbServer::password);
        config.database = m_database->name().toStdString();
        auto opened =
            sql::openSharedStorage(config,
                                   {[](const SecretString& key, const std::string& id) -> Result<std::string> {
                                        return id + ":" + key.reveal();
                                    },
                                    [](const std::string& sealed, const std::string& id) -> Result<SecretString> {
                                        return SecretString(sealed.substr(id.size() + 1));
                                    }},
                                   m_clock);
        VERIFY_OK(opened);
        m_storage = std::move(*opened);
    }
    QString value(const char* select) const { return m_database->run(QString::fromLatin1(select)).trimmed(); }
    Names changes() { return changesOf(*m_storage); }

private Q_SLOTS:
    void initTestCase()
    {
        if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start({QStringLiteral("--default-time-zone=+03:00")}), m_server.log().constData());
    }
    void init() { m_database = std::make_unique<test::LegacyDatabase>(m_server); }
    void cleanup()
    {
        m_storage.reset();
        ::unsetenv("TZ");
        ::tzset();
    }

    void oldRowsAreReadAsTheyAre()
    {
        m_database->addBlemishes();
        open();
        const auto alice = m_storage->users().find("ALICE");
        VERIFY_OK(alice);
        QCOMPARE(alice->metadata.id, std::uint64_t{38});
        QCOMPARE(alice->metadata.instanceId, contract::makeInstanceId("user-", 38));
        QCOMPARE(alice->metadata.version, std::uint64_t{1});
        VERIFY_CODE(m_storage->users().find("dave"), Code::Database);
        VERIFY_OK(m_storage->users().credentials("dave"));
        QVERIFY(!m_storage->users().credentials("carol")->account.loginedAt); // the zero date
        QVERIFY(!m_storage->users().credentials("bob")->account.enabled);
        VERIFY_OK(m_storage->users().find("\u00fcnal"));
        VERIFY_CODE(m_storage->users().find("unal"), Code::UserNotFound); // the collation takes them for one
        VERIFY_CODE(m_storage->users().find("alice "), Code::UserNotFound);
        const auto s0 = m_storage->secrets().find("alice", "S0");
        VERIFY_OK(s0);
        QCOMPARE(s0->secret.metadata.id, std::uint64_t{22}); // the oldest of three
        QVERIFY(s0->sealedKey.starts_with(s0->secret.secretId + ":key22"));
        QCOMPARE(m_storage->secrets().find("alice", "s2")->secret.username, std::string("alice")); // "ALICE" there
        std::size_t broken = 0;
        std::size_t policies = 0;
        VERIFY_OK(m_storage->policies().forEach(std::nullopt, [&](const PolicyEntry& entry) {
            ++policies;
            broken += entry.fault ? 1 : 0;
        }));
        QCOMPARE(policies, std::size_t{9}); // all but that of nobody
        QCOMPARE(broken, std::size_t{3});   // no JSON, an unknown condition, NULL
        QCOMPARE(changes(), Names{});
    }

    void datesAreLocalTimeThroughTheServersOwnZone()
    {
        // The database's server is three hours ahead; the old servers write their own wall clock all the same.
        ::setenv("TZ", "Asia/Shanghai", 1);
        ::tzset();
        open();
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        QCOMPARE(value("SELECT createdAt FROM user"), u"2023-11-15 06:13:20"_qs);
        QCOMPARE(m_storage->users().find("Ann")->metadata.createdAt, at(0));
        value("UPDATE user SET createdAt = '2021-05-27 10:01:40'");
        QCOMPARE(m_storage->users().find("Ann")->metadata.createdAt, TimePoint(std::chrono::seconds(1'622'080'900)));
    }

    void keysLieInTheClearAndCharactersInTheirPlace()
    {
        open();
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        StoredSecret made = secret("Ann", "s");
        made.sealedKey = made.secret.secretId + ":plain";
        const auto stored = m_storage->secrets().create(made, 10, actor, at(0));
        VERIFY_OK(stored);
        QCOMPARE(stored->sealedKey, made.sealedKey);
        QCOMPARE(value("SELECT secretKey FROM secret"), u"plain"_qs);
        const auto rotated =
            m_storage->secrets().rotate("ann", "s", {"new", "new:other"}, 4'000'000'000, 1, actor, at(1));
        VERIFY_OK(rotated);
        QCOMPARE(rotated->sealedKey, std::string("new:other"));
        QCOMPARE(rotated->previousSealedKey, made.sealedKey);
        QCOMPARE(value("SELECT CONCAT_WS(' ', secretID, secretKey) FROM secret"), u"new other"_qs);
        const auto refused = m_storage->secrets().setEnabled("ann", "s", false, {}, actor, at(2));
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.at(0).field, std::string("status"));

        contract::User wanted = user("bob");
        wanted.nickname = "\U0001f600";
        const auto noRoom = m_storage->users().create(wanted, "h", actor, at(0));
        VERIFY_CODE(noRoom, Code::Validation);
        QCOMPARE(noRoom.error().faults.at(0).field, std::string("nickname"));
        VERIFY_OK(m_storage->policies().create(policy("Ann", "p"), actor, at(0)));
        QVERIFY(value("SELECT policyShadow FROM policy").contains(u"gr\u00fc\u00dfe \\\\ud83d\\\\ude00"_qs));
        QVERIFY(m_storage->policies().find("Ann", "p")->policy == policy("Ann", "p").policy);
        QCOMPARE(sql::escapeBeyondBasic("a\u00fc\uffff\U00010000\U0010ffff"),
                 std::string("a\u00fc\uffff\\ud800\\udc00\\udbff\\udfff"));
    }

    void whatOthersDoIsRecorded()
    {
        m_database->addAdministrator();
        open();
        value("INSERT INTO user (name, nickname, password, email) VALUES ('carl', 'c', 'x', 'c@d.e')");
        value("INSERT INTO policy (name, username, policyShadow) VALUES ('p', 'carl', '{}')");
        QTRY_COMPARE_WITH_TIMEOUT(changes(), (Names{"user create carl/carl", "policy create carl/p"}), soon);
        value("UPDATE policy SET policyShadow = '{\"effect\":\"allow\"}'");
        value("UPDATE user SET isAdmin = 1 WHERE name = 'admin'"); // it is: no change
        value("UPDATE user SET loginedAt = NOW() WHERE name = 'admin'");
        QTRY_COMPARE_WITH_TIMEOUT(changes().size(), std::size_t{3}, soon);
        const contract::ChangeRecord change = m_storage->changes().query({}, {}, 1)->items.at(0);
        QCOMPARE(change.kind + " " + change.action, std::string("policy update"));
        QCOMPARE(change.actor.name, std::string("legacy"));
        QCOMPARE(change.objectVersion, std::uint64_t{2});
        QVERIFY(change.before.find("\"effect\":\"\"") != std::string::npos);
        QVERIFY(change.after.find("\"effect\":\"allow\"") != std::string::npos);
        QCOMPARE(m_storage->policies().versions("carl", "p", {})->versions.totalCount, std::uint64_t{2});

        const Account before = m_storage->users().credentials("carl")->account;
        VERIFY_OK(m_storage->sessions().begin(
            {"token", before.id, before.tokensValidFrom, at(0), m_clock.now() + std::chrono::hours(1), "::1", "x"}));
        value("UPDATE user SET password = 'y' WHERE name = 'carl'");
        const Account after = m_storage->users().credentials("carl")->account; // seen at once
        QVERIFY(after.tokensValidFrom > before.tokensValidFrom);
        QCOMPARE(changes().back(), std::string("user change-password carl/carl"));
        value("DELETE FROM user WHERE name = 'carl'");
        QTRY_COMPARE_WITH_TIMEOUT(changes().size(), std::size_t{7}, soon);
        const Names all = changes();
        QCOMPARE(Names(all.end() - 3, all.end()),
                 (Names{"policy delete carl/p", "session revoke carl/token", "user delete carl/carl"}));
        QCOMPARE(m_storage->sessions().revoked()->size(), std::size_t{1});
        QCOMPARE(value("SELECT COUNT(*) FROM iamx_user_notes"), u"1"_qs);
    }

    void whatWasDoneWhileWeWereAwayIsRecordedAtTheStart()
    {
        m_database->addAdministrator();
        open();
        m_storage.reset();
        value("INSERT INTO policy (name, username, policyShadow) VALUES ('p', 'admin', '{}')");
        open();
        QTRY_COMPARE_WITH_TIMEOUT(changes(), Names{"policy create admin/p"}, soon);
    }

    // As a server does whose clock is wrong, or somebody who corrects a row by hand.
    void aChangeThatHidesItsTimeIsFoundToo()
    {
        m_database->addAdministrator();
        value("INSERT INTO policy (name, username, policyShadow) VALUES ('p', 'admin', '{}')");
        open();
        value("UPDATE policy SET policyShadow = '{\"effect\":\"allow\"}', updatedAt = '2020-01-01 00:00:00'");
        QTRY_COMPARE_WITH_TIMEOUT(changes(), Names{"policy update admin/p"}, soon);
        // One comes, another one goes, and there are as many as before.
        value("DELETE FROM policy; INSERT INTO policy (name, username, policyShadow, updatedAt) VALUES ('q', 'admin',"
              " '{}', '2020-01-01 00:00:00')");
        QTRY_COMPARE_WITH_TIMEOUT(
            changes(), (Names{"policy update admin/p", "policy delete admin/p", "policy create admin/q"}), soon);
    }

    // What a transaction did is found when it is committed, however long ago its rows say that was.
    void aTransactionThatCommitsLateIsSeenThen()
    {
        m_database->addAdministrator();
        open();
        value("START TRANSACTION; INSERT INTO policy (name, username, policyShadow, updatedAt) VALUES ('p', 'admin',"
              " '{}', '2020-01-01 00:00:00'); DO SLEEP(3); COMMIT");
        QTRY_COMPARE_WITH_TIMEOUT(changes(), Names{"policy create admin/p"}, soon);
    }

    void everyChangeAmongManyIsSeenSoon_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("change");
        QTest::newRow("changed") << u"UPDATE policy SET policyShadow = '{\"effect\":\"deny\"}', updatedAt ="
                                    " '2020-01-01 00:00:00' WHERE name = 'p777'"_qs
                                 << u"policy update u77/p777"_qs;
        QTest::newRow("removed") << u"DELETE FROM policy WHERE name = 'p778'"_qs << u"policy delete u78/p778"_qs;
        QTest::newRow("added") << u"INSERT INTO policy (name, username, policyShadow, updatedAt) VALUES ('new', 'u1',"
                                  " '{}', '2020-01-01 00:00:00')"_qs
                               << u"policy create u1/new"_qs;
    }
    // While both sides write to other rows all the time. IAM_SHARED_ROWS=N: among N, at least ten thousand.
    void everyChangeAmongManyIsSeenSoon()
    {
        QFETCH(QString, statement);
        QFETCH(QString, change);
        const int rows = std::max(10'000, qEnvironmentVariableIntValue("IAM_SHARED_ROWS"));
        m_database->run(
            u"INSERT INTO user (name, nickname, password, email) SELECT CONCAT('u', seq), 'n', 'x', 'y' FROM"
            " seq_0_to_99; INSERT INTO policy (name, username, policyShadow, updatedAt) SELECT CONCAT('p',"
            " seq), CONCAT('u', seq % 100), CONCAT('{\"description\":\"', REPEAT('x', 400), '\"}'),"
            " '2021-01-01 00:00:00' FROM seq_1_to_%1"_qs.arg(rows));
        open();
        value("INSERT INTO policy (name, username, policyShadow) VALUES ('first', 'u0', '{}')");
        QTRY_COMPARE_WITH_TIMEOUT(changes(), Names{"policy create u0/first"}, 60'000); // all were compared once
        std::atomic<bool> enough = false;
        std::thread theirs([&] {
            for (int i = 0; !enough; ++i)
                m_database->run(u"UPDATE policy SET policyShadow = '{\"description\":\"%1\"}', updatedAt = NOW()"
                                " WHERE id = %2"_qs.arg(i)
                                    .arg(5000 + i % 40));
        });
        std::thread ours([&] {
            for (int i = 0; !enough; ++i) {
                const std::string number = std::to_string(1 + i % 40);
                contract::Policy wanted = policy("u" + number, "p" + number);
                wanted.policy.description = std::to_string(i);
                static_cast<void>(m_storage->policies().update(wanted, {}, actor, m_clock.now()));
            }
        });
        m_database->run(statement);
        const auto begun = std::chrono::steady_clock::now();
        const auto seen = [&] {
            const Names all = changes();
            return std::find(all.begin(), all.end(), change.toStdString()) != all.end();
        };
        const bool inTime = QTest::qWaitFor(seen, soon);
        const auto took = std::chrono::steady_clock::now() - begun;
        qInfo("seen after %lld ms among %d",
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()), rows);
        enough = true;
        theirs.join();
        ours.join();
        QVERIFY(inTime);
    }

    // An old server's transaction holds rows in the other order: one of the two has to give way.
    void aDeadlockIsTriedAgain()
    {
        m_database->addAdministrator();
        open();
        for (const char* name : {"a", "b"})
            VERIFY_OK(m_storage->policies().create(policy("admin", name), actor, at(0)));
        QProcess other;
        other.start(u"mariadb"_qs, {u"--no-defaults"_qs, u"--user=root"_qs, u"--socket="_qs + m_server.socket(),
                                    u"--unbuffered"_qs, u"--skip-column-names"_qs, m_database->name()});
        // It has changed so much more that it is not the one that gives way.
        other.write(
            "START TRANSACTION; INSERT INTO policy (name, username, policyShadow) SELECT seq, 'admin', '{}' FROM"
            " seq_1_to_500; UPDATE policy SET policyShadow = '{}' WHERE id = 48; SELECT 'holds b';\n");
        QVERIFY(other.waitForReadyRead(30'000));
        Result<std::uint64_t> removed{0};
        std::jthread ours([&] { removed = m_storage->policies().remove("admin", {"a", "b"}, actor, at(1)); });
        QTRY_VERIFY_WITH_TIMEOUT(
            value("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'DELETE FROM `policy`%'") ==
                u"1",
            10'000);
        other.write("UPDATE policy SET policyShadow = '{}' WHERE id = 47; SELECT 'holds a';\n");
        QVERIFY(other.waitForReadyRead(30'000)); // ours has given way, and waits anew
        other.write("COMMIT;\n");
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished(30'000));
        ours.join();
        VERIFY_OK(removed);
        QCOMPARE(*removed, std::uint64_t{2});
        QCOMPARE(value("SELECT COUNT(*) FROM policy WHERE name IN ('a', 'b')"), u"0"_qs);
        QCOMPARE(value("SELECT COUNT(*) FROM policy"), u"500"_qs);
    }

    void aRowThatIsHeldForAWhileIsWaitedFor()
    {
        m_database->addAdministrator();
        open();
        VERIFY_OK(m_storage->policies().create(policy("admin", "p"), actor, at(0)));
        QProcess other;
        other.start(u"mariadb"_qs, {u"--no-defaults"_qs, u"--user=root"_qs, u"--socket="_qs + m_server.socket(),
                                    u"--unbuffered"_qs, u"--skip-column-names"_qs, m_database->name()});
        other.write("START TRANSACTION; UPDATE policy SET extendShadow = '{}'; SELECT 1; DO SLEEP(3); COMMIT;\n");
        other.closeWriteChannel();
        QVERIFY(other.waitForReadyRead(30'000));
        VERIFY_OK(m_storage->policies().update(policy("admin", "p"), {}, actor, at(1))); // longer than one lock waits
        QVERIFY(other.waitForFinished(30'000));
    }

    void sumsTellWhereSomethingChanged()
    {
        using sql::ChunkSums;
        using sql::IdRange;
        const ChunkSums before{{0, 5}, {1, 6}, {2, 7}, {9, 1}};
        QVERIFY(sql::differingRanges(before, before).empty());
        QCOMPARE(sql::differingRanges(before, {{0, 5}, {1, 1}, {2, 8}, {9, 1}}), (std::vector<IdRange>{{1024, 3071}}));
        QCOMPARE(sql::differingRanges(before, {{0, 5}, {1, 6}, {2, 7}, {11, 1}}),
                 (std::vector<IdRange>{{9216, 10239}, {11264, 12287}}));
        QCOMPARE(sql::differingRanges({}, {{3, 0}}), (std::vector<IdRange>{{3072, 4095}}));
    }

    // The same change in two rows of one chunk must not cancel out.
    void twinChangesAreSeen()
    {
        m_database->addAdministrator();
        value("INSERT INTO policy (name, username, policyShadow) VALUES ('p', 'admin', '{\"effect\":\"a\"}'), ('q',"
              " 'admin', '{\"effect\":\"a\"}')");
        open();
        QTRY_COMPARE_WITH_TIMEOUT(value("SELECT COUNT(*) FROM iamx_servers"), u"1"_qs, soon);
        value("UPDATE policy SET policyShadow = '{\"effect\":\"b\"}', updatedAt = updatedAt");
        QTRY_COMPARE_WITH_TIMEOUT(changes(), (Names{"policy update admin/p", "policy update admin/q"}), soon);
    }

    void whatIsBeingTakenOverOrUncertainIsNotShared()
    {
        const auto refusal = [&] {
            sql::MariaDbConfig config;
            config.port = m_server.port();
            config.username = test::MariaDbServer::username;
            config.password = SecretString(test::MariaDbServer::password);
            config.database = m_database->name().toStdString();
            const auto opened = sql::openSharedStorage(config, {}, m_clock);
            return opened ? std::string() : opened.error().detail;
        };
        value("CREATE TABLE adoption_steps (number INT)");
        QVERIFY2(refusal().find("being taken over or given back") != std::string::npos, refusal().c_str());
        value("DROP TABLE adoption_steps; SET foreign_key_checks = 0; ALTER TABLE user DROP INDEX idx_name; INSERT INTO"
              " user (name, nickname, password, email) VALUES ('eve', 'a', 'x', 'y'), ('Eve', 'b', 'x', 'y')");
        QVERIFY2(refusal().find("two users called") != std::string::npos, refusal().c_str());
    }

    void manyChangesAtOnceAreAllRecorded()
    {
        m_database->addAdministrator();
        open();
        value("INSERT INTO policy (name, username, policyShadow) SELECT CONCAT('p', seq), 'admin', '{}' FROM "
              "seq_1_to_900");
        QTRY_COMPARE_WITH_TIMEOUT(*m_storage->changes().lastId(), std::uint64_t{900}, 20'000);
        value("DELETE FROM policy WHERE id % 2 = 0");
        QTRY_COMPARE_WITH_TIMEOUT(*m_storage->changes().lastId(), std::uint64_t{1350}, 20'000);
        QCOMPARE(value("SELECT COUNT(*) FROM iamx_policy_notes"), u"450"_qs);
    }

    // Each side writes as fast as it can; nobody's change is lost, unrecorded or recorded twice.
    void bothWriteAtOnce()
    {
        m_database->addAdministrator();
        open();
        constexpr int each = 40;
        std::atomic<int> refused = 0;
        std::thread ours([&] {
            for (int i = 0; i < each; ++i)
                if (!m_storage->policies().create(policy("admin", "ours" + std::to_string(i)), actor, m_clock.now()))
                    ++refused;
        });
        QString statements;
        for (int i = 0; i < each; ++i)
            statements +=
                u"INSERT INTO policy (instanceID, name, username, policyShadow) VALUES ('', 'theirs%1', 'admin',"
                " '{}'); UPDATE policy SET instanceID = CONCAT('policy-x', id), updatedAt = NOW() WHERE id ="
                " LAST_INSERT_ID();\n"_qs.arg(i);
        const QString said = m_database->run(statements);
        ours.join();
        QCOMPARE(said, QString());
        QCOMPARE(refused.load(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(*m_storage->changes().lastId(), std::uint64_t{2 * each}, 5 * soon);
        QCOMPARE(value("SELECT COUNT(*) FROM policy"), QString::number(2 * each));
        for (int i = 0; i < each; ++i) {
            contract::Policy wanted = policy("admin", "theirs" + std::to_string(i));
            VERIFY_OK(m_storage->policies().update(wanted, 1, actor, m_clock.now()));
        }
        VERIFY_OK(m_storage->health());
    }
};

QTEST_GUILESS_MAIN(SharedStorageTest)
#include "sharedstoragetest.moc"
