// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

/// The two commands on a machine that is made up: dpkg-query, apt-get, sudo and cmake are scripts that write down how
/// they were called. Nothing is installed and nothing is built.
class PackagingTest : public QObject {
    Q_OBJECT

    struct Outcome {
        int exitCode = -1;
        QString output;
        QString calls; ///< one line for each call of a made-up program
    };

    QTemporaryDir m_machine;

    void put(const QString& program, const QByteArray& body)
    {
        QFile file(m_machine.filePath(program));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/bash\n" + body);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    Outcome run(const QString& command, const QStringList& arguments, const QStringList& environment = {})
    {
        const QString calls = m_machine.filePath(QStringLiteral("calls"));
        QFile::remove(calls);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setStandardInputFile(QProcess::nullDevice());
        process.setEnvironment(
            QStringList{QStringLiteral("PATH=") + m_machine.path() + QStringLiteral(":/usr/bin:/bin"),
                        QStringLiteral("HOME=") + m_machine.path(), QStringLiteral("CALLS=") + calls} +
            environment);
        process.start(QStringLiteral(IAM_SOURCE_DIR "/packaging/") + command, arguments);
        if (!process.waitForFinished(60'000)) return {};
        QFile file(calls);
        const bool called = file.open(QIODevice::ReadOnly);
        return {process.exitCode(), QString::fromUtf8(process.readAll()),
                called ? QString::fromUtf8(file.readAll()) : QString()};
    }

private Q_SLOTS:
    void init()
    {
        put(QStringLiteral("dpkg-query"), "printf installed\n");
        // Asked to become root: that is told and refused, so that a test never is root.
        put(QStringLiteral("sudo"), "echo \"sudo $*\" >>\"$CALLS\"; exit 1\n");
        put(QStringLiteral("apt-get"), "echo \"apt-get $*\" >>\"$CALLS\"; exit 1\n");
        put(QStringLiteral("cmake"), "echo \"cmake $*\" >>\"$CALLS\"; exit 1\n");
    }
    void withoutADisplayTheOtherFormIsNamed()
    {
        const Outcome outcome = run(QStringLiteral("run"), {});
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.output.contains(QStringLiteral("./packaging/run server")), qPrintable(outcome.output));
        QCOMPARE(outcome.calls, QString()); // neither installed nor built
    }
    void withADisplayTheConsoleIsBuilt()
    {
        const Outcome outcome = run(QStringLiteral("run"), {}, {QStringLiteral("DISPLAY=:7")});
        QVERIFY(outcome.calls.startsWith(QStringLiteral("cmake --preset release ")));
    }
    void whatIsThereIsNotInstalledAgain()
    {
        const Outcome outcome = run(QStringLiteral("run"), {QStringLiteral("server")});
        QVERIFY2(outcome.calls.startsWith(QStringLiteral("cmake --preset release-server ")), qPrintable(outcome.calls));
        QVERIFY(outcome.exitCode != 0); // the made-up cmake failed, and that is said
        QVERIFY2(outcome.output.contains(QStringLiteral("configuration of build/release-server failed")),
                 qPrintable(outcome.output));
    }
    void onlyWhatIsMissingIsInstalled()
    {
        put(QStringLiteral("dpkg-query"), "[[ ${!#} == cmake || ${!#} == g++ ]] && exit 1; printf installed\n");
        const Outcome outcome = run(QStringLiteral("run"), {QStringLiteral("server")});
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.output.contains(QStringLiteral("Installing 2 Debian packages: cmake g++")),
                 qPrintable(outcome.output));
        QVERIFY2(outcome.output.contains(QStringLiteral("could not be installed")), qPrintable(outcome.output));
        QVERIFY(!outcome.calls.contains(QStringLiteral("cmake --preset"))); // nothing is built
        if (geteuid() == 0) {
            QCOMPARE(outcome.calls.count(QStringLiteral("apt-get")), 2);
            QVERIFY(outcome.calls.contains(QStringLiteral("install --no-install-recommends cmake g++")));
        } else {
            QVERIFY(outcome.calls.contains(QStringLiteral("install-packages cmake g++")));
        }
    }
    void theServerNeedsNoDatabaseServerAndNoWindows()
    {
        put(QStringLiteral("dpkg-query"), "exit 1\n");
        const Outcome outcome = run(QStringLiteral("run"), {QStringLiteral("server")});
        for (const char* unwanted : {"mariadb-server", "mysql-server", "redis-server", "nginx", "keepalived",
                                     "qtkeychain", "breeze", "fonts", "xvfb"})
            QVERIFY2(!outcome.output.contains(QLatin1String(unwanted)), unwanted);
        QVERIFY(outcome.output.contains(QStringLiteral("libqt6sql6-sqlite")));
        QVERIFY(outcome.output.contains(QStringLiteral("libqt6sql6-mysql"))); // the driver, for servers elsewhere
    }
    void theConsoleNeedsNoDatabaseServer()
    {
        put(QStringLiteral("dpkg-query"), "exit 1\n");
        const Outcome outcome = run(QStringLiteral("run"), {}, {QStringLiteral("WAYLAND_DISPLAY=wayland-7")});
        for (const char* unwanted : {"mariadb-server", "mysql-server", "redis-server", "nginx", "keepalived", "xvfb"})
            QVERIFY2(!outcome.output.contains(QLatin1String(unwanted)), unwanted);
        QVERIFY(outcome.output.contains(QStringLiteral("breeze-icon-theme")));
    }
    void wrongWordsAreRefused()
    {
        const Outcome outcome = run(QStringLiteral("run"), {QStringLiteral("srever")});
        QVERIFY(outcome.exitCode != 0);
        QVERIFY(outcome.output.contains(QStringLiteral("'srever' is not understood")));
        QCOMPARE(outcome.calls, QString());
    }
    void theTestsTakeTheirPreset_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("preset");
        QTest::newRow("plain") << QStringList{} << QStringLiteral("ci");
        QTest::newRow("asan") << QStringList{QStringLiteral("--asan")} << QStringLiteral("asan");
        QTest::newRow("tsan") << QStringList{QStringLiteral("--tsan")} << QStringLiteral("tsan");
    }
    void theTestsTakeTheirPreset()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, preset);
        const Outcome outcome = run(QStringLiteral("test"), arguments);
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.calls.startsWith(QStringLiteral("cmake --preset %1 ").arg(preset)), qPrintable(outcome.calls));
    }
};

QTEST_GUILESS_MAIN(PackagingTest)
#include "packagingtest.moc"
