// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// iam-server import-config with the files that the old system ships, and check-config with what it prints.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class ImportVerbTest : public QObject {
    Q_OBJECT

    struct Run {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    static Run run(const QStringList& arguments)
    {
        QProcess process;
        process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments);
        if (!process.waitForFinished(20'000)) return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QString write(const QString& name, const QByteArray& content) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("no file");
        return file.fileName();
    }
    Run convert(const QByteArray& old, const QString& role) const
    {
        return run(
            {QStringLiteral("import-config"), write(QStringLiteral("old.yaml"), old), QStringLiteral("--role"), role});
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void whatIsConvertedIsTaken_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QByteArray>("own");
        QTest::newRow("pump") << QStringLiteral("pump")
                              << QByteArray("purge-delay: 10\n"
                                            "health-check-path: healthz\n"
                                            "health-check-address: 0.0.0.0:7070\n"
                                            "omit-detailed-recording: true\n"
                                            "pumps:\n"
                                            "  mongo:\n"
                                            "    type: mongo\n"
                                            "    meta:\n"
                                            "      collection_name: iam_analytics\n"
                                            "      mongo_url: mongodb://iam:x@127.0.0.1:27017/iam_analytics\n"
                                            "      collection_cap_max_size_bytes: 1048576\n"
                                            "      collection_cap_enable: true\n");
        QTest::newRow("watcher") << QStringLiteral("watcher")
                                 << QByteArray("health-check-path: healthz\n"
                                               "health-check-address: 0.0.0.0:5050\n"
                                               "watcher:\n"
                                               "  clean:\n"
                                               "    max-reserve-days: 180\n"
                                               "  task:\n"
                                               "    max-inactive-days: 180\n"
                                               "mysql:\n"
                                               "  host: 127.0.0.1:3306\n"
                                               "  username: iam\n"
                                               "  password: x\n"
                                               "  database: iam\n"
                                               "  max-idle-connections: 100\n"
                                               "  max-open-connections: 100\n"
                                               "  max-connection-life-time: 10s\n"
                                               "  log-level: 4\n");
    }
    void whatIsConvertedIsTaken()
    {
        QFETCH(QString, role);
        QFETCH(QByteArray, own);
        // What both files have.
        const QByteArray common = "redis:\n"
                                  "  host: 127.0.0.1\n"
                                  "  port: 6379\n"
                                  "  password: x\n"
                                  "  database: 0\n"
                                  "  optimisation-max-idle: 100\n"
                                  "  optimisation-max-active: 0\n"
                                  "  enable-cluster: false\n"
                                  "log:\n"
                                  "    name: x\n"
                                  "    development: true\n"
                                  "    level: debug\n"
                                  "    format: console\n"
                                  "    enable-color: true\n"
                                  "    disable-caller: false\n"
                                  "    disable-stacktrace: false\n"
                                  "    output-paths: /var/log/iam/iam.log,stdout\n"
                                  "    error-output-paths: /var/log/iam/iam.error.log\n";
        const Run converted = convert(own + common, role);
        QVERIFY2(converted.code == 0 && converted.err.isEmpty(), converted.err);
        QVERIFY2(converted.out.contains("roles: [" + role.toUtf8() + "]\n"), converted.out);
        QVERIFY2(converted.out.contains("#   log.error-output-paths (line "), converted.out);
        const Run checked = run({QStringLiteral("check-config"), QStringLiteral("--config"),
                                 write(QStringLiteral("ours.yaml"), converted.out), QStringLiteral("--data-dir"),
                                 m_folder.filePath(QStringLiteral("data"))});
        QVERIFY2(checked.code == 0, checked.err + converted.out);
        QVERIFY2(checked.err.isEmpty(), checked.err);
    }
    void faultsAreNamed()
    {
        const Run unfilled = convert("redis:\n  host: r\n  port: ${REDIS_PORT}\n", QStringLiteral("pump"));
        QCOMPARE(unfilled.code, 2);
        QVERIFY(unfilled.out.isEmpty());
        QVERIFY2(unfilled.err.contains("old.yaml:3: redis.port: must be"), unfilled.err);
        const Run nothing = run({QStringLiteral("import-config"), m_folder.filePath(QStringLiteral("none.yaml")),
                                 QStringLiteral("--role"), QStringLiteral("pump")});
        QCOMPARE(nothing.code, 2);
        QVERIFY2(nothing.err.contains("none.yaml"), nothing.err);
        QVERIFY(convert("{}", QStringLiteral("cook")).err.contains("apiserver, authz-server, pump or watcher"));
    }
};

QTEST_GUILESS_MAIN(ImportVerbTest)
#include "importverbtest.moc"
