// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server of ours and one of the old system on one database: each sees what the other does within two seconds, and
// the old tables stay what they are.
#include "support/oldserver.h"
#include "support/serverprocess.h"
#include <QRegularExpression>
#include <QTest>

using namespace iam;
using namespace iam::test;

class SharedLegacyTest : public QObject {
    Q_OBJECT

    static constexpr int soon = 2000;
    static constexpr const char* key = "abcdefghijklmnopqrstuvwxyz123456";

    MariaDbServer m_server;
    RedisServer m_redis;
    std::unique_ptr<LegacyDatabase> m_database;
    std::unique_ptr<OldServer> m_old;
    std::unique_ptr<ServerProcess> m_ours;
    std::string m_token;

    static QString secretId() { return QString::fromStdString(LegacyDatabase::secretId("id")); }

    QStringList settings(bool withRedis) const
    {
        QStringList all{u"store.driver=mysql"_qs,
                        u"store.shared-with-legacy=true"_qs,
                        u"mysql.host=127.0.0.1:%1"_qs.arg(m_server.port()),
                        u"mysql.username=%1"_qs.arg(QLatin1String(MariaDbServer::username)),
                        u"mysql.password=%1"_qs.arg(QLatin1String(MariaDbServer::password)),
                        u"mysql.database="_qs + m_database->name()};
        if (withRedis) all << u"redis.host=127.0.0.1"_qs << u"redis.port=%1"_qs.arg(m_redis.port());
        return all;
    }
    void begin(bool withRedis)
    {
        m_old = std::make_unique<OldServer>(*m_database, withRedis ? &m_redis : nullptr);
        m_ours = std::make_unique<ServerProcess>();
        QVERIFY2(m_ours->start(settings(withRedis)), m_ours->log().right(900).constData());
        m_token = m_ours->logInAsAdmin();
        QVERIFY(!m_token.empty());
    }
    /// "true", "false", or the code of a refusal.
    std::string decision() const
    {
        const HttpAnswer answer = m_ours->decide(secretId().toStdString(), key,
                                                 R"({"subject":"users:x","action":"a","resource":"r","context":{}})");
        return memberOf(answer.body, answer.status == 200 ? "allowed" : "code");
    }
    int statusOf(const std::string& target, const std::string& token) const
    {
        return m_ours->api("GET", target, token).status;
    }
    static void ways()
    {
        QTest::addColumn<bool>("withRedis");
        QTest::newRow("with Redis") << true;
        QTest::newRow("without Redis") << false;
    }
    /// The definitions without the counters of ids.
    QString schema() const
    {
        QString all;
        for (const char* table : {"user", "secret", "policy", "policy_audit"})
            all += m_database->run(u"SHOW CREATE TABLE `%1`; SHOW TRIGGERS LIKE '%1'"_qs.arg(QLatin1String(table)));
        return all.remove(QRegularExpression(u"AUTO_INCREMENT=\\d+ "_qs));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
        QVERIFY(m_redis.start());
    }
    void init()
    {
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->addAdministrator();
    }
    void cleanup()
    {
        m_ours.reset();
        m_old.reset();
    }

    void whatTheOldServerDoesIsSeen_data() { ways(); }
    void whatTheOldServerDoesIsSeen()
    {
        QFETCH(bool, withRedis);
        begin(withRedis);
        m_old->createUser(u"carl"_qs, u"Carl@2021"_qs);
        const std::string carl = m_ours->logIn("carl", "Carl@2021");
        QVERIFY(!carl.empty());
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/users/carl", carl), 200, soon);

        m_old->createSecret(u"carl"_qs, u"s"_qs, secretId(), QString::fromLatin1(key));
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("false"), soon);
        m_old->createPolicy(u"carl"_qs, u"p"_qs, u"allow"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("true"), soon);
        m_old->savePolicy(u"carl"_qs, u"p"_qs, u"deny"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("false"), soon);
        m_old->savePolicy(u"carl"_qs, u"p"_qs, u"allow"_qs); // in the same second as the last, perhaps
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("true"), soon);
        m_old->removePolicy(u"carl"_qs, u"p"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("false"), soon);
        m_old->saveSecret(u"carl"_qs, u"s"_qs, 1);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("100203"), soon);
        m_old->saveSecret(u"carl"_qs, u"s"_qs, 0);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("false"), soon);
        m_old->removeSecret(u"carl"_qs, u"s"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("100202"), soon);

        m_old->logIn(u"carl"_qs); // no change
        m_old->saveUser(u"carl"_qs, u"Carl the Old"_qs);
        QCOMPARE(memberOf(m_ours->api("GET", "/v1/users/carl", m_token).body, "nickname"), std::string("Carl the Old"));
        QCOMPARE(statusOf("/v1/users/carl", carl), 200);
        m_old->changePassword(u"carl"_qs, u"Carl@2022"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/users/carl", carl), 401, soon);
        QVERIFY(m_ours->logIn("carl", "Carl@2021").empty());
        const std::string again = m_ours->logIn("carl", "Carl@2022");
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/users/carl", again), 200, soon);
        m_old->createSecret(u"carl"_qs, u"s2"_qs, secretId(), QString::fromLatin1(key));
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("false"), soon);
        m_old->setStatus(u"carl"_qs, 0);
        QTRY_COMPARE_WITH_TIMEOUT(decision(), std::string("100202"), soon);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/users/carl", again), 401, soon);
        m_old->removeUser(u"carl"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf("/v1/users/carl", m_token), 404, soon);

        const auto changes = [&] {
            const std::string body = m_ours->api("GET", "/v1/audit/changes?actor=legacy&limit=100", m_token).body;
            QStringList words;
            static const QRegularExpression one(u"\"kind\":\"(\\w+)\",\"action\":\"([\\w-]+)\""_qs);
            for (auto found = one.globalMatch(QString::fromStdString(body)); found.hasNext();) {
                const auto match = found.next();
                words.prepend(match.captured(1) + u' ' + match.captured(2));
            }
            return words.join(u", "_qs);
        };
        QTRY_COMPARE_WITH_TIMEOUT(changes(),
                                  u"user create, secret create, policy create, policy update, policy update, policy "
                                  "delete, secret update, secret update, secret delete, user update, user "
                                  "change-password, secret create, user disable, secret delete, session revoke, "
                                  "session revoke, user delete"_qs,
                                  soon);
    }

    void whatWeDoIsSeenByTheOldServer_data() { ways(); }
    void whatWeDoIsSeenByTheOldServer()
    {
        QFETCH(bool, withRedis);
        begin(withRedis);
        const QString before = schema();
        QCOMPARE(m_ours
                     ->api("POST", "/v1/users", m_token,
                           R"({"metadata":{"name":"dora"},"nickname":"Dora","password":"Dora@2021",)"
                           R"("email":"d@example.com"})")
                     .status,
                 200);
        QVERIFY(m_old->takes(u"dora"_qs, u"Dora@2021"_qs));
        QCOMPARE(m_old->value(u"SELECT CONCAT_WS(' ', status, isAdmin, instanceID, extendShadow, loginedAt IS NULL)"
                              " FROM user WHERE name = 'dora'"_qs),
                 u"1 0 user-jley3w null 0"_qs); // 38
        const std::string dora = m_ours->logIn("dora", "Dora@2021");
        const MadeSecret secret = makeSecret(*m_ours, dora, "s");
        QVERIFY(!secret.id.empty());
        const QString id = QString::fromStdString(secret.id);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_old->known().contains(u"secret\tdora\ts\t"_qs + id + u'\t' + QString::fromStdString(secret.key)), soon);
        QCOMPARE(m_old->value(u"SELECT instanceID FROM secret WHERE name = 's'"_qs), u"secret-53e537"_qs); // 22
        const std::string policy = R"({"metadata":{"name":"p"},"policy":{"description":"😀","effect":"allow",)"
                                   R"("subjects":["users:<.*>"],"actions":["a"],"resources":["r"]}})";
        QCOMPARE(m_ours->api("POST", "/v1/policies", dora, policy).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(m_old->known().contains(u"policy\tdora\tp\t"_qs), soon);
        QVERIFY2(m_old->known().contains(u"users:\\\\u003c.*\\\\u003e"_qs), qPrintable(m_old->known()));
        QVERIFY(m_old->known().contains(u"\\\\ud83d\\\\ude00"_qs)); // the table has no room for the character
        QVERIFY(m_ours->api("GET", "/v1/policies/p", dora).body.find("😀") != std::string::npos);
        QCOMPARE(m_ours->api("PUT", "/v1/secrets/s", dora, R"({"expires":4000000000,"description":"d"})").status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(m_old->known().contains(u"\t4000000000\n"_qs), soon);
        QCOMPARE(m_ours
                     ->api("PUT", "/v1/users/dora/change-password", dora,
                           R"({"oldPassword":"Dora@2021","newPassword":"Dora@2022"})")
                     .status,
                 200);
        QVERIFY(m_old->takes(u"dora"_qs, u"Dora@2022"_qs));
        QCOMPARE(m_ours->api("DELETE", "/v1/users/dora", m_token).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(!m_old->known().contains(u"dora"_qs), soon);
        QCOMPARE(m_old->value(u"SELECT CONCAT_WS(' ', id, username, name, deletedAt > NOW() - INTERVAL 1 DAY)"
                              " FROM policy_audit"_qs),
                 u"47 dora p 1"_qs);
        QCOMPARE(schema(), before);
    }

    void aVersionIsNotOverwrittenUnseen()
    {
        begin(false);
        m_old->createPolicy(u"admin"_qs, u"p"_qs, u"allow"_qs);
        const std::string tag = m_ours->api("GET", "/v1/policies/p", m_token).header("ETag");
        QVERIFY(!tag.empty());
        m_old->savePolicy(u"admin"_qs, u"p"_qs, u"deny"_qs);
        const HttpAnswer refused = httpCall(
            m_ours->apiPort(), {"PUT",
                                "/v1/policies/p",
                                {{"Authorization", "Bearer " + m_token}, {"If-Match", tag}},
                                R"({"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})"});
        QCOMPARE(refused.status, 412);
        QCOMPARE(memberOf(m_ours->api("GET", "/v1/policies/p", m_token).body, "policy.effect"), std::string("deny"));
    }

    void startingChangesNothingAndSaysWhatCannotBe()
    {
        m_database->addBlemishes();
        const QString before = m_database->fingerprint();
        const QString definitions = schema();
        m_ours = std::make_unique<ServerProcess>();
        for (int start = 0; start < 2; ++start) {
            QVERIFY2(m_ours->start(settings(false)), m_ours->log().right(900).constData());
            const HttpAnswer ready = m_ours->api("GET", "/readyz", {});
            QCOMPARE(ready.status, 200);
            const std::string sentence = memberOf(ready.body, "checks.shared-with-legacy");
            QVERIFY2(sentence.find("A secret cannot be disabled") != std::string::npos, ready.body.c_str());
            QVERIFY(m_ours->log().contains("Passwords are hashed with bcrypt"));
            QVERIFY(m_ours->stop());
        }
        QCOMPARE(m_database->fingerprint(), before);
        QCOMPARE(schema(), definitions);
        QCOMPARE(m_database->run(u"SELECT COUNT(*) FROM iamx_changes"_qs).trimmed(), u"0"_qs);
    }

    void anotherDatabaseIsRefused()
    {
        QStringList all = settings(false);
        all.last() = u"mysql.database="_qs + m_server.makeDatabase();
        ServerProcess server;
        QVERIFY(!server.start(all));
        QVERIFY2(server.log().contains("to be shared with servers of the old system"), server.log().constData());
    }
};

QTEST_GUILESS_MAIN(SharedLegacyTest)
#include "sharedlegacytest.moc"
