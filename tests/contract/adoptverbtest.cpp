// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// "iam-server adopt" on databases of the old system, in a real MariaDB: looking at one changes nothing; taking one over
// and giving it back go on wherever a process was killed.
#include "contract/json.h"
#include "support/legacydatabase.h"
#include "support/serverprocess.h"
#include "support/verifyresult.h"
#include <QRegularExpression>
#include <QTest>
#include <csignal>

using namespace iam;
using namespace iam::test;

namespace {

struct Run {
    int exitCode = -1;
    QByteArray output;
    QByteArray words; ///< standard error
};

} // namespace

class AdoptVerbTest : public QObject {
    Q_OBJECT

    MariaDbServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LegacyDatabase> m_database;

    QString dsn(const QString& user = QLatin1String(MariaDbServer::username)) const
    {
        return u"mysql://%1@127.0.0.1:%2/%3"_qs.arg(user).arg(m_server.port()).arg(m_database->name());
    }
    QStringList arguments(const QStringList& what) const
    {
        QStringList all{u"adopt"_qs, dsn()};
        return all + what + QStringList{u"--data-dir"_qs, m_folder->filePath(u"data"_qs)};
    }
    void prepare(QProcess& process, const QStringList& arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"IAM_MYSQL_PASSWORD"_qs, QLatin1String(MariaDbServer::password));
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral(IAM_SERVER_PROGRAM));
        process.setArguments(arguments);
    }
    Run run(const QStringList& what) const { return runAll(arguments(what)); }
    Run runAll(const QStringList& arguments) const
    {
        QProcess process;
        prepare(process, arguments);
        process.start();
        if (!process.waitForFinished(120'000)) return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    /// Kills the process as soon as it has told of `lines` lines. Whether it came that far.
    bool killBehind(const QStringList& what, int lines) const
    {
        QProcess process;
        prepare(process, arguments(what));
        process.setReadChannel(QProcess::StandardError);
        process.start();
        QByteArray said;
        while (said.count('\n') < lines) {
            if (!process.waitForReadyRead(60'000)) break;
            said += process.readAllStandardError();
        }
        const bool reached = process.state() == QProcess::Running;
        process.kill();
        process.waitForFinished(30'000);
        return reached;
    }
    QString tables() const { return m_database->run(u"SHOW TABLES;"_qs); }
    QString count(const char* what) const
    {
        return m_database->run(u"SELECT COUNT(*) FROM %1;"_qs.arg(QLatin1String(what))).trimmed();
    }
    /// A decision for everything that the blemishes ask for.
    QString decisions() const
    {
        const QString path = m_folder->filePath(u"decisions.yaml"_qs);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write("name:\n  all: rename\nduplicate-name:\n  all: rename\n  policy-48: rename p0-two\n"
                   "duplicate-id:\n  all: drop\nextend:\n  all: clear\npassword:\n  all: lock\nowner:\n  all: drop\n"
                   "owner-spelling:\n  all: keep\ndocument:\n  all: drop\n");
        return path;
    }
    QStringList finish() const { return {u"--finish"_qs, u"--decisions"_qs, decisions()}; }
    QStringList serverSettings() const
    {
        return {u"store.driver=mysql"_qs, u"mysql.host=127.0.0.1:%1"_qs.arg(m_server.port()),
                u"mysql.username=%1"_qs.arg(QLatin1String(MariaDbServer::username)),
                u"mysql.password=%1"_qs.arg(QLatin1String(MariaDbServer::password)),
                u"mysql.database="_qs + m_database->name()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->addAdministrator();
    }

    void checkChangesNothingAndNeedsOnlyToRead()
    {
        m_database->addBlemishes();
        m_database->addMany(120);
        m_database->addOverLongName();
        m_server.run(u"CREATE USER IF NOT EXISTS reader@'%' IDENTIFIED BY 'Secret;of=iam';"
                     " GRANT SELECT ON %1.* TO reader@'%'; GRANT SELECT ON %1.* TO reader@'127.0.0.1'"
                     " IDENTIFIED BY 'Secret;of=iam'"_qs.arg(m_database->name()));
        const QString before = m_database->fingerprint();
        const QString file = m_folder->filePath(u"template.yaml"_qs);
        for (int round = 0; round < 2; ++round) {
            const Run checked = runAll({u"adopt"_qs, dsn(u"reader"_qs), u"--check"_qs, u"--json"_qs, u"--decisions"_qs,
                                        file, u"--data-dir"_qs, m_folder->filePath(u"d"_qs)});
            QVERIFY2(checked.exitCode == 0, checked.words.constData());
            QCOMPARE(m_database->fingerprint(), before);
            QCOMPARE(m_database->run(u"SHOW TABLES;"_qs), u"policy\npolicy_audit\nsecret\nuser\n"_qs);
            const auto report = contract::parseWholeJson(checked.output.toStdString());
            VERIFY_OK(report);
            QCOMPARE(*report->find("form")->string(), std::string("old"));
            std::map<std::string, int> kinds;
            for (const auto& finding : *report->find("findings")->array()) ++kinds[*finding.find("kind")->string()];
            const std::map<std::string, int> expected{
                {"name", 3},         {"duplicate-name", 3}, {"extend", 2},       {"password", 1},
                {"owner", 2},        {"owner-spelling", 2}, {"duplicate-id", 1}, {"document", 3},
                {"refused-user", 1}, {"refused-policy", 2}};
            for (const auto& [kind, number] : expected)
                QVERIFY2(kinds[kind] == number, (kind + " " + std::to_string(kinds[kind])).c_str());
            QCOMPARE(kinds.size(), expected.size());
            QCOMPARE(*report->find("passwords")->find("unusable")->integer(), std::int64_t(1));
            QCOMPARE(*report->find("passwords")->find("bcryptCosts")->find("4")->integer(), std::int64_t(1));
            QVERIFY(*report->find("passwords")->find("untouchedForThreeYears")->integer() >= 1);
            QCOMPARE(*report->find("tables")->array()->at(0).find("rows")->integer(), std::int64_t(132));
            QVERIFY(report->find("charset")->find("wideColumns")->array()->empty());
            QVERIFY2(!checked.output.contains("Admin@2020"), "a password is in the report");
        }
        const Run text = run({u"--check"_qs});
        QCOMPARE(text.exitCode, 0);
        QVERIFY2(text.output.contains("policy 51, p3 of alice: it stays and denies as before"),
                 text.output.constData());
        QVERIFY2(text.output.contains("  user: 132 rows"), text.output.constData());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray yaml = written.readAll();
        QVERIFY2(yaml.contains("  secret-23: 'rename s0-23'\n") && yaml.contains("  policy-55:\n"), yaml.constData());
        // What a person has to say is not said by the proposals.
        const Run refused = run({u"--finish"_qs, u"--decisions"_qs, file});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.words.contains("owner.policy-55: "), refused.words.constData());
        QCOMPARE(m_database->fingerprint(), before);
    }

    void whatIsNoOldDatabaseIsSaid()
    {
        const LegacyDatabase other(m_server);
        other.run(u"DROP TABLE secret;"_qs);
        const QString place = u"mysql://iam@127.0.0.1:%1/%2"_qs.arg(m_server.port()).arg(other.name());
        for (const char* what : {"--finish", "--back", "--forget"}) {
            const Run refused = runAll({u"adopt"_qs, place, QLatin1String(what), u"--data-dir"_qs, m_folder->path()});
            QCOMPARE(refused.exitCode, 1);
        }
        QCOMPARE(other.run(u"SHOW TABLES;"_qs), u"policy\npolicy_audit\nuser\n"_qs);
        const Run shown = runAll({u"adopt"_qs, u"mysql://iam:secret@127.0.0.1/iam"_qs, u"--check"_qs});
        QCOMPARE(shown.exitCode, 2);
        QVERIFY(!shown.words.contains("secret@"));
    }

    void aDatabaseIsTakenOverAndGivenBack()
    {
        m_database->addBlemishes();
        m_database->addMany(700);
        m_database->run(u"CREATE TABLE somebodys (id INT); INSERT INTO somebodys VALUES (5);"_qs);
        const QString before = m_database->fingerprint();
        const Run first = run(finish());
        QVERIFY2(first.exitCode == 0, first.words.constData());
        QVERIFY2(first.words.contains("users copied (711 rows before, 711 after)"), first.words.constData());
        QVERIFY2(first.words.contains("(708 rows before, 706 after, 2 left out as decided)"), first.words.constData());
        const Run second = run(finish());
        QVERIFY2(second.exitCode == 0 && second.words.contains("taken over before"), second.words.constData());
        QCOMPARE(count("users"), u"711"_qs);
        QCOMPARE(count("adopted_user"), u"711"_qs);
        QCOMPARE(count("policy_audit"), u"2"_qs);
        QCOMPARE(m_database->run(u"SELECT COUNT(*) FROM secrets WHERE sealed_key NOT LIKE 'v1:%';"_qs), u"0\n"_qs);
        QCOMPARE(m_database->run(u"SELECT COUNT(*) FROM secrets WHERE sealed_key LIKE '%key0001%';"_qs), u"0\n"_qs);
        // The dump is whole and says so.
        const QStringList dumps = QDir(m_folder->filePath(u"data/backups"_qs)).entryList({u"*.sql"_qs});
        QCOMPARE(dumps.size(), 1);
        QProcess sum;
        sum.setWorkingDirectory(m_folder->filePath(u"data/backups"_qs));
        sum.start(u"sha256sum"_qs, {u"-c"_qs, dumps.first() + u".sha256"_qs});
        QVERIFY(sum.waitForFinished());
        QCOMPARE(sum.exitCode(), 0);

        // A server works on it: old passwords, old secrets.
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(serverSettings()), server.log().constData());
            QVERIFY(!server.logIn("alice", LegacyDatabase::password).empty());
            QVERIFY(!server.logIn("erin-42", LegacyDatabase::password).empty());
            QVERIFY(server.logIn("bob", LegacyDatabase::password).empty());
            QVERIFY(server.logIn("frank", "Admin@2020").empty());
            const std::string body =
                R"({"subject":"users:peter","action":"get","resource":"resources:x","context":{}})";
            const HttpAnswer decided =
                server.decide("sid0001" + std::string(29, 'x'), "key0001" + std::string(25, 'k'), body);
            QCOMPARE(memberOf(decided.body, "allowed"), std::string("true"));
            const std::string token = server.logIn("alice", LegacyDatabase::password);
            QCOMPARE(server.api("GET", "/v1/policies/p0-two", token).status, 200);
            QVERIFY(server.stop());
        }
        const Run back = run({u"--back"_qs});
        QVERIFY2(back.exitCode == 0, back.words.constData());
        const Run again = run({u"--back"_qs});
        QVERIFY2(again.exitCode == 0 && again.words.contains("nothing to give back"), again.words.constData());
        QCOMPARE(tables(), u"policy\npolicy_audit\nsecret\nsomebodys\nuser\n"_qs);
        // But for those who logged in, whose row the old server writes at every log-in, too.
        m_database->run(u"UPDATE user SET loginedAt = '2021-06-01 00:00:00', updatedAt = '2021-05-28 10:01:40' WHERE"
                        " name = 'alice'; UPDATE user SET loginedAt = NULL, updatedAt = '2021-05-28 10:01:40' WHERE"
                        " id = 42;"_qs);
        QCOMPARE(m_database->run(u"SELECT COUNT(*) FROM user WHERE password NOT LIKE '$2a$%';"_qs), u"1\n"_qs);
        QCOMPARE(m_database->fingerprint(), before);
    }

    void whatWasChangedSinceIsWrittenBack()
    {
        m_database->addMany(20);
        QVERIFY(run({u"--finish"_qs}).exitCode == 0);
        MadeSecret made;
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(serverSettings()), server.log().constData());
            const std::string token = server.logInAsAdmin();
            QVERIFY(!token.empty());
            made = makeSecret(server, token, "new");
            QCOMPARE(server.api("DELETE", "/v1/users/user0002", token).status, 200);
            QCOMPARE(server.api("DELETE", "/v1/policies/p?username=user0003", token).status, 200);
            const std::string policy =
                "{\"metadata\":{\"name\":\"p9\"},\"policy\":{\"description\":\"\xF0\x9F\x98\x80\",\"effect\":\"allow\","
                "\"subjects\":[\"s\"],\"actions\":[\"a\"],\"resources\":[\"r\"]}}";
            QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
            QCOMPARE(server
                         .api("POST", "/v1/users", token,
                              R"({"metadata":{"name":"newer"},"nickname":"n","password":"Newer@2022",)"
                              R"("email":"n@example.com"})")
                         .status,
                     200);
            QVERIFY(server.stop());
        }
        const QString ours = tables();
        const Run refused = run({u"--back"_qs});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.words.contains("user newer: the password was set here"), refused.words.constData());
        QVERIFY2(refused.words.count('\n') == 2, refused.words.constData());
        QCOMPARE(tables(), ours);
        const Run back = run({u"--back"_qs, u"--lock-accounts"_qs});
        QVERIFY2(back.exitCode == 0, back.words.constData());
        QCOMPARE(m_database->run(u"SELECT name, password FROM user WHERE name IN ('newer', 'user0002');"_qs),
                 u"newer\t!\n"_qs);
        QCOMPARE(m_database->run(u"SELECT COUNT(*) FROM secret WHERE username = 'user0002';"_qs), u"0\n"_qs);
        QCOMPARE(
            m_database->run(u"SELECT username, secretID, secretKey FROM secret WHERE name = 'new';"_qs).toStdString(),
            "admin\t" + made.id + "\t" + made.key + "\n");
        QVERIFY(m_database->run(u"SELECT policyShadow FROM policy WHERE name = 'p9';"_qs)
                    .contains(u"\\\\ud83d\\\\ude00"_qs));
        QCOMPARE(m_database->run(u"SELECT id, username FROM policy_audit ORDER BY id;"_qs),
                 u"1002\tuser0002\n1003\tuser0003\n"_qs);
        // The triggers work as they did.
        QCOMPARE(m_database->run(u"DELETE FROM user WHERE name = 'user0004';"_qs), QString());
        QCOMPARE(count("policy_audit"), u"3"_qs);
    }

    void whatSharingServersNotedGoesWithIt()
    {
        m_database->addMany(3);
        const QStringList shared = serverSettings() + QStringList{u"store.shared-with-legacy=true"_qs};
        const std::string body = R"({"subject":"users:peter","action":"get","resource":"resources:x","context":{}})";
        MadeSecret former;
        std::string token;
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(shared), server.log().constData());
            token = server.logInAsAdmin();
            QVERIFY(!token.empty());
            former = makeSecret(server, token, "rotated");
            QVERIFY(!former.id.empty());
            const HttpAnswer rotated = server.api("POST", "/v1/secrets/rotated/rotate", token, R"({"overlap":3600})");
            QCOMPARE(rotated.status, 200);
            const std::string policy =
                R"({"metadata":{"name":"a"},"policy":{"effect":"allow","subjects":["users:peter"],)"
                R"("actions":["get"],"resources":["resources:x"]}})";
            QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
            QCOMPARE(server.api("PUT", "/v1/policies/a", token, policy).status, 200);
            QCOMPARE(server.api("PUT", "/v1/users/user0001/change-password", token, R"({"newPassword":"Newer@2022"})")
                         .status,
                     200);
            QVERIFY(server.stop());
        }
        const QString all = m_database->run(u"SHOW FULL TABLES;"_qs);
        const Run finished = run({u"--finish"_qs});
        QVERIFY2(finished.exitCode == 0, finished.words.constData());
        QVERIFY(!m_database->run(u"SHOW FULL TABLES;"_qs).contains(u"VIEW"_qs));
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(serverSettings()), server.log().constData());
            const HttpAnswer secrets = server.api("GET", "/v1/secrets", token);
            QVERIFY2(secrets.status == 200, (secrets.body + server.log().toStdString()).c_str());
            QTRY_COMPARE_WITH_TIMEOUT(memberOf(server.decide(former.id, former.key, body).body, "allowed"),
                                      std::string("true"), 20'000);
            const HttpAnswer versions = server.api("GET", "/v1/policies/a/versions", token);
            QCOMPARE(memberOf(versions.body, "totalCount"), std::string("2"));
            QVERIFY2(server.api("GET", "/v1/audit/changes", token).body.find("change-password") != std::string::npos,
                     "changes are missing");
            QVERIFY(!server.logIn("user0001", "Newer@2022").empty());
            QVERIFY(server.stop());
        }
        const Run back = run({u"--back"_qs});
        QVERIFY2(back.exitCode == 0, back.words.constData());
        {
            ServerProcess server(m_folder->filePath(u"data"_qs));
            QVERIFY2(server.start(shared), server.log().constData());
            QTRY_COMPARE_WITH_TIMEOUT(memberOf(server.decide(former.id, former.key, body).body, "allowed"),
                                      std::string("true"), 20'000);
            QVERIFY(!server.logIn("user0001", "Newer@2022").empty());
            QVERIFY(server.stop());
        }
        QCOMPARE(m_database->run(u"SHOW FULL TABLES;"_qs), all);
        QCOMPARE(run({u"--finish"_qs}).exitCode, 0);
        QCOMPARE(run({u"--forget"_qs}).exitCode, 0);
        QVERIFY(!tables().contains(u"iamx_"_qs) && !tables().contains(u"adopt"_qs));
    }

    void programsAreToldLineByLineAndMayStopIt()
    {
        m_database->addBlemishes();
        const QString before = m_database->fingerprint();
        LegacyDatabase::Reader reader(*m_database); // which the fence waits for
        QProcess process;
        prepare(process, arguments(finish() + QStringList{u"--json"_qs}));
        process.start();
        QByteArray said;
        while (!said.contains("\"begun\",\"step\":4,") && process.waitForReadyRead(60'000))
            said += process.readAllStandardOutput();
        process.terminate();
        reader.stop();
        QVERIFY(process.waitForFinished(60'000));
        said += process.readAllStandardOutput();
        QCOMPARE(process.exitCode(), 1);
        QVERIFY2(said.endsWith("\"faults\":[]}\n") && said.contains("\"stopped\":true"), said.constData());
        const Run checked = run({u"--check"_qs, u"--json"_qs});
        QVERIFY2(checked.output.contains("\"steps\":[{\"step\":1,\"note\":\"" + m_folder->path().toUtf8()),
                 checked.output.constData());
        const Run finished = run({u"--finish"_qs, u"--json"_qs});
        QCOMPARE(finished.exitCode, 0);
        std::map<std::string, int> events;
        for (const QByteArray& line : finished.output.trimmed().split('\n')) {
            const auto event = contract::parseWholeJson(line.toStdString());
            VERIFY_OK(event);
            ++events[*event->find("event")->string()];
        }
        QVERIFY(events["before"] == 4 && events["begun"] == events["done"] && events["finished"] == 1);
        QCOMPARE(events["before"] + events["done"], 15);
        const Run failed = runAll({u"adopt"_qs, u"mysql://iam@127.0.0.1:1/none"_qs, u"--check"_qs, u"--json"_qs});
        QCOMPARE(failed.exitCode, 1);
        QVERIFY2(failed.output.startsWith("{\"event\":\"failed\",\"stopped\":false,"), failed.output.constData());
        QCOMPARE(run({u"--back"_qs, u"--json"_qs}).exitCode, 0);
        QCOMPARE(m_database->fingerprint(), before);
    }

    void killedAnywhereItGoesOn_data()
    {
        QTest::addColumn<int>("lines");
        for (int lines = 0; lines <= 15; ++lines) QTest::addRow("%d", lines) << lines;
    }
    void killedAnywhereItGoesOn()
    {
        QFETCH(int, lines);
        m_database->addBlemishes();
        m_database->addMany(30);
        const QString before = m_database->fingerprint();
        killBehind(finish(), lines);
        // Whatever state that is: the way back is open from it, and so is the way on.
        if (lines % 2 == 1) {
            const Run back = run({u"--back"_qs});
            QVERIFY2(back.exitCode == 0, back.words.constData());
            QCOMPARE(m_database->fingerprint(), before);
            QCOMPARE(tables(), u"policy\npolicy_audit\nsecret\nuser\n"_qs);
        }
        const Run finished = run(finish());
        QVERIFY2(finished.exitCode == 0, finished.words.constData());
        QCOMPARE(count("users"), u"41"_qs);
        QCOMPARE(count("secrets"), u"36"_qs);
        QCOMPARE(count("policies"), u"36"_qs);
        for (int round = 0; round < 2; ++round) {
            const QStringList back{u"--back"_qs};
            if (round == 0) killBehind(back, lines % 7);
            const Run done = run(back);
            QVERIFY2(done.exitCode == 0, done.words.constData());
        }
        QCOMPARE(m_database->fingerprint(), before);
        QCOMPARE(tables(), u"policy\npolicy_audit\nsecret\nuser\n"_qs);
    }

    void killedAtAnyMomentItGoesOn()
    {
        m_database->addBlemishes();
        m_database->addMany(1500);
        const QString before = m_database->fingerprint();
        for (const QStringList& way : {finish(), QStringList{u"--back"_qs}}) {
            int kills = 0;
            for (int patience = 20;; patience += 10 + patience / 5) {
                QProcess process;
                prepare(process, arguments(way));
                process.start();
                if (process.waitForFinished(patience)) {
                    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
                    break;
                }
                process.kill();
                process.waitForFinished(30'000);
                ++kills;
            }
            QVERIFY2(kills > 3, "it was never killed on the way");
        }
        QCOMPARE(m_database->fingerprint(), before);
        QCOMPARE(tables(), u"policy\npolicy_audit\nsecret\nuser\n"_qs);
    }

    void theDatabaseServerMayGoAway()
    {
        m_database->addMany(300);
        const QString before = m_database->fingerprint();
        for (const int lines : {1, 4, 6}) {
            QProcess process;
            process.setReadChannel(QProcess::StandardError);
            prepare(process, arguments({u"--finish"_qs}));
            process.start();
            QByteArray said;
            while (said.count('\n') < lines && process.waitForReadyRead(60'000)) said += process.readAllStandardError();
            m_server.kill();
            QVERIFY(process.waitForFinished(60'000));
            QVERIFY2(m_server.start(), m_server.log().constData());
        }
        QCOMPARE(run({u"--finish"_qs}).exitCode, 0);
        QCOMPARE(count("users"), u"301"_qs);
        QCOMPARE(run({u"--back"_qs}).exitCode, 0);
        QCOMPARE(m_database->fingerprint(), before);
    }

    void oneProcessAtATime()
    {
        QProcess holder;
        holder.start(u"mariadb"_qs, {u"--no-defaults"_qs, u"--user=root"_qs, u"--socket="_qs + m_server.socket(),
                                     u"--unbuffered"_qs, u"--skip-column-names"_qs, m_database->name()});
        holder.write("SELECT GET_LOCK(CONCAT('iam-adopt-', MD5(DATABASE())), 0);\n");
        QVERIFY(holder.waitForReadyRead(30'000));
        for (const char* way : {"--finish", "--back", "--forget"}) {
            const Run refused = run({QLatin1String(way)});
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.words.contains("by another process"), refused.words.constData());
        }
        holder.kill();
        holder.waitForFinished(30'000);
    }

    void whoeverWritesInBetweenIsHeldOff()
    {
        m_database->addMany(10);
        QVERIFY(killBehind({u"--finish"_qs}, 4));
        const QString refused = m_database->run(u"UPDATE user SET nickname = 'x' WHERE id = 1001;"_qs);
        QVERIFY2(refused.contains(u"being taken over"), qPrintable(refused));
        QCOMPARE(run({u"--back"_qs}).exitCode, 0);
        QCOMPARE(m_database->run(u"UPDATE user SET nickname = 'x' WHERE id = 1001;"_qs), QString());
        QCOMPARE(run({u"--finish"_qs}).exitCode, 0);
        QCOMPARE(run({u"--forget"_qs}).exitCode, 0);
        QCOMPARE(run({u"--forget"_qs}).exitCode, 0);
        QVERIFY(!tables().contains(u"adopt"_qs));
        QCOMPARE(run({u"--back"_qs}).exitCode, 1);
    }
};

QTEST_GUILESS_MAIN(AdoptVerbTest)
#include "adoptverbtest.moc"
