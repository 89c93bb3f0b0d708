// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "support/policyworkload.h"
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace iam;
using support::PolicyWorkload;

/// "iam-server bench", as a process.
class BenchVerbTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void timesRequestsMadeFromThePolicies();
    void timesGivenRequests();
    void refuses_data();
    void refuses();

private:
    struct Ended {
        int code;
        QByteArray output;
        QByteArray error;
    };
    static Ended run(const QStringList& arguments);
    QString write(const char* name, const std::string& text) const;

    QTemporaryDir m_folder;
    QString m_policies;
};

BenchVerbTest::Ended BenchVerbTest::run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(IAM_SERVER_PROGRAM), QStringList{QStringLiteral("bench")} + arguments);
    if (!process.waitForFinished(100'000)) process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QString BenchVerbTest::write(const char* name, const std::string& text) const
{
    const QString file = m_folder.filePath(QString::fromLatin1(name));
    std::ofstream(file.toStdString()) << text;
    return file;
}

void BenchVerbTest::init()
{
    const PolicyWorkload workload(20, PolicyWorkload::Resources::Templates);
    std::string text = "[";
    for (const auto& document : workload.documents())
        text += (text.size() > 1 ? "," : "") + contract::encodePolicyDocument(document);
    m_policies = write("policies.json", text + ']');
}

void BenchVerbTest::timesRequestsMadeFromThePolicies()
{
    const Ended ended = run({QStringLiteral("--policies"), m_policies});
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.output.contains("20 policies, 120000 requests made from the policies"), ended.output.constData());
    for (const char* said : {"compile ", "one change ", "memory ", "\nindex ", "\nno index ", "median ", "p99 "})
        QVERIFY2(ended.output.contains(said), ended.output.constData());
    // Three of four lie in the policies, and their network is told by its first address.
    const QByteArray indexed = ended.output.mid(ended.output.indexOf("\nindex "));
    QVERIFY2(!indexed.left(indexed.indexOf('\n', 1)).contains(" 0.0 % allowed"), indexed.constData());
}

void BenchVerbTest::timesGivenRequests()
{
    const PolicyWorkload workload(20, PolicyWorkload::Resources::Templates);
    std::string lines;
    for (std::size_t i = 0; i < 4; ++i)
        lines += contract::encodeDecisionRequest(i < 2 ? workload.requestFor(i, i) : workload.nearMiss(i, i)) + '\n';
    const QString requests = write("requests.jsonl", lines);
    const Ended ended = run({QStringLiteral("--policies"), m_policies, QStringLiteral("--requests"), requests});
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.output.contains("20 policies, 4 requests given"), ended.output.constData());
    QCOMPARE(ended.output.count(" 50.0 % allowed"), 2);
}

void BenchVerbTest::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const QString none = m_folder.filePath(QStringLiteral("none"));
    QTest::newRow("no policies") << QStringList() << 2 << QByteArray("--policies FILE");
    QTest::newRow("no such file") << QStringList{QStringLiteral("--policies"), none} << 1 << QByteArray("none");
    QTest::newRow("no array") << QStringList{QStringLiteral("--policies"), write("object.json", "{}")} << 1
                              << QByteArray("array");
    QTest::newRow("an empty array") << QStringList{QStringLiteral("--policies"), write("empty.json", "[]")} << 1
                                    << QByteArray("no policy");
    QTest::newRow("no such requests")
        << QStringList{QStringLiteral("--policies"), m_folder.filePath(QStringLiteral("policies.json")),
                       QStringLiteral("--requests"), none}
        << 1 << QByteArray("none");
    QTest::newRow("a line that is no request")
        << QStringList{QStringLiteral("--policies"), m_folder.filePath(QStringLiteral("policies.json")),
                       QStringLiteral("--requests"), write("broken.jsonl", "{}\n[\n")}
        << 1 << QByteArray("line 2");
}

void BenchVerbTest::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, code);
    QVERIFY2(ended.error.contains(says), ended.error.constData());
    QVERIFY(ended.output.isEmpty());
}

QTEST_GUILESS_MAIN(BenchVerbTest)
#include "benchverbtest.moc"
