// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a cluster as its operator meets them: the verbs of the real program, and nodes with right and wrong keys.
#include "support/serverprocess.h"
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace iam;
using namespace iam::test;

class ClusterKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBundleBringsTheKeys();
    void joiningRefuses();
    void joiningRefusesToLoseSecrets();
    void aDatabaseOfOtherKeysIsRefused();
    void theEncryptionKeyOfSqliteIsRotated();
    void thePassphraseIsTypedUnseen();
    void helpIsGiven();
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

constexpr const char* passphrase = "correct horse battery";

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
};

/// Runs iam-server to its end.
Ended runServer(const QStringList& arguments, const char* withPassphrase = passphrase)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("IAM_CLUSTER_PASSPHRASE"), QString::fromLatin1(withPassphrase));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QStringList verb(const char* words, const QString& dataDir, const QStringList& more = {})
{
    return QString::fromLatin1(words).split(u' ') + more + QStringList{QStringLiteral("--data-dir"), dataDir};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

/// The database of a server that does not run, in the place of another's.
void copyDatabase(const QString& from, const QString& to)
{
    QDir().mkpath(to);
    for (const char* name : {"iam.db", "iam.db-wal", "iam.db-shm"}) {
        QFile::remove(to + QLatin1Char('/') + QLatin1String(name));
        QFile::copy(from + QLatin1Char('/') + QLatin1String(name), to + QLatin1Char('/') + QLatin1String(name));
    }
}

/// No key of that directory is in the text.
bool tellsNoKey(const QByteArray& text, const QString& dataDir)
{
    for (const char* name : {"cluster.key", "encryption.keys", "jwt.key"}) {
        const QByteArray file = contentOf(dataDir + QLatin1Char('/') + QLatin1String(name));
        if (file.isEmpty()) return false;
        for (const QByteArray& line : file.split('\n')) {
            const QByteArray key = line.mid(line.indexOf(':') + 1);
            if (key.size() >= 40 && text.contains(key)) return false;
        }
    }
    return true;
}

const std::string policy =
    R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
const std::string request = R"({"subject":"s","action":"a","resource":"r"})";

} // namespace
#endif

void ClusterKeysTest::aBundleBringsTheKeys()
{
    QTemporaryDir folder;
    const QString bundle = folder.filePath(QStringLiteral("bundle"));
    const QString other = folder.filePath(QStringLiteral("other"));
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.logInAsAdmin();
    const Ended made = runServer(verb("cluster init", server.dataDir(), {QStringLiteral("--out"), bundle}));
    QVERIFY2(made.code == 0, made.error.constData());
    QVERIFY(made.output.isEmpty());
    QVERIFY(made.error.contains("cluster join"));
    QVERIFY(!made.error.contains("Made:")); // the running server has all of them
    QVERIFY(tellsNoKey(made.error + contentOf(bundle), server.dataDir()));
    QVERIFY(!(made.error + contentOf(bundle)).contains(passphrase));
    QCOMPARE(QFile::permissions(bundle) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(server.api("GET", "/v1/users", token).status, 200);

    const Ended joined = runServer(verb("cluster join", other, {bundle}));
    QVERIFY2(joined.code == 0, joined.error.constData());
    for (const char* name : {"cluster.key", "encryption.keys", "jwt.key"})
        QCOMPARE(contentOf(other + QLatin1Char('/') + QLatin1String(name)),
                 contentOf(server.dataDir() + QLatin1Char('/') + QLatin1String(name)));
    const Ended again = runServer(verb("cluster join", other, {bundle}));
    QVERIFY(again.code == 0 && again.error.contains("nothing was changed"));

    // The same database and the same keys: the token of the first is good on the second.
    QVERIFY(server.stop());
    copyDatabase(server.dataDir(), other);
    ServerProcess second(other);
    QVERIFY(second.start());
    QCOMPARE(second.api("GET", "/v1/users", token).status, 200);
    // Who has the keys already need not be stopped.
    const Ended running = runServer(verb("cluster join", other, {bundle}));
    QVERIFY(running.code == 0 && running.error.contains("nothing was changed"));
    QVERIFY(second.stop());
}

void ClusterKeysTest::joiningRefuses()
{
    QTemporaryDir folder;
    const QString bundle = folder.filePath(QStringLiteral("bundle"));
    const QString node = folder.filePath(QStringLiteral("node"));
    const QString file = folder.filePath(QStringLiteral("passphrase"));
    writeFile(file, QByteArray(passphrase) + '\n');
    const Ended made = runServer(verb("cluster init", folder.filePath(QStringLiteral("first")),
                                      {QStringLiteral("--out"), bundle, QStringLiteral("--passphrase-file"), file}),
                                 "");
    QVERIFY2(made.code == 0 && made.error.contains("Made: "), made.error.constData());

    const auto refused = [&](const QStringList& arguments, const char* why, const char* with = passphrase) {
        const Ended ended = runServer(arguments, with);
        QVERIFY2(ended.code != 0, ended.error.constData());
        QVERIFY2(ended.error.contains(why) && ended.error.trimmed().count('\n') == 0, ended.error.constData());
        QVERIFY(!QDir(node).exists(QStringLiteral("encryption.keys")));
    };
    refused(verb("cluster join", node, {bundle}), "the passphrase does not open the bundle", "a wrong passphrase");
    refused(verb("cluster join", node), "needs the bundle");
    refused(verb("cluster join", node, {folder.filePath(QStringLiteral("absent"))}), "cannot be read");
    QByteArray text = contentOf(bundle);
    text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
    const QString damaged = folder.filePath(QStringLiteral("damaged"));
    writeFile(damaged, text);
    refused(verb("cluster join", node, {damaged}), "damaged");
    writeFile(damaged, "something else\n");
    refused(verb("cluster join", node, {damaged}), "this is not a bundle");
    writeFile(damaged, QByteArray(1'000'000, 'x'));
    refused(verb("cluster join", node, {damaged}), "too large");
    refused(verb("cluster init", node), "12 characters", "elevenchars");
    refused(verb("cluster nonsense", node), "init, join, rotate-keys");
    refused(verb("cluster rotate-keys", node), "rotate-encryption-key");
    refused(verb("cluster rotate-keys", node, {QStringLiteral("--grace"), QStringLiteral("1s")}), "--grace");
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    refused(verb("cluster join", node, {bundle, QStringLiteral("--passphrase-file"), file}), "0600", "");

    // Another's server runs with other keys.
    ServerProcess server;
    QVERIFY(server.start());
    const Ended running = runServer(verb("cluster join", server.dataDir(), {bundle}));
    QVERIFY2(running.code == 1 && running.error.contains("stop this node's server"), running.error.constData());
    QVERIFY(server.stop());
    // It has sealed nothing yet: its keys go aside, and its database takes the new ones.
    const Ended joined = runServer(verb("cluster join", server.dataDir(), {bundle}));
    QVERIFY2(joined.code == 0 && joined.error.contains("encryption.keys.replaced"), joined.error.constData());
    QVERIFY(server.start());
    QVERIFY(!server.logInAsAdmin().empty());
}

void ClusterKeysTest::joiningRefusesToLoseSecrets()
{
    QTemporaryDir folder;
    const QString bundle = folder.filePath(QStringLiteral("bundle"));
    QCOMPARE(
        runServer(verb("cluster init", folder.filePath(QStringLiteral("first")), {QStringLiteral("--out"), bundle}))
            .code,
        0);
    ServerProcess server;
    QVERIFY(server.start());
    QVERIFY(!makeSecret(server, server.logInAsAdmin(), "s").key.empty());
    QVERIFY(server.stop());
    const QByteArray keys = contentOf(server.dataDir() + QStringLiteral("/encryption.keys"));
    const Ended refused = runServer(verb("cluster join", server.dataDir(), {bundle}));
    QVERIFY2(refused.code == 1 && refused.error.contains("--replace"), refused.error.constData());
    QCOMPARE(contentOf(server.dataDir() + QStringLiteral("/encryption.keys")), keys);
    const Ended replaced = runServer(verb("cluster join", server.dataDir(), {bundle, QStringLiteral("--replace")}));
    QVERIFY2(replaced.code == 0, replaced.error.constData());
    QCOMPARE(contentOf(server.dataDir() + QStringLiteral("/encryption.keys.replaced")), keys);
    QVERIFY(contentOf(server.dataDir() + QStringLiteral("/encryption.keys")) != keys);
    // The server starts with the new keys; what was sealed with the old ones is of no use, as was said.
    QVERIFY2(server.start(), server.log().constData());
    QVERIFY(!makeSecret(server, server.logInAsAdmin(), "t").key.empty());
}

void ClusterKeysTest::aDatabaseOfOtherKeysIsRefused()
{
    ServerProcess first;
    QVERIFY(first.start());
    QVERIFY(first.stop());
    ServerProcess second;
    QVERIFY(second.start());
    QVERIFY(second.stop());
    copyDatabase(first.dataDir(), second.dataDir());
    const Ended refused = runServer({QStringLiteral("--data-dir"), second.dataDir()});
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.error.trimmed().count('\n') == 0 &&
                 refused.error.contains("restore the file that belongs to the database"),
             refused.error.constData());
    QVERIFY(refused.output.isEmpty());
    // A node without keys does not make others.
    QFile::remove(second.dataDir() + QStringLiteral("/encryption.keys"));
    QCOMPARE(runServer({QStringLiteral("--data-dir"), second.dataDir()}).code, 1);
    QVERIFY(!QFile::exists(second.dataDir() + QStringLiteral("/encryption.keys")));
}

void ClusterKeysTest::theEncryptionKeyOfSqliteIsRotated()
{
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.logInAsAdmin();
    QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
    const MadeSecret secret = makeSecret(server, token, "s");
    QVERIFY(memberOf(server.decide(secret.id, secret.key, request).body, "allowed") == "true");
    const Ended running = runServer(verb("admin rotate-encryption-key", server.dataDir()));
    QVERIFY2(running.code == 1 && running.error.contains("in use"), running.error.constData());
    QVERIFY(server.stop());
    const QString file = server.dataDir() + QStringLiteral("/encryption.keys");
    const QByteArray before = contentOf(file);
    for (int i = 0; i < 2; ++i) {
        const Ended done = runServer(verb("admin rotate-encryption-key", server.dataDir()));
        QVERIFY2(done.code == 0, done.error.constData());
        QVERIFY(tellsNoKey(done.error + done.output, server.dataDir()));
    }
    QVERIFY(contentOf(file).startsWith(before));
    QCOMPARE(contentOf(file).count('\n'), before.count('\n') + 2);
    QVERIFY(server.start());
    QTRY_VERIFY_WITH_TIMEOUT(server.log().contains("1 secret keys are sealed anew"), 10'000);
    QCOMPARE(memberOf(server.decide(secret.id, secret.key, request).body, "allowed"), std::string("true"));
    QVERIFY(tellsNoKey(server.log(), server.dataDir()));
    QVERIFY(server.stop());
    // The database alone needs the newest key only.
    const QByteArray newest = contentOf(file).split('\n').at(3);
    writeFile(file, "iam-keyring 1\n" + newest + '\n');
    QVERIFY(server.start());
    QCOMPARE(memberOf(server.decide(secret.id, secret.key, request).body, "allowed"), std::string("true"));
}

void ClusterKeysTest::thePassphraseIsTypedUnseen()
{
    QTemporaryDir folder;
    const QByteArray program = QByteArrayLiteral(IAM_SERVER_PROGRAM);
    const QByteArray dataDir = folder.filePath(QStringLiteral("node")).toLocal8Bit();
    const QByteArray bundle = folder.filePath(QStringLiteral("bundle")).toLocal8Bit();
    // What a shell in a terminal would start; answers each question with the next line.
    const auto inTerminal = [&](std::vector<const char*> arguments, std::vector<QByteArray> answers,
                                QByteArray& shown) {
        int terminal = -1;
        arguments.insert(arguments.begin(), program.constData());
        arguments.push_back(nullptr);
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            ::unsetenv("IAM_CLUSTER_PASSPHRASE");
            ::execv(program.constData(), const_cast<char* const*>(arguments.data()));
            ::_exit(127);
        }
        char buffer[512];
        std::size_t answered = 0;
        for (;;) {
            pollfd waiting{terminal, POLLIN, 0};
            if (::poll(&waiting, 1, 30'000) <= 0) break;
            const ssize_t got = ::read(terminal, buffer, sizeof buffer);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            shown.append(buffer, static_cast<qsizetype>(got));
            if (answered < answers.size() && shown.count(": ") > static_cast<qsizetype>(answered) &&
                shown.endsWith(": ")) {
                const QByteArray line = answers[answered++] + '\n';
                if (::write(terminal, line.constData(), static_cast<std::size_t>(line.size())) != line.size()) break;
            }
        }
        ::close(terminal);
        int status = -1;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    const std::vector<const char*> init{"cluster",           "init",  "--data-dir",
                                        dataDir.constData(), "--out", bundle.constData()};
    QByteArray shown;
    QCOMPARE(inTerminal(init, {passphrase, "something else"}, shown), 1);
    QVERIFY2(shown.contains("the two passphrases differ") && !shown.contains(passphrase), shown.constData());
    shown.clear();
    QCOMPARE(inTerminal(init, {passphrase, passphrase}, shown), 0);
    QVERIFY2(shown.contains("The same again") && !shown.contains(passphrase), shown.constData());
    shown.clear();
    QCOMPARE(
        inTerminal({"cluster", "join", bundle.constData(), "--data-dir", dataDir.constData()}, {passphrase}, shown), 0);
    QVERIFY2(!shown.contains("The same again") && !shown.contains(passphrase), shown.constData());
}

void ClusterKeysTest::helpIsGiven()
{
    const Ended alone = runServer({QStringLiteral("cluster")});
    QCOMPARE(alone.code, 0);
    for (const char* word : {"init", "join", "rotate-keys", "--grace", "--replace", "--passphrase-file"})
        QVERIFY2(alone.output.contains(word), word);
    QCOMPARE(runServer({QStringLiteral("cluster"), QStringLiteral("--help")}).output, alone.output);
    const QByteArray all = runServer({QStringLiteral("--help")}).output;
    QVERIFY(all.contains("iam-server cluster") && all.contains("rotate-encryption-key"));
}

QTEST_GUILESS_MAIN(ClusterKeysTest)
#include "clusterkeystest.moc"
