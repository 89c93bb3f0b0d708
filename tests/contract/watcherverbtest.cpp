// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// iam-server watcher --dry-run on the database of a real server, at another time (libfaketime).
#include "support/serverprocess.h"
#include <QDir>
#include <QFile>
#include <QTest>

using namespace iam::test;

class WatcherVerbTest : public QObject {
    Q_OBJECT

    struct Run {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    static QString fakeTimeLibrary()
    {
        for (const QString& folder :
             QDir(QStringLiteral("/usr/lib")).entryList({QStringLiteral("*-linux-gnu*")}, QDir::Dirs)) {
            const QString path = QStringLiteral("/usr/lib/%1/faketime/libfaketimeMT.so.1").arg(folder);
            if (QFile::exists(path)) return path;
        }
        return {};
    }
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
