// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A whole server whose clock is set while it runs (libfaketime).
#include "contract/json.h"
#include "crypto/secrettoken.h"
#include "support/faketime.h"
#include "support/serverprocess.h"
#include <QTest>
#include <set>

using namespace iam;
using namespace iam::test;

class ClockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClockThatJumpsLosesNothing();
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

/// A server's clock: seconds added to the true time, changed at any moment.
class ServerClock {
public:
    ServerClock() { set(0); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("offset")); }
    void set(int seconds)
    {
        m_offset = std::chrono::seconds(seconds);
        QFile next(path() + QStringLiteral(".next"));
        if (!next.open(QIODevice::WriteOnly)) return;
        next.write((seconds < 0 ? "" : "+") + QByteArray::number(seconds) + "s\n");
        next.close();
        std::rename(next.fileName().toLocal8Bit().constData(), path().toLocal8Bit().constData());
    }
    [[nodiscard]] TimePoint now() const { return SystemClock().now() + m_offset; }

private:
    QTemporaryDir m_folder;
    std::chrono::seconds m_offset{0};
};

std::set<std::string> policyNames(const ServerProcess& server, const std::string& token)
{
    std::set<std::string> names;
    const auto json = contract::parseJson(server.api("GET", "/v1/policies?limit=-1", token).body);
    const contract::Json* items = json ? json->find("items") : nullptr;
    if (items == nullptr || items->array() == nullptr) return names;
    for (const contract::Json& item : *items->array()) names.insert(*item.find("metadata")->find("name")->string());
    return names;
}

} // namespace

void ClockTest::aClockThatJumpsLosesNothing()
{
    const QString library = fakeTimeLibrary();
    if (library.isEmpty()) QSKIP("libfaketime is not installed");
    ServerClock clock;
    qputenv("LD_PRELOAD", library.toLocal8Bit());
    qputenv("FAKETIME_TIMESTAMP_FILE", clock.path().toLocal8Bit());
    qputenv("FAKETIME_NO_CACHE", "1");
    qputenv("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    ServerProcess server;
    const bool started = server.start();
    for (const char* variable :
         {"LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC"})
        qunsetenv(variable);
    QVERIFY2(started, server.log().constData());
    QVERIFY2(!server.api("GET", "/readyz", {}).body.empty(), server.log().constData());

    const std::string first = server.logInAsAdmin();
    const MadeSecret secret = makeSecret(server, first, "s");
    QVERIFY(!secret.key.empty());
    const auto decide = [&] {
        const auto token = crypto::issueSecretToken(secret.id, SecretString(secret.key), "iam.authz.marmotedu.com",
                                                    clock.now(), std::chrono::seconds(60));
        return httpCall(server.authzPort(), {"POST",
                                             "/v1/authz",
                                             {{"Authorization", "Bearer " + token.value_or(std::string())}},
                                             R"({"subject":"s","action":"a","resource":"r"})"})
            .body;
    };
    std::set<std::string> acknowledged;
    const auto create = [&](const std::string& name, const std::string& token) {
        const std::string body =
            R"({"metadata":{"name":")" + name +
            R"("},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
        if (server.api("POST", "/v1/policies", token, body).status == 200) acknowledged.insert(name);
        return acknowledged.contains(name);
    };
    const std::string yes = R"({"allowed":true})";
    QVERIFY(create("before", first));
    QCOMPARE(decide(), yes);
    const std::string loggedOut = server.logInAsAdmin();
    QCOMPARE(server.api("POST", "/logout", loggedOut).status, 200);

    clock.set(40 * 86'400); // beyond every token, and beyond the time for which records are kept
    QTRY_COMPARE(server.api("GET", "/v1/policies", first).status, 401); // expired
    const std::string ahead = server.logInAsAdmin();
    QVERIFY(create("ahead", ahead));
    QCOMPARE(decide(), yes);
    QTRY_VERIFY(server.api("GET", "/readyz", {}).body.find("the clock was set forward by 3456") != std::string::npos);
    QCOMPARE(server.api("GET", "/readyz", {}).status, 200);

    clock.set(-3 * 86'400);
    const std::string behind = server.logInAsAdmin();
    QVERIFY(!behind.empty());
    QVERIFY(create("behind", behind));
    QCOMPARE(decide(), yes);
    QCOMPARE(server.api("GET", "/v1/policies", loggedOut).status, 401);

    clock.set(0);
    QCOMPARE(server.api("GET", "/v1/policies", loggedOut).status, 401);
    QCOMPARE(server.api("GET", "/v1/policies", first).status, 200); // good again: it never was revoked
    QVERIFY(create("after", first));
    QCOMPARE(decide(), yes);
    QTRY_VERIFY(server.api("GET", "/readyz", {}).body.find("the clock was set and set back") != std::string::npos);
    QCOMPARE(policyNames(server, first), acknowledged);

    const qint64 killed = server.processId();
    server.kill();
    // What the library shares with nobody, and removes only when the process ends by itself.
    for (const char* left : {"/dev/shm/faketime_shm_%1", "/dev/shm/sem.faketime_sem_%1"})
        QVERIFY(QFile::remove(QString::fromLatin1(left).arg(killed)));
    QVERIFY2(server.start(), server.log().constData()); // with the true clock
    const std::string token = server.logInAsAdmin();
    QCOMPARE(policyNames(server, token), acknowledged);
    QCOMPARE(acknowledged.size(), std::size_t{4});
    QCOMPARE(decide(), yes);
    QCOMPARE(server.api("GET", "/v1/policies", loggedOut).status, 401);
    QCOMPARE(server.api("GET", "/readyz", {}).status, 200);
}

#endif

QTEST_GUILESS_MAIN(ClockTest)
#include "clocktest.moc"
