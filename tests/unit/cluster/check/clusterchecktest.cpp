// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/check.h"
#include "cluster/check/messages.h"
#include "cluster/check/ownnetwork.h"
#include "cluster/check/program.h"
#include "unit/cluster/lint/cleanfiles.h"
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

constexpr const char* api = "/etc/nginx/conf.d/api.conf";
constexpr const char* vrrp = "/etc/keepalived/keepalived.conf";

QString shown(const std::vector<Finding>& findings)
{
    QStringList lines;
    for (const Finding& one : findings)
        lines << QStringLiteral("%1:%2: %3 %4")
                     .arg(QString::fromStdString(one.file))
                     .arg(one.line)
                     .arg(QString::fromStdString(one.rule), QString::fromStdString(one.message));
    return lines.join(u'\n');
}

/// What the programs say about n1's clean files with one text replaced; lint's findings do not count as known.
std::vector<Finding> programsSay(const std::string& path, const std::string& from, const std::string& to,
                                 const ProgramTestOptions& options = {})
{
    NodeFiles node = test::cleanInput().nodes.front();
    std::string& text = node.files.at(path).text;
    const std::size_t at = text.find(from);
    if (at == std::string::npos) qFatal("the text to replace is not there: %s", from.c_str());
    text.replace(at, from.size(), to);
    Report report;
    testWithPrograms(node, {}, options, report);
    return report.take();
}

/// A program that does what the lines say, instead of nginx or keepalived.
std::string standIn(const QTemporaryDir& folder, const char* lines)
{
    const QString path = folder.filePath(QStringLiteral("standin"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("no stand-in");
    file.write("#!/bin/sh\n");
    file.write(lines);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path.toStdString();
}

} // namespace

class ClusterCheckTest : public QObject {
    Q_OBJECT

    bool m_ownNetwork = false;

    /// The interfaces of the files exist only in a network of the test's own.
    bool canRunPrograms() const
    {
        return m_ownNetwork && !findProgram("nginx").empty() && !findProgram("keepalived").empty();
    }

private Q_SLOTS:
    void initTestCase()
    {
        inOwnNetwork({"eth0"}, [this](bool own) { m_ownNetwork = own; });
    }

    void aProgramEnds()
    {
        const auto run = runProgram({"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}, 5s);
        QVERIFY(run.has_value());
        QCOMPARE(run->exitCode, 3);
        QCOMPARE(run->output, std::string("out\nerr\n"));
        QVERIFY(!run->timedOut);
    }
    void aProgramThatHangsIsKilledWithItsChildren()
    {
        QElapsedTimer timer;
        timer.start();
        const auto run = runProgram({"/bin/sh", "-c", "sleep 60 & sleep 60"}, 200ms);
        QVERIFY(run.has_value() && run->timedOut);
        QVERIFY(timer.elapsed() < 20'000);
    }
    void aProgramThatIsNotThere()
    {
        QVERIFY(!runProgram({"/nonexistent/nginx"}, 1s).has_value());
        QCOMPARE(findProgram("no-such-program"), std::string());
    }
    void muchOutputIsCut()
    {
        const auto run = runProgram({"/bin/sh", "-c", "head -c 3000000 /dev/zero"}, 10s);
        QVERIFY(run.has_value() && run->exitCode == 0);
        QVERIFY(run->output.size() < 300'000);
    }

    void nginxMessagesAreTakenApart()
    {
        const auto messages =
            nginxMessages("2026/11/22 10:17:31 [emerg] 1#1: unknown directive \"x\" in /etc/nginx/a.conf:7\n"
                          "nginx: [emerg] unknown directive \"x\" in /etc/nginx/a.conf:7\n"
                          "nginx: [warn] conflicting server name \"a\" on 0.0.0.0:80, ignored\n"
                          "nginx: [emerg] host not found in upstream \"b:80\" in /etc/nginx/b.conf:2\n"
                          "nginx: configuration file /etc/nginx/nginx.conf test failed\n");
        QCOMPARE(messages.size(), std::size_t{3});
        QCOMPARE(messages[0].text, std::string("unknown directive \"x\""));
        QCOMPARE(messages[0].file, std::string("/etc/nginx/a.conf"));
        QCOMPARE(messages[0].line, 7);
        QVERIFY(messages[0].weight == ProgramMessage::Weight::Error);
        QVERIFY(messages[1].weight == ProgramMessage::Weight::Warning && messages[1].line == 0);
        QVERIFY(messages[2].weight == ProgramMessage::Weight::Machine);
    }
    void keepalivedMessagesAreTakenApart()
    {
        const auto messages = keepalivedMessages("(/etc/keepalived/k.conf: Line 20) Unknown keyword 'bogus'\n"
                                                 "(Line 6) Unable to set default user keepalived_script for script\n"
                                                 "(VI_1) Ignoring track_interface eth0 since own interface\n"
                                                 "(VI_1) Unknown interface!\n"
                                                 "(VI_1) Unknown interface!\n"
                                                 "SECURITY VIOLATION - scripts are being executed but script_security "
                                                 "not enabled.\n");
        QCOMPARE(messages.size(), std::size_t{4});
        QCOMPARE(messages[0].file, std::string("/etc/keepalived/k.conf"));
        QCOMPARE(messages[0].line, 20);
        QCOMPARE(messages[0].text, std::string("Unknown keyword 'bogus'"));
        QCOMPARE(messages[1].line, 6);
        QVERIFY(messages[1].aboutScriptSecurity);
        QVERIFY(messages[2].weight == ProgramMessage::Weight::Interface);
        QVERIFY(messages[3].weight == ProgramMessage::Weight::Warning && messages[3].aboutScriptSecurity);
    }

    void goodFilesPass()
    {
        if (!canRunPrograms()) QSKIP("nginx, keepalived and a network of its own are needed");
        QCOMPARE(shown(programsSay(api, "\n", "\n")), QString());
    }
    void programsFindWhatTheyRefuse_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* path, const char* from, const char* to,
                            const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(from) << QString::fromLatin1(to)
                                << QString::fromLatin1(expected);
        };
        row("unknown directive", api, "    zone api 64k;", "    zonne api 64k;",
            "/etc/nginx/conf.d/api.conf:2: nginx-refuses nginx -t: unknown directive \"zonne\".");
        row("duplicate name", "/etc/nginx/conf.d/authz.conf", "iam.authz.example.com", "iam.api.example.com",
            "nginx-warns nginx -t: conflicting server name");
        row("name of nobody", api, "10.0.4.21:8080", "no-such-host.invalid:8080", "nginx-not-tested");
        row("router id", vrrp, "virtual_router_id 51", "virtual_router_id 999",
            "/etc/keepalived/keepalived.conf:26: keepalived-refuses keepalived -t: number '999' outside range");
        row("unknown keyword", vrrp, "    garp_master_refresh 5", "    garp_master_refreshh 5",
            "keepalived-refuses keepalived -t: Unknown keyword 'garp_master_refreshh'.");
        row("script security", vrrp, "    script_user root\n    enable_script_security\n", "",
            "keepalived-warns keepalived -t: SECURITY VIOLATION");
        row("script that is not there", vrrp, "/etc/keepalived/check_nginx.sh", "/etc/keepalived/check_http.sh",
            "/etc/keepalived/keepalived.conf:9: keepalived-refuses keepalived -t: Disabling track script chk_nginx");
    }
    void programsFindWhatTheyRefuse()
    {
        if (!canRunPrograms()) QSKIP("nginx, keepalived and a network of its own are needed");
        QFETCH(QString, path);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, expected);
        const auto findings = programsSay(path.toStdString(), from.toStdString(), to.toStdString());
        QVERIFY2(!findings.empty() && findings.size() <= 2, qPrintable(shown(findings)));
        QVERIFY2(shown({findings.front()}).contains(expected), qPrintable(shown(findings)));
    }
    void whatLintSaidIsNotSaidTwice()
    {
        if (!canRunPrograms()) QSKIP("nginx, keepalived and a network of its own are needed");
        LintInput input = test::cleanInput();
        std::string& text = input.nodes[1].files.at(vrrp).text;
        text.replace(text.find("virtual_router_id 51"), 20, "virtual_router_id 999");
        const ProgramTestOptions options;
        const auto findings = check(input, &options);
        QVERIFY2(!findings.empty(), qPrintable(shown(findings)));
        for (const Finding& one : findings) QVERIFY2(one.rule == "vrid-out-of-range", qPrintable(shown(findings)));
    }

    void aMissingProgramIsAFinding()
    {
        const auto findings = programsSay(api, "\n", "\n", {5s, "/nonexistent/nginx", "/nonexistent/keepalived"});
        QCOMPARE(findings.size(), std::size_t{2});
        for (const Finding& one : findings) QCOMPARE(one.rule, std::string("program-missing"));
    }
    void aHangingProgramIsAFinding()
    {
        const QTemporaryDir folder;
        const std::string program = standIn(folder, "exec sleep 60\n");
        const auto findings = programsSay(api, "\n", "\n", {200ms, program, program});
        QCOMPARE(findings.size(), std::size_t{2});
        for (const Finding& one : findings) QCOMPARE(one.rule, std::string("program-hangs"));
    }
    void aCodeWithoutAReasonIsAFinding()
    {
        const QTemporaryDir folder;
        const std::string program = standIn(folder, "exit 5\n");
        const auto findings = programsSay(api, "\n", "\n", {5s, program, program});
        QCOMPARE(findings.size(), std::size_t{2});
        QVERIFY(findings[0].rule == "keepalived-refuses" && findings[1].rule == "nginx-refuses");
    }
    void theMachinesOwnFilesAreLeftAlone()
    {
        if (!canRunPrograms()) QSKIP("nginx, keepalived and a network of its own are needed");
        const bool had = QFile::exists(QStringLiteral("/run/iam-check-of-a-test.pid"));
        const auto findings = programsSay("/etc/nginx/nginx.conf", "worker_processes auto;",
                                          "worker_processes auto; pid /run/iam-check-of-a-test.pid; "
                                          "error_log /var/log/nginx/iam-check-of-a-test.log;");
        QCOMPARE(shown(findings), QString());
        QVERIFY(!had && !QFile::exists(QStringLiteral("/run/iam-check-of-a-test.pid")));
        QVERIFY(!QFile::exists(QStringLiteral("/var/log/nginx/iam-check-of-a-test.log")));
    }

    void renderingsOfBothProfiles()
    {
        ClusterDefinition definition = test::cleanDefinition();
        for (const auto profile : {ClusterDefinition::Profile::Recommended, ClusterDefinition::Profile::Tutorial}) {
            definition.profile = profile;
            LintInput input;
            input.definition = definition;
            if (profile == ClusterDefinition::Profile::Tutorial) {
                input.definition->vrrp.advertInterval = 1s;
                input.definition->vrrp.password = "1111";
                input.definition->nodes[1].priority = 50;
            }
            auto files = renderedFiles(*input.definition, "cluster.yaml");
            QVERIFY(files.has_value());
            input.nodes = std::move(*files);
            const ProgramTestOptions options;
            const auto findings = check(input, canRunPrograms() ? &options : nullptr);
            QStringList rules;
            for (const Finding& one : findings)
                if (one.severity != Severity::Note && one.node != "n2") rules << QString::fromStdString(one.rule);
            rules.removeDuplicates();
            rules.sort();
            // The weaknesses of the course's files are known; nobody else's may be.
            const QString known =
                profile == ClusterDefinition::Profile::Recommended
                    ? QString()
                    : QStringLiteral("check-slow check-tcp-only check-without-fall check-without-timeout "
                                     "connect-timeout-missing metrics-published plain-text-secret "
                                     "read-timeout-longer-than-callers stream-buffered "
                                     "upstream-zone-missing");
            QVERIFY2(rules.join(u' ') == known, qPrintable(rules.join(u' ') + QStringLiteral("\n") + shown(findings)));
        }
    }
};

QTEST_GUILESS_MAIN(ClusterCheckTest)
#include "clusterchecktest.moc"
