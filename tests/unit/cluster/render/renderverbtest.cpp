// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

/// iam-server cluster render, as a program: what it writes, and that it writes all of it or nothing.
class RenderVerbTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aNodeLiesAsOnTheMachine();
    void allMachinesLieSideBySide();
    void anEarlierRenderingIsReplacedAsAWhole();
    void anEmptyFolderIsTaken();
    void otherFoldersStayAsTheyAre_data();
    void otherFoldersStayAsTheyAre();
    void symbolicLinksAreNotFollowed();
    void nothingIsLeftWhenTheDiskIsFull();
    void faultsOfTheDefinitionAreNamedAndNothingIsWritten();
    void theCommandLineIsChecked_data();
    void theCommandLineIsChecked();

private:
    struct Outcome {
        int exitCode = -1;
        QString output;
    };
    Outcome render(const QStringList& arguments) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setWorkingDirectory(m_folder->path());
        process.start(QStringLiteral(IAM_SERVER_PROGRAM),
                      QStringList{QStringLiteral("cluster"), QStringLiteral("render")} + arguments);
        if (!process.waitForFinished(30'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }
    Outcome renderTo(const QString& out, const QString& node = QStringLiteral("n1")) const
    {
        return render({QStringLiteral("--definition"), QStringLiteral(IAM_CLUSTER_EXAMPLE), QStringLiteral("--node"),
                       node, QStringLiteral("--out"), out});
    }
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void put(const char* name, const QByteArray& content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray content(const QString& name) const
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
    }
    /// What lies in the folder of this test, with hidden names.
    QStringList names() const { return namesIn(m_folder->path()); }
    static QStringList namesIn(const QString& folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                                      QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void RenderVerbTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void RenderVerbTest::aNodeLiesAsOnTheMachine()
{
    const Outcome outcome = renderTo(QStringLiteral("out"));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(outcome.output.startsWith(QStringLiteral("Wrote ")));
    QCOMPARE(names(), QStringList{QStringLiteral("out")});
    QVERIFY(content(path("out/etc/nginx/nginx.conf")).contains("Made for n1 from cluster.example.yaml"));
    struct stat status {};
    QCOMPARE(::stat(path("out/etc/keepalived/check_nginx.sh").toLocal8Bit(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0755U);
    QCOMPARE(::stat(path("out/etc/keepalived/keepalived.conf").toLocal8Bit(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0644U);
    QVERIFY(content(path("out/etc/systemd/system/iam-server.service")).contains("ExecStart=/usr/bin/iam-server "));
}

void RenderVerbTest::allMachinesLieSideBySide()
{
    const Outcome outcome = render({QStringLiteral("--definition"), QStringLiteral(IAM_CLUSTER_EXAMPLE),
                                    QStringLiteral("--all"), QStringLiteral("--out"), QStringLiteral("out/"),
                                    QStringLiteral("--binary"), QStringLiteral("/opt/iam/iam-server")});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(content(path("out/n1/etc/nginx/nginx.conf")).contains("Made for n1 "));
    QVERIFY(content(path("out/n2/etc/nginx/nginx.conf")).contains("Made for n2 "));
    QVERIFY(content(path("out/n2/etc/systemd/system/iam-agent.service")).contains("ExecStart=/opt/iam/iam-server "));
}

void RenderVerbTest::anEarlierRenderingIsReplacedAsAWhole()
{
    QCOMPARE(renderTo(QStringLiteral("out")).exitCode, 0);
    put("out/etc/old", "old");
    QVERIFY(QFile::exists(path("out/etc/redis/iam.conf")));
    const Outcome outcome = renderTo(QStringLiteral("out"), QStringLiteral("n2"));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(!QFile::exists(path("out/etc/old")));
    QVERIFY(!QFile::exists(path("out/etc/redis/iam.conf"))); // n1's
    QCOMPARE(names(), QStringList{QStringLiteral("out")});
}

void RenderVerbTest::anEmptyFolderIsTaken()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("out")));
    const Outcome outcome = renderTo(QStringLiteral("out"));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(QFile::exists(path("out/etc/nginx/nginx.conf")));
    QCOMPARE(names(), QStringList{QStringLiteral("out")});
}

void RenderVerbTest::otherFoldersStayAsTheyAre_data()
{
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("why");
    QTest::newRow("somebody's folder") << QStringLiteral("theirs") << QStringLiteral("is not empty and no earlier");
    QTest::newRow("file") << QStringLiteral("file") << QStringLiteral("is not a folder");
    QTest::newRow("below nothing") << QStringLiteral("no/such/out") << QStringLiteral("No such file or directory");
    QTest::newRow("mark that is a folder") << QStringLiteral("marked") << QStringLiteral("is not empty and no earlier");
}

void RenderVerbTest::otherFoldersStayAsTheyAre()
{
    QFETCH(QString, out);
    QFETCH(QString, why);
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("theirs")));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("marked/.iam-rendering")));
    put("theirs/precious", "precious");
    put("file", "precious");
    const QStringList before = names();
    const Outcome outcome = renderTo(out);
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.output.contains(why), qPrintable(outcome.output));
    QCOMPARE(names(), before);
    QCOMPARE(content(path("theirs/precious")), QByteArray("precious"));
    QCOMPARE(content(path("file")), QByteArray("precious"));
}

void RenderVerbTest::symbolicLinksAreNotFollowed()
{
    QCOMPARE(renderTo(QStringLiteral("real")).exitCode, 0);
    const QByteArray before = content(path("real/etc/nginx/nginx.conf"));
    QVERIFY(QFile::link(path("real"), path("out")));
    const Outcome outcome = renderTo(QStringLiteral("out"), QStringLiteral("n2"));
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.output.contains(QStringLiteral("is not a folder")), qPrintable(outcome.output));
    QCOMPARE(content(path("real/etc/nginx/nginx.conf")), before);
    // Links inside an earlier rendering are removed, not what they lead to.
    put("precious", "precious");
    QVERIFY(QFile::remove(path("real/etc/nginx/nginx.conf")));
    QVERIFY(QFile::link(path("precious"), path("real/etc/nginx/nginx.conf")));
    QCOMPARE(renderTo(QStringLiteral("real")).exitCode, 0);
    QCOMPARE(content(path("precious")), QByteArray("precious"));
    QVERIFY(!QFileInfo(path("real/etc/nginx/nginx.conf")).isSymLink());
}

void RenderVerbTest::nothingIsLeftWhenTheDiskIsFull()
{
    if (geteuid() != 0) QSKIP("a small disk cannot be mounted here: that needs root");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QString script =
        QStringLiteral("mount -t tmpfs -o size=32k none %1 && cd %1 && %2 cluster render --definition %3 "
                       "--node n1 --out out; echo \"rc $?\"; ls -A")
            .arg(m_folder->path(), QStringLiteral(IAM_SERVER_PROGRAM), QStringLiteral(IAM_CLUSTER_EXAMPLE));
    process.start(QStringLiteral("unshare"),
                  {QStringLiteral("--mount"), QStringLiteral("bash"), QStringLiteral("-c"), script});
    QVERIFY(process.waitForFinished(30'000));
    const QString output = QString::fromUtf8(process.readAll());
    if (output.contains(QStringLiteral("unshare: ")) || output.contains(QStringLiteral("mount: ")))
        QSKIP("a small disk cannot be mounted here");
    QVERIFY2(output.contains(QStringLiteral("No space left on device")), qPrintable(output));
    QVERIFY2(output.endsWith(QStringLiteral("rc 1\n")), qPrintable(output)); // ls says nothing
}

void RenderVerbTest::faultsOfTheDefinitionAreNamedAndNothingIsWritten()
{
    put("bad.yaml", "nodes:\n  - {name: n 1, address: 10.0.4.20, interface: eth0}\n"
                    "  - {name: n2, address: 10.0.4.99, interface: eth0}\nvip: {address: 10.0.4.99/24}\n");
    const Outcome outcome = render({QStringLiteral("--definition"), QStringLiteral("bad.yaml"), QStringLiteral("--all"),
                                    QStringLiteral("--out"), QStringLiteral("out")});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.output.contains(QStringLiteral("bad.yaml:2: nodes[0].name: must be one host name label")),
             qPrintable(outcome.output));
    QVERIFY(outcome.output.contains(QStringLiteral("bad.yaml:4: vip.address: is the address of node n2 already")));
    QCOMPARE(names(), QStringList{QStringLiteral("bad.yaml")});
}

void RenderVerbTest::theCommandLineIsChecked_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("sentence");
    const QString example = QStringLiteral("--definition " IAM_CLUSTER_EXAMPLE " ");
    QTest::newRow("nothing") << QString() << QStringLiteral("needs --definition FILE");
    QTest::newRow("no folder") << example + QStringLiteral("--all") << QStringLiteral("needs --out FOLDER");
    QTest::newRow("no machine") << example + QStringLiteral("--out out")
                                << QStringLiteral("either --node NAME or --all");
    QTest::newRow("two choices") << example + QStringLiteral("--out out --node n1 --all")
                                 << QStringLiteral("either --node NAME or --all");
    QTest::newRow("unknown node") << example + QStringLiteral("--out out --node n7")
                                  << QStringLiteral("no node and no backend \"n7\"; it has n1, n2");
    QTest::newRow("no definition") << QStringLiteral("--definition none.yaml --all --out out")
                                   << QStringLiteral("none.yaml cannot be read: No such file or directory");
    QTest::newRow("definition is a folder")
        << QStringLiteral("--definition . --all --out out") << QStringLiteral("cannot be read");
    QTest::newRow("binary") << example + QStringLiteral("--all --out out --binary iam-server")
                            << QStringLiteral("--binary is the absolute path");
}

void RenderVerbTest::theCommandLineIsChecked()
{
    QFETCH(QString, arguments);
    QFETCH(QString, sentence);
    const Outcome outcome = render(arguments.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.output.contains(sentence), qPrintable(outcome.output));
    QCOMPARE(names(), QStringList());
}

QTEST_GUILESS_MAIN(RenderVerbTest)
#include "renderverbtest.moc"
