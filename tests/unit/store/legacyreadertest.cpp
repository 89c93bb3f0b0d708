// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The reader of the tables of the system that this one replaces, on a real MariaDB.
#include "store/sql/legacy/legacyreader.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/mariadbengine.h"
#include "store/sql/qtsqlconnection.h"
#include "support/legacydatabase.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::store::sql;

class LegacyReaderTest : public QObject {
    Q_OBJECT

    test::MariaDbServer m_server;

    std::shared_ptr<QtSqlConnection> connect(const test::LegacyDatabase& database) const
    {
        MariaDbConfig config;
        config.port = m_server.port();
        config.username = test::MariaDbServer::username;
        config.password = SecretString(test::MariaDbServer::password);
        config.database = database.name().toStdString();
        auto connection = QtSqlConnection::open(std::make_shared<MariaDbEngine>(config));
        return connection ? *connection : nullptr;
    }
    static TimePoint at(const char* text)
    {
        return TimePoint(std::chrono::milliseconds(
            QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start({QStringLiteral("--default-time-zone=+00:00")}), m_server.log().constData());
    }

    void rowsAreReadAsTheyStand()
    {
        const test::LegacyDatabase database(m_server);
        database.addAdministrator();
        database.addBlemishes();
        const auto connection = connect(database);
        QVERIFY(connection);
        const auto users = readLegacyUsers(*connection, {}, {});
        VERIFY_OK(users);
        QCOMPARE(users->size(), std::size_t(11));
        QCOMPARE(users->at(0).metadata.instanceId.value_or(""), std::string("user-lingfei"));
        const LegacyUser& alice = users->at(1);
        QCOMPARE(alice.metadata.id, std::uint64_t(38));
        QCOMPARE(alice.metadata.instanceId.value_or(""), std::string("user-jley3w"));
        QCOMPARE(alice.metadata.extendShadow.value_or(""), std::string(R"({"team":"red"})"));
        QCOMPARE(*alice.metadata.createdAt, at("2021-05-27T10:01:40Z"));
        QCOMPARE(*alice.metadata.updatedAt, at("2021-05-28T10:01:40Z"));
        QCOMPARE(*alice.loginedAt, at("2021-06-01T00:00:00Z"));
        QCOMPARE(alice.nickname, std::string("\u7231\u4e3d\u4e1d"));
        QCOMPARE(alice.status.value_or(9), std::int64_t(1));
        QCOMPARE(alice.isAdmin, std::int64_t(1));
        QCOMPARE(users->at(2).status.value_or(9), std::int64_t(0));
        QVERIFY(!users->at(3).loginedAt);
        QCOMPARE(users->at(5).metadata.name, std::string("erin "));
        QCOMPARE(users->at(6).metadata.name, std::string("\u00fcnal"));
        QCOMPARE(users->at(7).passwordHash, std::string("Admin@2020"));
        const LegacyUser& henry = users->at(9);
        QVERIFY(!henry.status && !henry.phone && !henry.metadata.instanceId && !henry.metadata.extendShadow);

        const auto secrets = readLegacySecrets(*connection, {}, {});
        VERIFY_OK(secrets);
        QCOMPARE(secrets->size(), std::size_t(8));
        QCOMPARE(secrets->at(0).metadata.instanceId.value_or(""), std::string("secret-53e537"));
        QCOMPARE(secrets->at(0).secretKey.reveal(), "key22" + std::string(27, 'k'));
        QCOMPARE(secrets->at(0).secretId, secrets->at(2).secretId);
        QCOMPARE(secrets->at(3).username, std::string("ALICE"));
        QCOMPARE(secrets->at(3).owner.value().name, std::string("alice"));
        QCOMPARE(secrets->at(3).owner.value().id, std::uint64_t(38));
        QVERIFY(!secrets->at(4).owner);
        QCOMPARE(secrets->at(7).expires, std::int64_t(4294967295));

        const auto policies = readLegacyPolicies(*connection, {}, {});
        VERIFY_OK(policies);
        QCOMPARE(policies->size(), std::size_t(10));
        QCOMPARE(policies->at(2).policyShadow.value_or(""), std::string("no json"));
        QVERIFY(policies->at(0).policyShadow->find(R"(users:\u003cpeter|ken\u003e)") != std::string::npos);
        QVERIFY(!policies->at(9).policyShadow);
        const auto removed = readLegacyRemovedPolicies(*connection, {}, {});
        VERIFY_OK(removed);
        QCOMPARE(removed->size(), std::size_t(2));
        QVERIFY(!removed->at(0).deletedAt);
        QCOMPARE(*removed->at(1).deletedAt, at("2021-02-02T00:00:00Z"));
    }

    void pagesFollowOneAnother()
    {
        const test::LegacyDatabase database(m_server);
        database.addMany(1001);
        const auto connection = connect(database);
        QVERIFY(connection);
        std::uint64_t expected = 1001;
        VERIFY_OK(forEachLegacyRow(*connection, {}, readLegacySecrets, [&](const LegacySecret& secret) -> Result<> {
            if (secret.metadata.id != expected++) return fail(Code::Database, "out of order");
            return {};
        }));
        QCOMPARE(expected, std::uint64_t(2002));
        const auto page = readLegacyPolicies(*connection, {}, {.after = 1990, .limit = 5});
        VERIFY_OK(page);
        QCOMPARE(page->size(), std::size_t(5));
        QCOMPARE(page->front().metadata.id, std::uint64_t(1991));
    }

    void theTriggersOfTheOldSchemaWork()
    {
        const test::LegacyDatabase database(m_server);
        database.addMany(1);
        QCOMPARE(database.run(QStringLiteral("DELETE FROM user WHERE id = 1001;")), QString());
        QCOMPARE(database.run(QStringLiteral("SELECT COUNT(*) FROM secret;"
                                             "SELECT id, name, date(deletedAt) = curdate() FROM policy_audit;")),
                 QStringLiteral("0\n1001\tp\t1\n"));
    }
};

QTEST_GUILESS_MAIN(LegacyReaderTest)
#include "legacyreadertest.moc"
