// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Old databases as they may have become in years, rolled with a dice: looked at twice, shared, taken over twice, given
// back twice, killed in between, and all the time every row that nobody changed stays what it was.
// IAM_DICE_SEEDS=N rolls N of each kind instead of one.
#include "contract/json.h"
#include "support/legacydice.h"
#include "support/serverprocess.h"
#include "support/verifyresult.h"
#include <QRegularExpression>
#include <QTest>

using namespace iam;
using namespace iam::test;

class AdoptDiceTest : public QObject {
    Q_OBJECT

    MariaDbServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LegacyDatabase> m_database;

    struct Run {
        int exitCode = -1;
        QByteArray output;
        QByteArray words;
    };
    void prepare(QProcess& process, const QStringList& what) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"IAM_MYSQL_PASSWORD"_qs, QLatin1String(MariaDbServer::password));
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral(IAM_SERVER_PROGRAM));
        const QString place = u"mysql://%1@127.0.0.1:%2/%3"_qs.arg(QLatin1String(MariaDbServer::username))
                                  .arg(m_server.port())
                                  .arg(m_database->name());
        process.setArguments(QStringList{u"adopt"_qs, place} + what +
                             QStringList{u"--data-dir"_qs, m_folder->filePath(u"data"_qs)});
    }
    Run run(const QStringList& what) const
    {
        QProcess process;
        prepare(process, what);
        process.start();
        if (!process.waitForFinished(120'000)) return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    void killBehind(const QStringList& what, int lines) const
    {
        QProcess process;
        prepare(process, what);
        process.setReadChannel(QProcess::StandardError);
        process.start();
        QByteArray said;
        while (said.count('\n') < lines && process.waitForReadyRead(60'000)) said += process.readAllStandardError();
        process.kill();
        process.waitForFinished(30'000);
    }
    QStringList settings(bool shared) const
    {
        QStringList all{u"store.driver=mysql"_qs, u"mysql.host=127.0.0.1:%1"_qs.arg(m_server.port()),
                        u"mysql.username=%1"_qs.arg(QLatin1String(MariaDbServer::username)),
                        u"mysql.password=%1"_qs.arg(QLatin1String(MariaDbServer::password)),
                        u"mysql.database="_qs + m_database->name()};
        if (shared) all << u"store.shared-with-legacy=true"_qs;
        return all;
    }
    /// The proposals, and "drop" for what is left open.
    QStringList finish() const
    {
        QFile file(m_folder->filePath(u"decisions.yaml"_qs));
        if (!file.open(QIODevice::ReadOnly)) return {};
        QString text = QString::fromUtf8(file.readAll());
        text.replace(QRegularExpression(u"^(  [a-z]+-\\d+:)$"_qs, QRegularExpression::MultilineOption), u"\\1 drop"_qs);
        const QString path = m_folder->filePath(u"decided.yaml"_qs);
        QFile decided(path);
        if (!decided.open(QIODevice::WriteOnly)) return {};
        decided.write(text.toUtf8());
        return {u"--finish"_qs, u"--decisions"_qs, path};
    }
    /// Definitions, without the counters of ids.
    QString schema() const
    {
        QString all;
        for (const QString& line : m_database->run(u"SHOW FULL TABLES;"_qs).split(u'\n', Qt::SkipEmptyParts)) {
            const QString name = line.section(u'\t', 0, 0);
            if (!name.startsWith(u"iamx_"))
                all += m_database->run(u"SHOW CREATE TABLE `%1`; SHOW TRIGGERS WHERE `Table` = '%1';"_qs.arg(name));
        }
        static const QRegularExpression counter(u"AUTO_INCREMENT=\\d+ "_qs);
        static const QRegularExpression made(u"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d\\d"_qs); // of a trigger
        return all.remove(counter).remove(made);
    }
    /// Reads all that a server shows. Answers that a row cannot be read are answers.
    void readEverything(const ServerProcess& server, const std::string& token) const
    {
        const HttpAnswer users = server.api("GET", "/v1/users?limit=0", token);
        QVERIFY2(users.status == 200 || users.status == 500, users.body.c_str());
        for (int i = 0; i < 5; ++i) {
            const std::string of = "good" + std::to_string(i);
            QCOMPARE(server.api("GET", "/v1/users/" + of, token).status, 200);
            for (const char* kind : {"secrets", "policies"}) {
                const HttpAnswer list = server.api("GET", std::string("/v1/") + kind + "?username=" + of, token);
                QVERIFY2(list.status == 200, list.body.c_str());
            }
            QCOMPARE(memberOf(server
                                  .decide(LegacyDatabase::secretId(of), of + std::string(27, 'k'),
                                          R"({"subject":"users:peter","action":"get","resource":"resources:x"})")
                                  .body,
                              "allowed"),
                     std::string("true"));
        }
        QVERIFY(!server.logIn("good1", LegacyDatabase::password).empty());
    }
    quint64 idOf(const char* table, const QString& name) const
    {
        return m_database->run(u"SELECT MAX(id) FROM `%1` WHERE name = '%2';"_qs.arg(QLatin1String(table), name))
            .trimmed()
            .toULongLong();
    }

    static const std::vector<std::pair<const char*, LegacyTwist>>& twists()
    {
        static const std::vector<std::pair<const char*, LegacyTwist>> all = [] {
            std::vector<std::pair<const char*, LegacyTwist>> made;
            LegacyTwist more;
            more.hasMore = true;
            made.emplace_back("as made, with more beside", more);
            LegacyTwist wide;
            wide.charset = u"utf8mb4"_qs;
            wide.collation = u"utf8mb4_unicode_ci"_qs;
            wide.hasForeignKeys = wide.hasTriggers = false;
            made.emplace_back("utf8mb4 without keys and triggers", wide);
            LegacyTwist narrow;
            narrow.charset = u"latin1"_qs;
            narrow.collation = u"latin1_swedish_ci"_qs;
            narrow.hasAudit = false;
            made.emplace_back("latin1 without policy_audit", narrow);
            LegacyTwist loose;
            loose.engine = u"MyISAM"_qs;
            loose.hasForeignKeys = loose.hasUniqueKeys = false;
            made.emplace_back("MyISAM without unique names", loose);
            LegacyTwist exact;
            exact.collation = u"utf8_bin"_qs;
            exact.hasFractions = true;
            made.emplace_back("utf8_bin with fractions of seconds", exact);
            LegacyTwist mixed;
            mixed.secretCollation = u"utf8_unicode_ci"_qs;
            mixed.hasForeignKeys = mixed.hasTriggers = false; // the trigger would fail there, too
            made.emplace_back("collations mixed", mixed);
            return made;
        }();
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
    }

    void nothingIsLost_data()
    {
        QTest::addColumn<int>("twist");
        QTest::addColumn<quint32>("seed");
        const int seeds = std::max(1, qEnvironmentVariableIntValue("IAM_DICE_SEEDS"));
        for (int twist = 0; twist < static_cast<int>(twists().size()); ++twist)
            for (int seed = 1; seed <= seeds; ++seed)
                QTest::addRow("%s, %d", twists()[static_cast<std::size_t>(twist)].first, seed)
                    << twist << static_cast<quint32>(1000 * twist + seed);
    }
    void nothingIsLost()
    {
        QFETCH(int, twist);
        QFETCH(quint32, seed);
        const LegacyTwist& kind = twists()[static_cast<std::size_t>(twist)].second;
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<LegacyDatabase>(m_server);
        twistLegacyTables(*m_database, kind);
        m_database->run(u"INSERT INTO user (id, instanceID, name, status, nickname, password, email, phone, isAdmin,"
                        " extendShadow) VALUES (1, 'user-lingfei', 'admin', 1, 'admin', '%1', 'admin@foxmail.com',"
                        " '1812884xxxx', 1, '{}');"_qs.arg(
                            QString::fromStdString(LegacyDatabase::bcrypt(LegacyDatabase::password))));
        rollLegacyRows(*m_database, kind, seed);
        const QString definitions = schema();
        PlainRows rows = readPlainRows(*m_database);
        QVERIFY(rows.value(u"user"_qs).size() > 20 && rows.value(u"policy"_qs).size() > 40);

        for (int round = 0; round < 2; ++round) {
            const Run checked =
                run({u"--check"_qs, u"--json"_qs, u"--decisions"_qs, m_folder->filePath(u"decisions.yaml"_qs)});
            QVERIFY2(checked.exitCode == 0, checked.words.constData());
            VERIFY_OK(contract::parseWholeJson(checked.output.toStdString()));
            QCOMPARE(differenceOf(rows, readPlainRows(*m_database)), QString());
        }

        QStringList touched{u"user 1"_qs, u"user 101"_qs}; // who log in
        const bool canShare = kind.hasUniqueKeys && kind.secretCollation.isEmpty();
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            const bool started = server.start(settings(true));
            QVERIFY2(started == canShare, server.log().right(2000).constData());
            if (started) {
                const std::string token = server.logInAsAdmin();
                QVERIFY2(!token.empty(), server.log().right(2000).constData());
                readEverything(server, token);
                QVERIFY(!makeSecret(server, token, "shared").id.empty());
                QCOMPARE(server.api("DELETE", "/v1/policies/q?username=good2", token).status, 200);
                touched << u"secret %1"_qs.arg(idOf("secret", u"shared"_qs)) << u"policy 105"_qs
                        << u"policy_audit 105"_qs;
                const Run refused = run(finish());
                QCOMPARE(refused.exitCode, 1);
                QVERIFY2(refused.words.contains("stop them first"), refused.words.constData());
                QVERIFY(server.stop());
            }
            QCOMPARE(differenceOf(rows, readPlainRows(*m_database), touched), QString());
        }

        killBehind(finish(), static_cast<int>(seed % 15));
        for (int round = 0; round < 2; ++round) {
            const Run finished = run(finish());
            QVERIFY2(finished.exitCode == 0, finished.words.constData());
        }
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(settings(false)), server.log().right(2000).constData());
            const std::string token = server.logInAsAdmin();
            QVERIFY(!token.empty());
            readEverything(server, token);
            const MadeSecret made = makeSecret(server, token, "ours");
            QVERIFY(!made.id.empty());
            QCOMPARE(server.api("DELETE", "/v1/policies/q?username=good3", token).status, 200);
            QCOMPARE(server.api("DELETE", "/v1/users/good4", token).status, 200);
            const HttpAnswer changed = server.api("PUT", "/v1/secrets/s?username=good0", token,
                                                  "{\"expires\":4000000000,\"description\":\"caf\xC3\xA9\"}");
            QVERIFY2(changed.status == 200, changed.body.c_str());
            QVERIFY(server.stop());
        }
        killBehind({u"--back"_qs}, static_cast<int>(seed % 7));
        for (int round = 0; round < 2; ++round) {
            const Run back = run({u"--back"_qs});
            QVERIFY2(back.exitCode == 0, back.words.constData());
        }
        const QStringList now = schema().split(u"\\n"_qs);
        const QStringList then = definitions.split(u"\\n"_qs);
        for (qsizetype i = 0; i < std::max(now.size(), then.size()); ++i) QCOMPARE(now.value(i), then.value(i));
        touched << u"secret %1"_qs.arg(idOf("secret", u"ours"_qs)) << u"policy 107"_qs << u"policy_audit 107"_qs;
        touched << u"user 104"_qs << u"secret 104"_qs << u"secret 100"_qs;
        for (const char* row : {"policy 108", "policy 109", "policy_audit 108", "policy_audit 109"})
            touched << QString::fromLatin1(row);
        const PlainRows after = readPlainRows(*m_database);
        QCOMPARE(differenceOf(rows, after, touched), QString());
        QVERIFY(!after.value(u"user"_qs).contains(104) && !after.value(u"policy"_qs).contains(107));
        if (kind.hasAudit) QVERIFY(after.value(u"policy_audit"_qs).contains(107));
        QCOMPARE(
            m_database->run(u"SELECT expires, HEX(CONVERT(description USING utf8)) FROM secret WHERE id = 100;"_qs),
            u"4000000000\t636166C3A9\n"_qs);
        if (kind.hasMore)
            QCOMPARE(m_database->run(u"SELECT id, said FROM sessions; SELECT id FROM `their table`;"
                                     " SELECT COUNT(*) > 0 FROM enabled_users;"_qs),
                     u"7\tmine\n8\n1\n"_qs);
    }

    void tablesThatAreNotAsTheyShouldBeAreRefused()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->run(u"ALTER TABLE user DROP COLUMN loginedAt; INSERT INTO secret (id, name, username, secretID,"
                        " secretKey, description) VALUES (9223372036854775808, 's', 'x', 'i', 'k', '');"_qs);
        m_database->run(u"SET foreign_key_checks = 0; INSERT INTO secret (id, name, username, secretID, secretKey,"
                        " description) VALUES (9223372036854775808, 's', 'x', 'i', 'k', '');"_qs);
        for (const char* what : {"--check", "--finish"}) {
            const Run refused = run({QLatin1String(what)});
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.words.contains("has no column loginedat") &&
                         refused.words.contains("ids above 9223372036854775807"),
                     refused.words.constData());
        }
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->run(u"CREATE TABLE adoption_centre (id INT);"_qs);
        const Run refused = run({u"--finish"_qs});
        QVERIFY2(refused.exitCode == 1 && refused.words.contains("adoption_centre"), refused.words.constData());
    }

    // A user was left out, and one of the same name made since: the old table has room for one.
    void whatCollidesInTheOldTablesIsSaidBeforeAnythingIsChanged()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->addAdministrator();
        m_database->run(u"INSERT INTO user (id, name, nickname, password, email) VALUES (50, 'erin', 'e', 'plain',"
                        " 'e@example.com');"_qs);
        QFile file(m_folder->filePath(u"decisions.yaml"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("password:\n  user-50: drop\n");
        file.close();
        const PlainRows rows = readPlainRows(*m_database);
        QCOMPARE(run({u"--finish"_qs, u"--decisions"_qs, file.fileName()}).exitCode, 0);
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(settings(false)), server.log().right(2000).constData());
            QCOMPARE(server
                         .api("POST", "/v1/users", server.logInAsAdmin(),
                              R"({"metadata":{"name":"Erin"},"nickname":"n","password":"Newer@2022",)"
                              R"("email":"n@example.com"})")
                         .status,
                     200);
            QVERIFY(server.stop());
        }
        const QString tables = m_database->run(u"SHOW TABLES;"_qs);
        const Run refused = run({u"--back"_qs, u"--lock-accounts"_qs});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.words.contains("user 51 Erin: another row there has its name"), refused.words.constData());
        QCOMPARE(m_database->run(u"SHOW TABLES;"_qs), tables);
        m_database->run(u"DELETE FROM users WHERE name = 'Erin';"_qs);
        const Run back = run({u"--back"_qs});
        QVERIFY2(back.exitCode == 0, back.words.constData());
        QCOMPARE(differenceOf(rows, readPlainRows(*m_database), {u"user 1"_qs}), QString());
    }
};

QTEST_GUILESS_MAIN(AdoptDiceTest)
#include "adoptdicetest.moc"
