// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// cluster check and cluster diff as an operator meets them: the verbs of the real program.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray definition = "nodes:\n"
                              "  - {name: n1, address: 10.0.4.20, interface: eth0}\n"
                              "  - {name: n2, address: 10.0.4.21, interface: eth0}\n"
                              "vip: {address: 10.0.4.99/24}\n"
                              "domains: {api: iam.api.example.com, authz: iam.authz.example.com}\n"
                              "database: {host: n1}\n"
                              "probe: {gateway: 10.0.4.1}\n";

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
};

Ended run(const QStringList& words)
{
    QProcess process;
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), QStringList{QStringLiteral("cluster")} + words);
    if (!process.waitForFinished(60'000)) qFatal("iam-server does not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void change(const QString& path, const QByteArray& from, const QByteArray& to)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite)) qFatal("a file of the test cannot be opened");
    QByteArray text = file.readAll();
    if (!text.contains(from)) qFatal("the text to replace is not there: %s", from.constData());
    file.resize(0);
    file.seek(0);
    file.write(text.replace(text.indexOf(from), from.size(), to));
}

} // namespace

class ClusterCheckVerbTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString define(const char* name, const QByteArray& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly)) qFatal("a file of the test cannot be written");
        file.write(text);
        return file.fileName();
    }
    /// Both nodes' files below m_folder/NAME.
    QStringList rendered(const QString& file, const char* name) const
    {
        const Ended ended = run({QStringLiteral("render"), QStringLiteral("--definition"), file,
                                 QStringLiteral("--all"), QStringLiteral("--out"), path(name)});
        if (ended.code != 0) qFatal("nothing rendered: %s", ended.error.constData());
        return {QStringLiteral("--files"), QStringLiteral("n1=") + path(name) + QStringLiteral("/n1"),
                QStringLiteral("--files"), QStringLiteral("n2=") + path(name) + QStringLiteral("/n2")};
    }

private Q_SLOTS:
    void aGoodDefinitionIsGood()
    {
        const QString file = define("good.yaml", definition);
        const Ended ended =
            run({QStringLiteral("check"), QStringLiteral("--definition"), file, QStringLiteral("--no-programs")});
        QCOMPARE(ended.code, 0);
        QVERIFY2(ended.output.endsWith(": nothing has to be mended.\n"), ended.output.constData());
    }
    void faultsOfADefinitionAreFindings()
    {
        const QString file = define("bad.yaml", QByteArray(definition).replace("10.0.4.99/24", "10.0.9.99/24"));
        const Ended ended =
            run({QStringLiteral("check"), QStringLiteral("--definition"), file, QStringLiteral("--json")});
        QCOMPARE(ended.code, 1);
        const QJsonObject answer = QJsonDocument::fromJson(ended.output).object();
        QVERIFY(answer[QStringLiteral("errors")].toInt() > 0);
        const QJsonObject first = answer[QStringLiteral("findings")].toArray().first().toObject();
        QCOMPARE(first[QStringLiteral("rule")].toString(), QStringLiteral("definition-invalid"));
        QCOMPARE(first[QStringLiteral("file")].toString(), file);
        QCOMPARE(first[QStringLiteral("line")].toInt(), 4);
        QVERIFY(first[QStringLiteral("node")].isNull());
    }
    void mistakesInFilesAreFound()
    {
        const QString file = define("files.yaml", definition);
        const QStringList folders = rendered(file, "files");
        const QStringList words = QStringList{QStringLiteral("check"), QStringLiteral("--no-programs")} + folders;
        const Ended clean = run(words);
        QVERIFY2(clean.code == 0, clean.output.constData());
        QCOMPARE(run(words + QStringList{QStringLiteral("--definition"), file}).code, 0);

        const QString conf = path("files/n2/etc/keepalived/keepalived.conf");
        change(conf, "virtual_router_id 51", "virtual_router_id 52");
        const Ended broken = run(words);
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.output.contains(conf.toUtf8() + ':') && broken.output.contains("error vrid-differs — "),
                 broken.output.constData());
        QVERIFY(broken.output.contains("1 error, 0 warnings"));
        change(conf, "virtual_router_id 52", "virtual_router_id 51");
        QCOMPARE(run(words).code, 0);
    }
    void wrongCommandLinesAreRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const char* words) {
            QTest::newRow(name) << QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts);
        };
        row("nothing", "check");
        row("no file", "check --definition /nonexistent.yaml");
        row("no folder", "check --files n1=/nonexistent");
        row("no name", "check --files /etc");
        row("both", "check --files n1=/ --node n1");
        row("unknown option", "check --quick");
        row("diff without node", "diff --definition /nonexistent.yaml");
        row("diff without file", "diff --node n1 --definition /nonexistent.yaml");
    }
    void wrongCommandLinesAreRefused()
    {
        QFETCH(QStringList, words);
        const Ended ended = run(words);
        QCOMPARE(ended.code, 2);
        QVERIFY(ended.error.startsWith("iam-server: ") && ended.output.isEmpty());
    }
    void unknownNodesAreRefused()
    {
        const QString file = define("node.yaml", definition);
        for (const char* verb : {"check", "diff"})
            QCOMPARE(run({QString::fromLatin1(verb), QStringLiteral("--definition"), file, QStringLiteral("--node"),
                          QStringLiteral("n9")})
                         .code,
                     2);
    }
    void theInstalledIsCompared()
    {
        const QString file = define("diff.yaml", definition);
        rendered(file, "diff");
        const QStringList words{QStringLiteral("diff"),   QStringLiteral("--definition"), file,
                                QStringLiteral("--node"), QStringLiteral("n1"),           QStringLiteral("--root"),
                                path("diff/n1")};
        const Ended equal = run(words);
        QVERIFY2(equal.code == 0 && equal.output.startsWith("All "), equal.output.constData());
        change(path("diff/n1/etc/keepalived/keepalived.conf"), "priority 100", "priority 90");
        QVERIFY(QFile::remove(path("diff/n1/etc/nginx/nginx.conf")));
        const Ended differs = run(words);
        QCOMPARE(differs.code, 1);
        QVERIFY2(differs.output.contains("-    priority 90\n+    priority 100\n"), differs.output.constData());
        QVERIFY2(differs.output.contains("missing /etc/nginx/nginx.conf\n"), differs.output.constData());
    }
    void helpIsGiven()
    {
        const Ended ended = run({QStringLiteral("check"), QStringLiteral("--help")});
        QVERIFY(ended.code == 0 && ended.output.contains("--no-programs"));
    }
};

QTEST_GUILESS_MAIN(ClusterCheckVerbTest)
#include "clustercheckverbtest.moc"
