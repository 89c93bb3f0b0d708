// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "renderedtree.h"
#include "support/mariadbserver.h"
#include "variants.h"
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace iam;
using namespace iam::cluster;

/// What is rendered, in front of the programs that it is for.
class RealProgramsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyProgramTakesItsFiles_data();
    void everyProgramTakesItsFiles();
    void aBrokenFileIsNoticed();
    void theCheckScriptSeesWhetherNginxAnswers();
    void theGrantsLetOurAccountIn();

private:
    struct Outcome {
        int exitCode = -1;
        QByteArray output;
    };
    Outcome run(const QString& program, const QStringList& arguments, const QByteArray& input = {}) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000)) return {-1, "does not end: " + process.errorString().toUtf8()};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    Outcome ask(const QString& tree) const
    {
        return run(QStringLiteral("unshare"),
                   {QStringLiteral("--mount"), QStringLiteral("--net"), QStringLiteral(IAM_REAL_PROGRAMS), tree,
                    QStringLiteral(IAM_SERVER_PROGRAM)});
    }
    std::string folder() const { return m_folder.path().toStdString(); }
    bool canAsk() const { return m_missing.isEmpty(); }

    QTemporaryDir m_folder;
    QString m_missing;
};

void RealProgramsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    // The certificates of the variants; nginx reads them when it tests its files.
    const Outcome made =
        run(QStringLiteral("openssl"),
            {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
             QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
             QStringLiteral("-subj"), QStringLiteral("/CN=iam"), QStringLiteral("-keyout"),
             m_folder.filePath(QStringLiteral("tls.key")), QStringLiteral("-out"),
             m_folder.filePath(QStringLiteral("tls.pem"))});
    QVERIFY2(made.exitCode == 0, made.output);
    const QStringList places{QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin"), QStringLiteral("/sbin"),
                             QStringLiteral("/bin")};
    for (const char* program : {"nginx", "keepalived", "nft", "ip", "systemd-analyze", "unshare"})
        if (QStandardPaths::findExecutable(QLatin1String(program), places).isEmpty())
            m_missing += QLatin1String(program) + QLatin1String(" is not installed; ");
    if (geteuid() != 0)
        m_missing += QStringLiteral("namespaces need root; ");
    else if (m_missing.isEmpty() && run(QStringLiteral("unshare"),
                                        {QStringLiteral("--mount"), QStringLiteral("--net"), QStringLiteral("true")})
                                            .exitCode != 0)
        m_missing = QStringLiteral("this machine makes no namespaces");
}

void RealProgramsTest::everyProgramTakesItsFiles_data()
{
    QTest::addColumn<int>("index");
    const auto all = test::variants(folder());
    for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].first.c_str()) << static_cast<int>(i);
}

void RealProgramsTest::everyProgramTakesItsFiles()
{
    if (!canAsk()) QSKIP(qPrintable(m_missing));
    QFETCH(int, index);
    const auto [name, definition] = test::variants(folder())[static_cast<std::size_t>(index)];
    std::vector<std::string> asked = machines(definition);
    // Nodes differ in addresses, backends in nothing else.
    if (asked.size() > 4) asked = {"n1", asked.back()};
    for (const std::string& machine : asked) {
        QTemporaryDir tree;
        const auto files = render(definition, machine);
        QVERIFY(files && test::writeTree(tree.path(), *files));
        const Outcome outcome = ask(tree.path());
        QVERIFY2(outcome.exitCode == 0, (QByteArray::fromStdString(machine) + ":\n" + outcome.output).constData());
    }
}

void RealProgramsTest::aBrokenFileIsNoticed()
{
    if (!canAsk()) QSKIP(qPrintable(m_missing));
    const auto files = render(test::smallCluster(), "n1");
    QVERIFY(files);
    for (const RenderedFile& broken : *files) {
        const bool tested = broken.path == "/etc/nginx/conf.d/iam-api.conf" ||
                            broken.path.ends_with("keepalived.conf") || broken.path.ends_with(".nft") ||
                            broken.path.ends_with("iam-server.yaml") || broken.path.ends_with("iam-agent.service") ||
                            broken.path.ends_with("check_nginx.sh");
        if (!tested) continue;
        std::vector<RenderedFile> changed = *files;
        for (RenderedFile& file : changed)
            if (file.path == broken.path) file.content += "\n[Broken\nif } virtual_router_id x {\n";
        QTemporaryDir tree;
        QVERIFY(test::writeTree(tree.path(), changed));
        const Outcome outcome = ask(tree.path());
        QVERIFY2(outcome.exitCode == 1, broken.path.c_str());
    }
}

void RealProgramsTest::theCheckScriptSeesWhetherNginxAnswers()
{
    if (!canAsk()) QSKIP(qPrintable(m_missing));
    QTemporaryDir tree;
    const auto files = render(test::smallCluster(), "n1");
    QVERIFY(files && test::writeTree(tree.path(), *files));
    // Stopped, answering, hung: a hung nginx still accepts connections.
    const QString script = QStringLiteral(R"(
        mount -t tmpfs none /run; mount -t tmpfs none /var/log; mkdir /var/log/nginx; mount -t tmpfs none /mnt
        ip link set lo up; ip addr add 10.0.4.20/24 dev lo
        cp -r /etc/nginx /mnt/; cp -r %1/etc/nginx/. /mnt/nginx/; mount --bind /mnt/nginx /etc/nginx
        check() { timeout 3 %1/etc/keepalived/check_nginx.sh 2>/dev/null; printf '%s ' $?; }
        check
        nginx || exit 1
        check
        mapfile -t all < <(cat /proc/$(cat /run/nginx.pid)/task/*/children | tr ' ' '\n' | grep .)
        kill -STOP "${all[@]}"; check
        kill -CONT "${all[@]}"; check
        kill $(cat /run/nginx.pid)
    )")
                               .arg(tree.path());
    const Outcome outcome = run(QStringLiteral("unshare"), {QStringLiteral("--mount"), QStringLiteral("--net"),
                                                            QStringLiteral("bash"), QStringLiteral("-c"), script});
    QCOMPARE(outcome.output, QByteArray("1 0 1 0 "));
}

void RealProgramsTest::theGrantsLetOurAccountIn()
{
    if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
    ClusterDefinition definition = test::smallCluster();
    definition.nodes[0].address = definition.backends[0].address = "127.0.0.1";
    definition.database.name = "iam_of_grants";
    definition.database.user = "grantee";
    const auto files = render(definition, "n1");
    QVERIFY(files);
    QByteArray grants;
    for (const RenderedFile& file : *files)
        if (file.path.ends_with("mariadb-grants.sql")) grants = QByteArray::fromStdString(file.content);
    test::MariaDbServer server;
    QVERIFY(server.start({QStringLiteral("--skip-name-resolve")}));
    const QStringList asRoot{QStringLiteral("--no-defaults"), QStringLiteral("--user=root"),
                             QStringLiteral("--socket=") + server.socket()};
    // Without the password nothing opens.
    QVERIFY(run(QStringLiteral("mariadb"), asRoot, grants).exitCode != 0);
    const auto enter = [&](const char* password) {
        return run(QStringLiteral("mariadb"),
                   {QStringLiteral("--no-defaults"), QStringLiteral("--host=127.0.0.1"),
                    QStringLiteral("--port=%1").arg(server.port()), QStringLiteral("--user=grantee"),
                    QStringLiteral("--password=") + QLatin1String(password), QStringLiteral("iam_of_grants")},
                   "CREATE TABLE one (x INT); DROP TABLE one;");
    };
    QVERIFY(enter("").exitCode != 0);
    for (const char* password : {"first word", "second word"}) {
        const Outcome granted =
            run(QStringLiteral("mariadb"), asRoot, QByteArray("SET @iam_password='") + password + "';\n" + grants);
        QVERIFY2(granted.exitCode == 0, granted.output);
        const Outcome entered = enter(password);
        QVERIFY2(entered.exitCode == 0, entered.output);
    }
    QVERIFY(enter("first word").exitCode != 0);
}

QTEST_GUILESS_MAIN(RealProgramsTest)
#include "realprogramstest.moc"
