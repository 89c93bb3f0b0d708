// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The role watcher of a real server, and iam-server watcher --dry-run on its database, at another time (libfaketime).
#include "support/faketime.h"
#include "support/serverprocess.h"
#include <QTest>

using namespace iam::test;

class WatcherVerbTest : public QObject {
    Q_OBJECT

    struct Run {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    static Run run(const QStringList& arguments, const QString& time = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        if (!time.isEmpty()) {
            environment.insert(QStringLiteral("LD_PRELOAD"), fakeTimeLibrary());
            environment.insert(QStringLiteral("FAKETIME"), time);
        }
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(IAM_SERVER_PROGRAM), QStringList{QStringLiteral("watcher")} + arguments);
        if (!process.waitForFinished(20'000)) return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void itSaysWhatItWouldDo()
    {
        if (fakeTimeLibrary().isEmpty()) QSKIP("libfaketime is not installed");
        ServerProcess server;
        QVERIFY2(server.start(), server.log());
        const std::string token = server.logInAsAdmin();
        const std::string carol =
            "{\"metadata\":{\"name\":\"carol\"},\"nickname\":\"Carol\",\"password\":\"Carol@2021\","
            "\"email\":\"carol@example.com\"}";
        QCOMPARE(server.api("POST", "/v1/users", token, carol).status, 200);
        const std::string policy = "{\"metadata\":{\"name\":\"gone\"},\"policy\":{\"effect\":\"allow\",\"subjects\":"
                                   "[\"a\"],\"actions\":[\"b\"],\"resources\":[\"c\"]}}";
        QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
        QCOMPARE(server.api("DELETE", "/v1/policies/gone", token).status, 200);
        const QStringList arguments{QStringLiteral("--dry-run"), QStringLiteral("--data-dir"), server.dataDir(),
                                    QStringLiteral("--set"), QStringLiteral("watcher.task.max-inactive-days=180")};
        const Run inUse = run(arguments);
        QCOMPARE(inUse.code, 1);
        QVERIFY2(inUse.err.contains("in use by another server"), inUse.err);
        QVERIFY(server.stop());

        const Run today = run(arguments);
        QVERIFY2(today.code == 0 && today.out.contains("that would be disabled: 0\n"), today.out + today.err);
        const QString later = QStringLiteral("2099-06-01 12:00:00");
        const Run then = run(arguments, later);
        QCOMPARE(then.code, 0);
        QVERIFY2(then.out.startsWith("At 2099-06-01T12:00:00.000Z, nothing is changed:\n"), then.out);
        QVERIFY2(then.out.contains("clean: removed policies older than 180 days (before 2098-12-03T12:00:00.000Z) "
                                   "that would be forgotten: 1\n"),
                 then.out);
        QVERIFY2(then.out.contains("task: users idle for more than 180 days (since before 2098-12-03T12:00:00.000Z) "
                                   "that would be disabled: 1\n  carol: last active "),
                 then.out);
        QVERIFY2(then.out.contains("\n  admin (administrator): last active "), then.out);
        QVERIFY2(then.out.endsWith("; stays: the last enabled administrator\n"), then.out);
        QCOMPARE(run(arguments, later).out, then.out); // the same again: nothing was changed
    }

    // Thirteen days later by its clock, when what the jobs are to find has grown old.
    void theRoleDoesIt()
    {
        const QString library = fakeTimeLibrary();
        if (library.isEmpty()) QSKIP("libfaketime is not installed");
        const QStringList settings{QStringLiteral("roles=[apiserver,authz-server,watcher]"),
                                   QStringLiteral("watcher.bind-port=0"), QStringLiteral("watcher.at=02:00"),
                                   QStringLiteral("watcher.clean.max-reserve-days=10"),
                                   QStringLiteral("watcher.task.max-inactive-days=10")};
        ServerProcess server;
        const auto startAt = [&](const char* time) {
            qputenv("LD_PRELOAD", library.toLocal8Bit());
            qputenv("FAKETIME", time);
            qputenv("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            const bool started = server.start(settings);
            for (const char* variable : {"LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC"}) qunsetenv(variable);
            return started;
        };
        QVERIFY2(startAt("@2031-01-01 12:00:00"), server.log());
        std::string token = server.logInAsAdmin();
        const std::string idle = "{\"metadata\":{\"name\":\"idle\"},\"nickname\":\"Idle\",\"password\":"
                                 "\"Idle@2021\",\"email\":\"i@example.com\"}";
        QCOMPARE(server.api("POST", "/v1/users", token, idle).status, 200);
        const std::string policy = "{\"metadata\":{\"name\":\"gone\"},\"policy\":{\"effect\":\"allow\",\"subjects\":"
                                   "[\"a\"],\"actions\":[\"b\"],\"resources\":[\"c\"]}}";
        QCOMPARE(server.api("POST", "/v1/policies", token, policy).status, 200);
        QCOMPARE(server.api("DELETE", "/v1/policies/gone", token).status, 200);
        QVERIFY(server.stop());

        QVERIFY2(startAt("@2031-01-14 12:00:00"), server.log());
        token = server.logInAsAdmin();
        const auto disabled = [&] { return server.api("GET", "/v1/users?status=disabled", token).body; };
        QTRY_COMPARE_WITH_TIMEOUT(memberOf(disabled(), "totalCount"), std::string("1"), 10'000);
        QVERIFY(disabled().find("\"name\":\"idle\"") != std::string::npos);
        const auto changes = [&] { return server.api("GET", "/v1/audit/changes?limit=100", token).body; };
        QTRY_VERIFY(changes().find("\"name\":\"policy_audit\"") != std::string::npos);
        QCOMPARE(server.api("GET", "/v1/users", token).status, 200); // the last administrator stays
    }

    void itDoesNothingElse()
    {
        QCOMPARE(run({}).code, 2);
        QVERIFY(run({}).err.contains("needs --dry-run"));
        const QTemporaryDir empty;
        const Run nowhere = run({QStringLiteral("--dry-run"), QStringLiteral("--data-dir"), empty.path()});
        QCOMPARE(nowhere.code, 1);
        QVERIFY2(nowhere.err.contains("there is no database"), nowhere.err);
        QVERIFY(QDir(empty.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(WatcherVerbTest)
#include "watcherverbtest.moc"
