// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The holes of the system that this server replaces, shown closed: here what takes a whole server. tests/data/holes.md
// says of each hole where that is.
#include "support/serverprocess.h"
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>

using namespace iam::test;

class HolesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void s1OpenRegistrationMakesPlainUsersOnly();
    void s2AnEmptyTokenKeyIsRefused();
    void s3EveryServerHasKeysOfItsOwn();
    void s3NoKeyStandsInTheTree();
    void s4SecretKeysAreSealedOnDisk();
    void s5NothingElseListens();
    void s7GuessingByChangePasswordIsSlowedDown();
    void s14HostilePatternsEndSoon();
    void s16UnknownNamesLookLikeKnownOnes();
    void s18SlowAndLargeRequestsAreRefused();
    void s22NoOptionTakesASecret();
    void c7AStopFinishesWhatRuns();
    void c12ChangesElsewhereDisturbNoDecision();
    void c23DecisionsWithoutPoliciesAreRecorded();
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
};

Ended runServer(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
    if (!process.waitForFinished(20'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

std::string user(const std::string& name, const std::string& more = {})
{
    return R"({"metadata":{"name":")" + name + R"(")" + more +
           R"(},"nickname":"n","password":"Pass@2021","email":"a@b.cc","isAdmin":1})";
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The ports that the process listens on (proc(5), tcp sockets of both families in state 0A).
QList<int> listeningPorts(qint64 process)
{
    QStringList sockets;
    const QString folder = QStringLiteral("/proc/%1/fd").arg(process);
    for (const QString& name : QDir(folder).entryList(QDir::System | QDir::Files))
        sockets << QFile::symLinkTarget(folder + u'/' + name).section(u'/', -1);
    QList<int> ports;
    for (const char* table : {"tcp", "tcp6"}) {
        for (const QByteArray& line :
             contentOf(QStringLiteral("/proc/%1/net/%2").arg(process).arg(QLatin1String(table))).split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() < 10 || fields[3] != "0A") continue;
            if (sockets.contains(QStringLiteral("socket:[%1]").arg(QLatin1String(fields[9]))))
                ports << fields[1].mid(fields[1].lastIndexOf(':') + 1).toInt(nullptr, 16);
        }
    }
    return ports;
}

} // namespace

void HolesTest::s1OpenRegistrationMakesPlainUsersOnly()
{
    ServerProcess server;
    QVERIFY2(server.start({QStringLiteral("apiserver.open-registration=true")}), server.log().constData());
    const HttpAnswer made =
        server.api("POST", "/v1/users", {}, user("guest", R"(,"id":1,"createdAt":"2001-01-01T00:00:00Z")"));
    QCOMPARE(made.status, 200);
    QCOMPARE(memberOf(made.body, "isAdmin"), std::string());
    QVERIFY(memberOf(made.body, "metadata.id") != "1" &&
            !memberOf(made.body, "metadata.createdAt").starts_with("2001"));
    QCOMPARE(server.api("GET", "/v1/users", server.logIn("guest", "Pass@2021")).status, 403);
    ServerProcess closed;
    QVERIFY(closed.start());
    QCOMPARE(closed.api("POST", "/v1/users", {}, user("guest")).status, 401);
}

void HolesTest::s2AnEmptyTokenKeyIsRefused()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("iam.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("jwt:\n  key: \"\"\n");
    file.close();
    const Ended ended = runServer({QStringLiteral("--config"), file.fileName(), QStringLiteral("--data-dir"),
                                   folder.filePath(QStringLiteral("d"))});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.error.contains("jwt.key"), ended.error.constData());
    QVERIFY(ended.output.isEmpty());
}

void HolesTest::s3EveryServerHasKeysOfItsOwn()
{
    ServerProcess first;
    ServerProcess second;
    QVERIFY(first.start() && second.start());
    for (const char* name : {"jwt.key", "encryption.keys"}) {
        const QString path = u'/' + QLatin1String(name);
        const QByteArray one = contentOf(first.dataDir() + path);
        QVERIFY2(one.size() >= 32 && one != contentOf(second.dataDir() + path), name);
        QCOMPARE(QFile::permissions(first.dataDir() + path) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }
    QCOMPARE(second.api("GET", "/v1/users/admin", first.logInAsAdmin()).status, 401);
}

void HolesTest::s3NoKeyStandsInTheTree()
{
    static const QRegularExpression key(QStringLiteral("-----BEGIN [A-Z ]*PRIVATE KEY|auth_pass +\\S*[0-9]{4}\\b"));
    int read = 0;
    for (const char* folder : {"app", "packaging", "resources", "server", "ui"}) {
        QDirIterator files(QStringLiteral(IAM_SOURCE_DIR "/") + QLatin1String(folder), QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QVERIFY2(!key.match(QString::fromUtf8(contentOf(path))).hasMatch(), qPrintable(path));
            ++read;
        }
    }
    QVERIFY(read > 100);
}

void HolesTest::s4SecretKeysAreSealedOnDisk()
{
    ServerProcess server;
    QVERIFY(server.start());
    const MadeSecret secret = makeSecret(server, server.logInAsAdmin(), "s");
    QVERIFY(!secret.key.empty());
    server.kill(); // what is in the write-ahead log stays there
    bool seen = false;
    QDirIterator files(server.dataDir(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray content = contentOf(files.next());
        seen |= content.contains(secret.id.c_str());
        QVERIFY2(!content.contains(secret.key.c_str()), qPrintable(files.filePath()));
        QVERIFY2(!content.contains(adminPassword), qPrintable(files.filePath()));
    }
    QVERIFY(seen);
}

void HolesTest::s5NothingElseListens()
{
    ServerProcess server;
    QVERIFY(server.start());
    QList<int> ports = listeningPorts(server.processId());
    std::sort(ports.begin(), ports.end());
    QList<int> wanted{server.apiPort(), server.authzPort()};
    std::sort(wanted.begin(), wanted.end());
    QCOMPARE(ports, wanted);
}

void HolesTest::s7GuessingByChangePasswordIsSlowedDown()
{
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.logInAsAdmin();
    QCOMPARE(server
                 .api("POST", "/v1/users", token,
                      R"({"metadata":{"name":"u1"},"nickname":"n","password":"Pass@2021","email":"a@b.cc"})")
                 .status,
             200);
    const std::string stolen = server.logIn("u1", "Pass@2021");
    HttpAnswer answer;
    for (int i = 0; i < 30 && answer.status != 429; ++i)
        answer = server.api("PUT", "/v1/users/u1/change-password", stolen,
                            R"({"oldPassword":"Wrong@2021","newPassword":"Next@2021"})");
    QCOMPARE(answer.status, 429);
    QVERIFY(!answer.header("Retry-After").empty());
}

void HolesTest::s14HostilePatternsEndSoon()
{
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    // Each takes an engine that backtracks longer than anybody waits.
    const std::vector<std::string> patterns{"<(a+)+$>",       "<(a|aa)+$>",       "<(.*a){25}>",
                                            "<(?=(a+)+$)a+>", "<(?!(a|a)*b)a+X>", "<([a-z]+)*$>"};
    const std::string needle = std::string(2000, 'a') + "!";
    int number = 0;
    for (const std::string& pattern : patterns) {
        QElapsedTimer clock;
        clock.start();
        const std::string name = "p" + std::to_string(++number);
        const HttpAnswer made =
            server.api("POST", "/v1/policies", token,
                       R"({"metadata":{"name":")" + name +
                           R"("},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":[")" +
                           pattern + R"("]}})");
        QVERIFY2(made.status == 200 || made.status == 400, made.body.c_str());
        const HttpAnswer decided =
            server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":")" + needle + R"("})");
        QCOMPARE(memberOf(decided.body, "allowed"), std::string("false"));
        QVERIFY2(clock.elapsed() < 5'000, pattern.c_str());
    }
}

void HolesTest::s16UnknownNamesLookLikeKnownOnes()
{
    ServerProcess server;
    QVERIFY(server.start(
        {QStringLiteral("auth.max-failures-per-address=1000"), QStringLiteral("auth.max-failures-per-account=1000")}));
    QElapsedTimer clock;
    HttpAnswer known;
    HttpAnswer unknown;
    std::vector<qint64> knownTimes;
    std::vector<qint64> unknownTimes;
    for (int i = 0; i < 25; ++i) { // in turns, so that a busy machine is busy for both
        clock.start();
        known = server.api("POST", "/login", {}, R"({"username":"admin","password":"Wrong@2021"})");
        knownTimes.push_back(clock.nsecsElapsed());
        clock.start();
        unknown = server.api("POST", "/login", {}, R"({"username":"nobody","password":"Wrong@2021"})");
        unknownTimes.push_back(clock.nsecsElapsed());
    }
    QCOMPARE(known.status, 401);
    QCOMPARE(unknown.status, known.status);
    QCOMPARE(unknown.body, known.body);
    QCOMPARE(unknown.headers.size(), known.headers.size());
    const double ratio = static_cast<double>(*std::min_element(unknownTimes.begin(), unknownTimes.end())) /
                         static_cast<double>(*std::min_element(knownTimes.begin(), knownTimes.end()));
    QVERIFY2(ratio > 0.7 && ratio < 1.4, std::to_string(ratio).c_str());
}

void HolesTest::s18SlowAndLargeRequestsAreRefused()
{
    ServerProcess server;
    QVERIFY(server.start({QStringLiteral("limits.header-timeout=300ms"), QStringLiteral("limits.body-grace=300ms")}));
    for (const std::uint16_t port : {server.apiPort(), server.authzPort()}) {
        HttpConnection head(port);
        QVERIFY(head.sendRaw("GET /healthz HTTP/1.1\r\nHost: x\r\n"));
        const HttpAnswer slow = head.receive();
        QCOMPARE(slow.status, 408);
        QCOMPARE(memberOf(slow.body, "code"), std::string("100012"));
        HttpConnection body(port);
        QVERIFY(body.sendRaw("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"));
        QCOMPARE(body.receive().status, 408);
        const HttpAnswer wide = httpCall(port, {"GET", "/healthz", {{"X-Long", std::string(20'000, 'x')}}, ""});
        QCOMPARE(wide.status, 431);
        HttpConnection large(port);
        QVERIFY(large.sendRaw("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"));
        QCOMPARE(large.receive().status, 413);
        QCOMPARE(httpCall(port, {"GET", "/healthz", {}, ""}).status, 200);
    }
}

void HolesTest::s22NoOptionTakesASecret()
{
    const Ended set = runServer({QStringLiteral("--set"), QStringLiteral("jwt.key=planted-secret-value")});
    QCOMPARE(set.code, 2);
    QVERIFY2(set.error.contains("IAM_JWT_KEY") && !set.error.contains("planted"), set.error.constData());
    const Ended help = runServer({QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    static const QRegularExpression option(QStringLiteral("--[a-z-]+"));
    static const QRegularExpression telling(QStringLiteral("password|passphrase|secret|token|-key$"));
    int seen = 0;
    auto options = option.globalMatch(QString::fromUtf8(help.output));
    while (options.hasNext()) {
        const QString name = options.next().captured();
        ++seen;
        QVERIFY2(!telling.match(name).hasMatch() || name.endsWith(QStringLiteral("-file")), qPrintable(name));
    }
    QVERIFY(seen > 3);
}

/// Requests that are under way when the server is told to end are answered, and decisions that were answered are kept.
void HolesTest::c7AStopFinishesWhatRuns()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    const std::string body =
        R"({"metadata":{"name":"late"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
    HttpConnection slow(server.apiPort());
    QVERIFY(slow.sendRaw("POST /v1/policies HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, 20)));
    std::atomic<bool> ended = false;
    std::atomic<std::uint64_t> answered = 0;
    std::vector<std::thread> asking;
    for (int i = 0; i < 3; ++i)
        asking.emplace_back([&] {
            while (!ended && server.decide(secret.id, secret.key, R"({"subject":"s"})").status == 200) ++answered;
        });
    QTRY_VERIFY(answered > 20);
    HttpAnswer late;
    std::thread finishing([&] {
        while (!server.log().contains("ending")) std::this_thread::yield();
        slow.sendRaw(body.substr(20));
        late = slow.receive();
    });
    const bool stopped = server.stop();
    ended = true;
    finishing.join();
    for (std::thread& thread : asking) thread.join();
    QVERIFY2(stopped, server.log().constData());
    QCOMPARE(late.status, 200);

    QVERIFY2(server.start(), server.log().constData());
    const std::string again = server.logInAsAdmin();
    QCOMPARE(server.api("GET", "/v1/policies/late", again).status, 200);
    std::uint64_t kept = 0;
    std::string cursor;
    do {
        const std::string page = server.api("GET", "/v1/audit/decisions?limit=1000&cursor=" + cursor, again).body;
        kept += static_cast<std::uint64_t>(QByteArray::fromStdString(page).count(R"("requestID":)"));
        cursor = memberOf(page, "next");
    } while (!cursor.empty());
    QVERIFY2(kept >= answered, (std::to_string(kept) + " kept, " + std::to_string(answered) + " answered").c_str());
    QVERIFY(!server.log().contains("were lost"));
}

void HolesTest::c12ChangesElsewhereDisturbNoDecision()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    const auto policy = [](const std::string& name, const std::string& subject) {
        return R"({"metadata":{"name":")" + name + R"("},"policy":{"effect":"allow","subjects":[")" + subject +
               R"("],"actions":["a"],"resources":["r"]}})";
    };
    QCOMPARE(server.api("POST", "/v1/policies", token, policy("stays", "s")).status, 200);
    std::atomic<bool> changing = true;
    std::atomic<int> refused = 0;
    std::thread changes([&] {
        for (int i = 0; i < 100; ++i) {
            refused += server.api("POST", "/v1/policies", token, policy("other", "x")).status != 200;
            refused += server.api("PUT", "/v1/policies/other", token, policy("other", "y")).status != 200;
            refused += server.api("DELETE", "/v1/policies/other", token).status != 200;
        }
        changing = false;
    });
    int wrong = 0;
    int asked = 0;
    for (; changing; ++asked)
        wrong += server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":"r"})").body !=
                 R"({"allowed":true})";
    changes.join();
    QCOMPARE(refused.load(), 0);
    QCOMPARE(wrong, 0);
    QVERIFY2(asked > 20, std::to_string(asked).c_str());
}

void HolesTest::c23DecisionsWithoutPoliciesAreRecorded()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    const std::string answer = server.decide(secret.id, secret.key, R"({"subject":"nobody","action":"a"})").body;
    QCOMPARE(memberOf(answer, "denied"), std::string("true"));
    std::string records;
    QTRY_VERIFY((records = server.api("GET", "/v1/audit/decisions", token).body).find(R"("subject":"nobody")") !=
                std::string::npos);
    QVERIFY2(records.find(R"("reason":")" + memberOf(answer, "reason") + '"') != std::string::npos, records.c_str());
    // The old system's words for it hide that there are none; the count says so.
    const std::string metrics = httpCall(server.authzPort(), {"GET", "/metrics", {}, {}}).body;
    QVERIFY(metrics.find(R"(reason="no_policies")") != std::string::npos);
    QVERIFY(metrics.find(R"(reason="no_policies"} 0)") == std::string::npos);
}

#endif

QTEST_GUILESS_MAIN(HolesTest)
#include "holestest.moc"
