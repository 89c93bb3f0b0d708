// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes of the real program on one MariaDB: whose keys are taken, and how they are changed under load.
#include "support/mariadbserver.h"
#include "support/serverprocess.h"
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <latch>
#include <mutex>
#include <thread>

using namespace iam;
using namespace iam::test;

class ClusterNodesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void onlyNodesWithTheKeysStart();
    void ofTwoThatBeginExactlyOneWins();
    void keysAreRotatedUnderLoad();

private:
    /// What a node is told about the database.
    QStringList settings() const;
    /// The same for a verb, as a file of the data directory's owner.
    QString configFile();

    MariaDbServer m_database;
    QTemporaryDir m_folder;
    QString m_name;
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

const std::string policyOfAdmin =
    R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
const std::string decision = R"({"subject":"s","action":"a","resource":"r"})";

struct Ended {
    int code = -1;
    QByteArray error;
};

Ended runVerb(const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("IAM_CLUSTER_PASSPHRASE"), QStringLiteral("correct horse battery"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardError()};
}

QByteArray keyFile(const QString& dataDir, const char* name)
{
    QFile file(dataDir + QLatin1Char('/') + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList keyFiles(const QString& dataDir)
{
    return QDir(dataDir).entryList({QStringLiteral("*.key*")}, QDir::Files);
}

/// Logs in, uses what the other node made, and decides, again and again, until it is told to stop.
class Load {
public:
    Load(const ServerProcess& first, const ServerProcess& second, MadeSecret secret, std::string oldToken)
        : m_nodes{&first, &second}
        , m_secret(std::move(secret))
        , m_oldToken(std::move(oldToken))
    {
        for (int i = 0; i < 2; ++i) m_threads.emplace_back([this, i] { work(i); });
    }
    /// How many rounds went well, and the first thing that did not.
    std::pair<int, std::string> stop()
    {
        m_stopping = true;
        m_threads.clear();
        return {m_rounds.load(), m_fault};
    }
    [[nodiscard]] int rounds() const { return m_rounds; }

private:
    void work(int i)
    {
        const ServerProcess& mine = *m_nodes[i];
        const ServerProcess& other = *m_nodes[1 - i];
        while (!m_stopping) {
            const HttpAnswer in = mine.api(
                "POST", "/login", {}, R"({"username":"admin","password":")" + std::string(adminPassword) + R"("})");
            const std::string token = memberOf(in.body, "token");
            check("log-in", in, in.status == 200 && !token.empty());
            for (const auto* node : {&mine, &other}) {
                const HttpAnswer fresh = node->api("GET", "/v1/users/admin", token);
                check("a new token", fresh, fresh.status == 200);
                const HttpAnswer old = node->api("GET", "/v1/users/admin", m_oldToken);
                check("an old token", old, old.status == 200);
                const HttpAnswer decided = node->decide(m_secret.id, m_secret.key, decision);
                check("a decision", decided, memberOf(decided.body, "allowed") == "true");
            }
            ++m_rounds;
        }
    }
    void check(const char* what, const HttpAnswer& answer, bool good)
    {
        if (good) return;
        const std::lock_guard lock(m_mutex);
        if (m_fault.empty()) m_fault = std::string(what) + ": " + std::to_string(answer.status) + ' ' + answer.body;
    }

    const ServerProcess* m_nodes[2];
    const MadeSecret m_secret;
    const std::string m_oldToken;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_rounds = 0;
    std::mutex m_mutex;
    std::string m_fault;
    std::vector<std::jthread> m_threads;
};

} // namespace
#endif

void ClusterNodesTest::initTestCase()
{
    if (!MariaDbServer::isInstalled()) QSKIP("the package mariadb-server is not installed");
    QVERIFY2(m_database.start(), m_database.log().constData());
}

void ClusterNodesTest::init()
{
    m_name = m_database.makeDatabase();
}

QStringList ClusterNodesTest::settings() const
{
    return {QStringLiteral("store.driver=mysql"), QStringLiteral("mysql.host=127.0.0.1:%1").arg(m_database.port()),
            QStringLiteral("mysql.username=") + QLatin1String(MariaDbServer::username),
            QStringLiteral("mysql.password=") + QLatin1String(MariaDbServer::password),
            QStringLiteral("mysql.database=") + m_name};
}

QString ClusterNodesTest::configFile()
{
    QFile file(m_folder.filePath(QStringLiteral("iam.yaml")));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write("store:\n  driver: mysql\nmysql:\n  host: 127.0.0.1:" + QByteArray::number(m_database.port()) +
               "\n  username: " + MariaDbServer::username + "\n  password: \"" + MariaDbServer::password +
               "\"\n  database: " + m_name.toUtf8() + '\n');
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return file.fileName();
}

void ClusterNodesTest::onlyNodesWithTheKeysStart()
{
    ServerProcess first;
    QVERIFY2(first.start(settings()), first.log().constData());
    const std::string token = first.logInAsAdmin();
    ServerProcess second;
    QVERIFY(!second.start(settings()));
    QVERIFY2(second.log().contains("install them with iam-server cluster join BUNDLE"), second.log().constData());
    QVERIFY(keyFiles(second.dataDir()).isEmpty());

    // A node that was something else has keys of its own.
    QVERIFY(second.start());
    QVERIFY(second.stop());
    const QStringList own = keyFiles(second.dataDir());
    QVERIFY(!second.start(settings()));
    QVERIFY2(second.log().contains("(encryption.keys differs)"), second.log().constData());
    QCOMPARE(keyFiles(second.dataDir()), own);

    const QString bundle = m_folder.filePath(QStringLiteral("bundle-of-") + m_name);
    const QStringList config{QStringLiteral("--config"), configFile(), QStringLiteral("--data-dir")};
    const Ended wrong = runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("init")} + config +
                                QStringList{second.dataDir()});
    QVERIFY2(wrong.code == 1 && wrong.error.contains("cluster join"), wrong.error.constData());
    const Ended made =
        runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("init"), QStringLiteral("--out"), bundle} +
                config + QStringList{first.dataDir()});
    QVERIFY2(made.code == 0, made.error.constData());
    const Ended joined = runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("join"), bundle} + config +
                                 QStringList{second.dataDir()});
    QVERIFY2(joined.code == 0 && joined.error.contains(".replaced"), joined.error.constData());
    QVERIFY2(second.start(settings()), second.log().constData());
    QCOMPARE(second.api("GET", "/v1/users/admin", token).status, 200);
    QCOMPARE(first.api("GET", "/v1/users/admin", second.logInAsAdmin()).status, 200);
    for (const ServerProcess* node : {&first, &second})
        QCOMPARE(memberOf(node->api("GET", "/readyz", {}).body, "checks.keys"), std::string("ok"));
}

void ClusterNodesTest::ofTwoThatBeginExactlyOneWins()
{
    // Each in a thread of its own, as QProcess asks for.
    constexpr int nodes = 3;
    std::atomic<int> started = 0;
    std::atomic<int> refused = 0;
    std::latch together(nodes);
    std::latch known(nodes);
    std::vector<std::jthread> threads;
    for (int i = 0; i < nodes; ++i) {
        threads.emplace_back([&] {
            ServerProcess node;
            together.arrive_and_wait();
            if (node.start(settings())) {
                ++started;
            } else if (node.log().contains("install them with iam-server cluster join BUNDLE") &&
                       keyFiles(node.dataDir()).isEmpty()) {
                ++refused;
            }
            known.arrive_and_wait();
        });
    }
    threads.clear();
    QCOMPARE(started.load(), 1);
    QCOMPARE(refused.load(), nodes - 1);
}

void ClusterNodesTest::keysAreRotatedUnderLoad()
{
    ServerProcess first;
    ServerProcess second;
    ServerProcess third;
    const QStringList config{QStringLiteral("--config"), configFile(), QStringLiteral("--data-dir")};
    const QString bundle = m_folder.filePath(QStringLiteral("bundle-of-") + m_name);
    QVERIFY2(first.start(settings()), first.log().constData());
    const auto rotate = [&] {
        return runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("rotate-keys"), QStringLiteral("--grace"),
                                   QStringLiteral("4s")} +
                       config + QStringList{first.dataDir()});
    };
    const Ended made =
        runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("init"), QStringLiteral("--out"), bundle} +
                config + QStringList{first.dataDir()});
    QVERIFY2(made.code == 0, made.error.constData());
    for (const ServerProcess* node : {&second, &third}) {
        const Ended joined = runVerb(QStringList{QStringLiteral("cluster"), QStringLiteral("join"), bundle} + config +
                                     QStringList{node->dataDir()});
        QVERIFY2(joined.code == 0, joined.error.constData());
    }
    const std::string token = first.logInAsAdmin();
    QCOMPARE(first.api("POST", "/v1/policies", token, policyOfAdmin).status, 200);
    const MadeSecret secret = makeSecret(first, token, "s");
    QVERIFY2(second.start(settings()), second.log().constData());

    Load load(first, second, secret, token);
    QTRY_VERIFY_WITH_TIMEOUT(load.rounds() >= 4, 30'000);
    const Ended rotated = rotate();
    QVERIFY2(rotated.code == 0 && rotated.error.contains("Key generation 2"), rotated.error.constData());
    const Ended tooEarly = rotate();
    QVERIFY2(tooEarly.code == 1 && tooEarly.error.contains("under way"), tooEarly.error.constData());
    const char* inForce = "a new generation of keys signs and seals from now on";
    QTRY_VERIFY_WITH_TIMEOUT(first.log().contains(inForce) && second.log().contains(inForce), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT((first.log() + second.log()).contains("1 secret keys are sealed anew"), 30'000);
    const int before = load.rounds();
    QTRY_VERIFY_WITH_TIMEOUT(load.rounds() >= before + 4, 30'000);
    const auto [rounds, fault] = load.stop();
    QVERIFY2(fault.empty(), fault.c_str());
    qInfo("%d rounds, none failed", rounds);

    QCOMPARE(keyFile(first.dataDir(), "jwt.key").count('\n'), qsizetype(2));
    for (const char* name : {"jwt.key", "encryption.keys", "cluster.key"}) {
        QCOMPARE(keyFile(first.dataDir(), name), keyFile(second.dataDir(), name));
        const auto mode = QFile::permissions(second.dataDir() + QLatin1Char('/') + QLatin1String(name));
        QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    }
    // What the new key sealed is what the database has.
    const QByteArray newest = keyFile(first.dataDir(), "encryption.keys").split('\n').at(2);
    const QString sealed = m_database.run(QStringLiteral("SELECT sealed_key FROM secrets"), m_name);
    QVERIFY(sealed.startsWith(QStringLiteral("v1:") + QString::fromLatin1(newest.left(newest.indexOf(':') + 1))));

    // A node that was down has a bundle from before, and catches up.
    QVERIFY2(third.start(settings()), third.log().constData());
    QCOMPARE(third.api("GET", "/v1/users/admin", second.logInAsAdmin()).status, 200);
    QCOMPARE(second.api("GET", "/v1/users/admin", third.logInAsAdmin()).status, 200);
    QCOMPARE(memberOf(third.decide(secret.id, secret.key, decision).body, "allowed"), std::string("true"));
    QCOMPARE(keyFile(third.dataDir(), "jwt.key"), keyFile(first.dataDir(), "jwt.key"));

    const Ended other = runVerb(QStringList{QStringLiteral("admin"), QStringLiteral("rotate-encryption-key")} + config +
                                QStringList{first.dataDir()});
    QVERIFY2(other.code == 1 && other.error.contains("cluster rotate-keys"), other.error.constData());
}

QTEST_GUILESS_MAIN(ClusterNodesTest)
#include "clusternodestest.moc"
