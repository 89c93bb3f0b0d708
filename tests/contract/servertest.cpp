// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program as its operator meets it: how it starts, what it refuses, how it ends, and what a crash or a full disk
// leaves behind.
#include "contract/json.h"
#include "crypto/base64.h"
#include "support/serverprocess.h"
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTest>
#include <atomic>
#include <csignal>
#include <mutex>
#include <set>
#include <sys/mount.h>
#include <thread>
#include <unistd.h>

using namespace iam;
using namespace iam::test;

class ServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysOneLineAndEndsWhenTold();
    void aSecondSignalEndsAtOnce();
    void refusesToStart_data();
    void refusesToStart();
    void refusesDataInUse();
    void refusesAPortInUse();
    void refusesToLoseTheKeyOfTheSecrets();
    void makesAnAdministratorWithARandomPassword();
    void resetsTheAdministratorsPassword();
    void keepsWhatItAcknowledged();
    void survivesAFullDisk();
    void tellsNoSecretToTheLog();
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
};

/// Runs iam-server to its end.
Ended runServer(const QStringList& arguments, const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
    if (!process.waitForFinished(20'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QStringList freePorts()
{
    return {QStringLiteral("--set"), QStringLiteral("apiserver.insecure.bind-port=0"), QStringLiteral("--set"),
            QStringLiteral("authz-server.insecure.bind-port=0")};
}

std::string policyBody(const std::string& name)
{
    return R"({"metadata":{"name":")" + name + R"("},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
}

/// All names in a list of policies or secrets.
std::set<std::string> namesIn(const std::string& body)
{
    std::set<std::string> names;
    const auto json = contract::parseJson(body);
    const contract::Json* items = json ? json->find("items") : nullptr;
    if (items == nullptr || items->array() == nullptr) return names;
    for (const contract::Json& item : *items->array()) names.insert(*item.find("metadata")->find("name")->string());
    return names;
}

/// A tmpfs of its own size, gone with this. Needs the right to mount.
class SmallDisk {
public:
    explicit SmallDisk(const char* size)
    {
        const QByteArray options = QByteArray("size=") + size;
        m_mounted = ::mount("tmpfs", m_folder.path().toLocal8Bit().constData(), "tmpfs", 0, options.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted) ::umount2(m_folder.path().toLocal8Bit().constData(), MNT_DETACH);
    }
    [[nodiscard]] bool mounted() const { return m_mounted; }
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    /// Writes a file until nothing fits any more.
    void fill() const
    {
        QFile file(path("filler"));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append)) return;
        for (qint64 size : {65536, 4096, 1})
            while (file.write(QByteArray(static_cast<int>(size), 'x')) == size && file.flush()) {}
    }
    void makeRoom() const { QFile::remove(path("filler")); }

private:
    QTemporaryDir m_folder;
    bool m_mounted = false;
};

} // namespace

void ServerTest::saysOneLineAndEndsWhenTold()
{
    ServerProcess server;
    QVERIFY2(server.start(), server.log().constData());
    QCOMPARE(server.api("GET", "/healthz", {}).status, 200);
    QVERIFY(server.stop());
    QCOMPARE(server.output().count('\n'), 1);
    QVERIFY(server.output().startsWith("{\"ready\":true,\"apiserver\":\"http://127.0.0.1:"));
    QVERIFY2(!server.log().contains(adminPassword), "the password is in the log");
    QVERIFY2(server.start(), server.log().constData()); // the same data again
    QVERIFY(!server.logInAsAdmin().empty());
}

void ServerTest::aSecondSignalEndsAtOnce()
{
    ServerProcess server;
    QVERIFY(server.start());
    HttpConnection busy(server.apiPort()); // a request that does not end keeps the first signal waiting
    QVERIFY(busy.sendRaw("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"));
    QCOMPARE(server.api("GET", "/healthz", {}).status, 200);
    const auto process = static_cast<pid_t>(server.processId());
    QVERIFY(::kill(process, SIGTERM) == 0);
    QTRY_VERIFY(server.log().contains("ending"));
    QElapsedTimer clock;
    clock.start();
    ::kill(process, SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(::kill(process, 0) != 0 || !server.stop(), 9'000);
    QVERIFY(clock.elapsed() < 9'000);
}

void ServerTest::refusesToStart_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto set = [](const char* setting) { return QStringList{QStringLiteral("--set"), QLatin1String(setting)}; };
    QTest::newRow("unknown key") << set("jwt.kez=x") << 2 << QByteArray("jwt.kez");
    QTest::newRow("empty token key") << set("jwt.key=") << 2 << QByteArray("jwt.key");
    QTest::newRow("no role of ours") << set("roles=[butler]") << 2 << QByteArray("butler");
    QTest::newRow("no such file") << QStringList{QStringLiteral("--config"), QStringLiteral("/nonexistent.yaml")} << 2 << QByteArray("/nonexistent.yaml");
    QTest::newRow("no such certificate") << set("apiserver.secure.tls.cert-key.cert-file=/nonexistent.pem") + set("apiserver.secure.tls.cert-key.private-key-file=/dev/null") << 2 << QByteArray("/nonexistent.pem");
    QTest::newRow("weak first password") << QStringList() << 1 << QByteArray("password");
    QTest::newRow("data directory is a file") << QStringList{QStringLiteral("--data-dir"), QStringLiteral("/dev/null")} << 1 << QByteArray("/dev/null");
    QTest::newRow("unknown verb") << QStringList{QStringLiteral("dance")} << 2 << QByteArray("dance");
}

void ServerTest::refusesToStart()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QTemporaryDir data;
    if (!arguments.contains(QStringLiteral("--data-dir")) && !arguments.contains(QStringLiteral("dance")))
        arguments += {QStringLiteral("--data-dir"), data.filePath(QStringLiteral("d"))};
    if (!arguments.contains(QStringLiteral("dance"))) arguments += freePorts();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("IAM_ADMIN_PASSWORD"), QStringLiteral("weak"));
    const Ended ended = runServer(arguments, environment);
    QCOMPARE(ended.code, code);
    QVERIFY2(ended.error.contains(says), ended.error.constData());
    const auto sentences = ended.error.count('\n') - ended.error.count("\tINFO\t");
    QVERIFY2(sentences >= 1 && sentences <= 2, ended.error.constData());
    QVERIFY(ended.output.isEmpty());
}

void ServerTest::refusesDataInUse()
{
    ServerProcess first;
    QVERIFY(first.start());
    const Ended second = runServer(QStringList{QStringLiteral("--data-dir"), first.dataDir()} + freePorts());
    QVERIFY(second.code != 0);
    QCOMPARE(second.error, "iam-server: data directory " + first.dataDir().toUtf8() + " is in use by another server\n");
}

void ServerTest::refusesAPortInUse()
{
    ServerProcess first;
    QVERIFY(first.start());
    QTemporaryDir data;
    const QString port = QString::number(first.apiPort());
    const Ended second = runServer({QStringLiteral("--data-dir"), data.filePath(QStringLiteral("d")), QStringLiteral("--set"),
                                    QStringLiteral("apiserver.insecure.bind-port=") + port, QStringLiteral("--set"),
                                    QStringLiteral("authz-server.insecure.bind-port=0")});
    QVERIFY(second.code != 0);
    QVERIFY2(second.error.contains("127.0.0.1:" + port.toUtf8()), second.error.constData());
}

void ServerTest::refusesToLoseTheKeyOfTheSecrets()
{
    ServerProcess server;
    QVERIFY(server.start());
    QVERIFY(!makeSecret(server, server.logInAsAdmin(), "s").key.empty());
    QVERIFY(server.stop());
    QVERIFY(QFile::rename(server.dataDir() + QStringLiteral("/encryption.keys"), server.dataDir() + QStringLiteral("/moved")));
    const Ended ended = runServer(QStringList{QStringLiteral("--data-dir"), server.dataDir()} + freePorts());
    QVERIFY(ended.code != 0);
    QVERIFY2(ended.error.contains("encryption.keys"), ended.error.constData());
    QVERIFY(QFile::rename(server.dataDir() + QStringLiteral("/moved"), server.dataDir() + QStringLiteral("/encryption.keys")));
    QVERIFY(server.start());
}

void ServerTest::makesAnAdministratorWithARandomPassword()
{
    QTemporaryDir data;
    QProcess process;
    process.setStandardErrorFile(data.filePath(QStringLiteral("log")));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("IAM_ADMIN_PASSWORD"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), QStringList{QStringLiteral("--data-dir"), data.filePath(QStringLiteral("d"))} + freePorts());
    QVERIFY(process.waitForReadyRead(10'000));
    const std::string url = memberOf(process.readLine().toStdString(), "apiserver");
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));

    QFile file(data.filePath(QStringLiteral("d/initial-admin-password")));
    QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray password = file.readAll().trimmed();
    const HttpAnswer login = httpCall(port, {"POST", "/login", {{"Authorization", "Basic " + crypto::toBase64("admin:" + password.toStdString())}}, ""});
    QCOMPARE(login.status, 200);
    const std::string change = R"({"oldPassword":")" + password.toStdString() + R"(","newPassword":"Admin@2021"})";
    QCOMPARE(httpCall(port, {"PUT", "/v1/users/admin/change-password", {{"Authorization", "Bearer " + memberOf(login.body, "token")}}, change}).status, 200);
    QVERIFY(!QFileInfo::exists(file.fileName()));
    process.terminate();
    QVERIFY(process.waitForFinished(10'000));
    QFile log(data.filePath(QStringLiteral("log")));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(!log.readAll().contains(password));
}

void ServerTest::resetsTheAdministratorsPassword()
{
    ServerProcess server;
    QVERIFY(server.start());
    QVERIFY(server.stop());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("IAM_ADMIN_PASSWORD"), QStringLiteral("Fresh@2022"));
    const QStringList reset{QStringLiteral("admin"), QStringLiteral("reset-password"), QStringLiteral("--data-dir"), server.dataDir()};
    QCOMPARE(runServer(reset, environment).code, 0);
    environment.remove(QStringLiteral("IAM_ADMIN_PASSWORD"));
    QVERIFY(server.start());
    QVERIFY(server.logInAsAdmin().empty());
    QVERIFY(!server.logIn("admin", "Fresh@2022").empty());
    const Ended running = runServer(reset, environment);
    QVERIFY(running.code != 0);
    QVERIFY(running.error.contains("in use"));
    QVERIFY(server.stop());
    QCOMPARE(runServer(reset, environment).code, 0);
    QFile file(server.dataDir() + QStringLiteral("/initial-admin-password"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(server.start());
    QVERIFY(!server.logIn("admin", file.readAll().trimmed().toStdString()).empty());
}

void ServerTest::keepsWhatItAcknowledged()
{
    constexpr int rounds = 50;
    constexpr int writers = 8;
    ServerProcess server;
    QVERIFY(server.start());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    QVERIFY(!token.empty() && !secret.key.empty());

    std::mutex mutex;
    std::set<std::string> acknowledged;
    std::atomic<std::uint64_t> decided = 0;
    for (int round = 0; round < rounds; ++round) {
        std::atomic<int> next = 0;
        std::vector<std::thread> threads;
        for (int w = 0; w < writers; ++w) {
            threads.emplace_back([&] {
                HttpConnection connection(server.apiPort());
                for (int n; (n = next++) < 200;) {
                    const std::string name = "p" + std::to_string(round) + "-" + std::to_string(n);
                    if (connection.call({"POST", "/v1/policies", {{"Authorization", "Bearer " + token}}, policyBody(name)}).status != 200) return;
                    const std::lock_guard lock(mutex);
                    acknowledged.insert(name);
                }
            });
        }
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n) {
                if (server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":"r"})").status != 200) return;
                ++decided;
            }
        });
        const int wanted = QRandomGenerator::global()->bounded(1, 190);
        QTRY_VERIFY_WITH_TIMEOUT(next > wanted, 20'000);
        server.kill();
        for (std::thread& thread : threads) thread.join();
        QVERIFY2(server.start(), server.log().constData());

        const std::string prefix = "p" + std::to_string(round) + "-";
        const HttpAnswer list = server.api("GET", "/v1/policies?limit=-1&fieldSelector=name=" + prefix, token);
        QCOMPARE(list.status, 200);
        const std::set<std::string> stored = namesIn(list.body);
        for (const std::string& name : acknowledged)
            if (name.starts_with(prefix)) QVERIFY2(stored.contains(name), name.c_str());
    }
    const std::set<std::string> stored = namesIn(server.api("GET", "/v1/policies?limit=-1", token).body);
    for (const std::string& name : acknowledged) QVERIFY2(stored.contains(name), name.c_str());

    // What is stored and what was reported lost is everything that was answered.
    std::uint64_t kept = 0;
    std::string cursor;
    do {
        const std::string page = server.api("GET", "/v1/audit/decisions?limit=1000&cursor=" + cursor, token).body;
        const auto json = contract::parseJson(page);
        QVERIFY(json && json->find("items") != nullptr);
        kept += json->find("items")->array()->size();
        cursor = *json->find("next")->string();
    } while (!cursor.empty());
    const QByteArray log = server.log();
    std::uint64_t lost = 0;
    for (const QByteArray& line : log.split('\n')) {
        const int at = line.indexOf(" decision records were lost");
        if (at > 0) lost += line.left(at).mid(line.left(at).lastIndexOf('\t') + 1).toULongLong();
    }
    const std::string sum = std::to_string(kept) + " kept, " + std::to_string(lost) + " lost, " + std::to_string(decided) + " answered";
    QVERIFY2(kept + lost >= decided, sum.c_str());
    QVERIFY2(kept + lost <= decided + rounds, sum.c_str()); // one a round may have been in flight
}

void ServerTest::survivesAFullDisk()
{
    SmallDisk disk("12m");
    if (!disk.mounted()) QSKIP("a small disk cannot be mounted here: that needs root");
    ServerProcess server(disk.path("data"));
    QVERIFY2(server.start(), server.log().constData());
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    QCOMPARE(server.api("POST", "/v1/policies", token, policyBody("before")).status, 200);
    const std::string question = R"({"subject":"s","action":"a","resource":"r"})";
    QCOMPARE(server.decide(secret.id, secret.key, question).body, std::string(R"({"allowed":true})"));

    disk.fill();
    HttpAnswer refused;
    std::set<std::string> acknowledged{"before"};
    for (int i = 0; i < 5000 && refused.status != 503; ++i) { // what the write-ahead log has room for still goes through
        const std::string name = "full" + std::to_string(i);
        refused = server.api("POST", "/v1/policies", token, policyBody(name));
        if (refused.status == 200) acknowledged.insert(name);
    }
    QCOMPARE(refused.status, 503);
    QCOMPARE(memberOf(refused.body, "code"), std::string("100102"));
    QVERIFY(!refused.header("Retry-After").empty());
    QCOMPARE(server.decide(secret.id, secret.key, question).body, std::string(R"({"allowed":true})"));
    QCOMPARE(server.api("GET", "/v1/policies/before", token).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(server.api("GET", "/readyz", {}).status, 503, 5'000);

    disk.makeRoom();
    QTRY_COMPARE_WITH_TIMEOUT(server.api("GET", "/readyz", {}).status, 200, 10'000);
    QCOMPARE(server.api("POST", "/v1/policies", token, policyBody("after")).status, 200);
    acknowledged.insert("after");
    server.kill();
    QVERIFY2(server.start(), server.log().constData());
    const std::set<std::string> stored = namesIn(server.api("GET", "/v1/policies?limit=-1", token).body);
    for (const std::string& name : acknowledged) QVERIFY2(stored.contains(name), name.c_str());
    QCOMPARE(server.api("GET", "/v1/audit/decisions", token).status, 200);
    server.kill();
}

void ServerTest::tellsNoSecretToTheLog()
{
    ServerProcess server;
    QVERIFY(server.start({QStringLiteral("log.level=debug")}));
    const std::string planted = "Planted@Secret1";
    const std::string token = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, token, "s");
    const std::string user = R"({"metadata":{"name":"u1"},"nickname":"n","password":")" + planted + R"(","email":"a@b.cc"})";
    QCOMPARE(server.api("POST", "/v1/users", token, user).status, 200);
    const std::string userToken = server.logIn("u1", planted);
    QVERIFY(!userToken.empty());

    std::vector<std::string> bodies{"", "{", "[]", "null", user, R"({"password":")" + planted + "\"}", R"({"password":[")" + planted + "\"]}",
                                    R"({"oldPassword":")" + planted + R"(","newPassword":")" + planted + "\"}",
                                    R"({"username":"u1","password":")" + planted + "x\"}", "\"" + planted + "\""};
    const std::vector<std::string> targets{"/login", "/logout", "/refresh?token=" + userToken, "/v1/users?password=" + planted, "/v1/users/u1",
                                           "/v1/users/u1/change-password", "/v1/secrets", "/v1/secrets/s", "/v1/policies", "/v1/policies/p",
                                           "/v1/audit/decisions?cursor=" + planted, "/v1/audit/changes", "/v1/authz", "/nope", "/healthz", "/readyz", "/version"};
    const std::vector<std::string> authorizations{"", "Bearer " + userToken, "Bearer " + userToken + "x", "Bearer " + secret.key, "Basic " + crypto::toBase64("u1:" + planted),
                                                  "Basic " + crypto::toBase64("u1:" + planted + "x"), "Digest " + planted};
    for (const std::uint16_t port : {server.apiPort(), server.authzPort()})
        for (const std::string& target : targets)
            for (const char* method : {"GET", "POST", "PUT", "DELETE", "PATCH"})
                for (std::size_t i = 0; i < authorizations.size(); ++i) {
                    HttpCall call{method, target, {{"Cookie", "jwt=" + userToken}}, bodies[(i + target.size()) % bodies.size()]};
                    if (!authorizations[i].empty()) call.headers.emplace_back("Authorization", authorizations[i]);
                    QVERIFY(httpCall(port, call).status != 0);
                }
    QVERIFY(server.decide(secret.id, secret.key, R"({"subject":"s"})").status == 200);
    QVERIFY(server.stop());
    const QByteArray log = server.log();
    QVERIFY(log.contains("DEBUG"));
    const std::string signature = userToken.substr(userToken.rfind('.') + 1);
    for (const std::string& value : {planted, secret.key, signature, token.substr(token.rfind('.') + 1), std::string(adminPassword),
                                     crypto::toBase64("u1:" + planted), std::string("argon2")})
        QVERIFY2(!log.contains(value.c_str()), value.c_str());
}
#endif

QTEST_GUILESS_MAIN(ServerTest)
#include "servertest.moc"
