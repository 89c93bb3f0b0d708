// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/definitionfile.h"
#include "cluster/definition/definitionrules.h"
#include <QFile>
#include <QTest>

using namespace iam;
using namespace iam::cluster;

namespace {

std::string example()
{
    QFile file(QStringLiteral(IAM_CLUSTER_EXAMPLE));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

const std::string minimal = "nodes:\n"
                            "  - {name: n1, address: 10.0.4.20, interface: eth0}\n"
                            "  - {name: n2, address: 10.0.4.21, interface: eth0}\n"
                            "vip: {address: 10.0.4.99/24}\n"
                            "domains: {api: iam.api.example.com, authz: iam.authz.example.com}\n"
                            "database: {host: n1}\n";

/// `minimal` with the first `from` replaced by `to`.
std::string with(std::string_view from, std::string_view to)
{
    std::string yaml = minimal;
    const std::size_t at = yaml.find(from);
    if (at == std::string::npos) qFatal("the text to replace is not there");
    return yaml.replace(at, from.size(), to);
}

QString faultsOf(const std::string& yaml)
{
    const auto parsed = parseDefinition(yaml, "f");
    QString text;
    if (!parsed)
        for (const FieldFault& fault : parsed.error().faults)
            text += QString::fromStdString(fault.field + ": " + fault.message + '\n');
    return text;
}

} // namespace

class DefinitionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theExampleShowsTheDefaults();
    void whatIsWrittenIsReadBack_data();
    void whatIsWrittenIsReadBack();
    void theTutorialHasItsOwnDefaults();
    void faultsAreNamedWithTheirLine_data();
    void faultsAreNamedWithTheirLine();
    void allFaultsComeTogether();
    void storesOnDifferentNodesMayHaveOnePort();
    void manyFaultsAreCutShort_data();
    void manyFaultsAreCutShort();
    void whatIsNoDefinitionIsOneFault_data();
    void whatIsNoDefinitionIsOneFault();
    void fieldsHaveLines();
    void backendsOfOtherMachinesAreTaken();
};

void DefinitionTest::theExampleShowsTheDefaults()
{
    const auto parsed = parseDefinition(example(), "cluster.example.yaml");
    QVERIFY2(parsed, qPrintable(faultsOf(example())));
    std::string short1 = minimal + "redis: {host: n1}\n";
    const auto minimalOne = parseDefinition(short1, "minimal.yaml");
    QVERIFY2(minimalOne, qPrintable(faultsOf(short1)));
    QVERIFY(*parsed == *minimalOne);
    QCOMPARE(parsed->vip.prefix, 24);
    QCOMPARE(parsed->backends.size(), std::size_t{2});
    QCOMPARE(parsed->backends[1].address, std::string("10.0.4.21"));
    QCOMPARE(parsed->database.port, std::uint16_t{3306});
    QCOMPARE(parsed->addressOf(parsed->redis), std::string("10.0.4.20"));
}

void DefinitionTest::whatIsWrittenIsReadBack_data()
{
    QTest::addColumn<QByteArray>("yaml");
    const auto row = [](const char* name, const std::string& yaml) {
        QTest::newRow(name) << QByteArray::fromStdString(yaml);
    };
    row("example", example());
    row("minimal", minimal);
    row("tutorial", "profile: tutorial\n" + minimal);
    row("tutorial without a password", "profile: tutorial\nvrrp: {password: \"\"}\n" + minimal);
    row("everything else",
        with("{address: 10.0.4.99/24}",
             "{address: 192.0.2.7/32, kind: cloud, hook: /usr/local/sbin/iam-vip, public-address: 203.0.113.139}") +
            "vrrp: {instance: VI_2, router-id: 255, advert-interval: 40s950ms}\n"
            "ports: {http: 8000, https: 8443, api: 1, authz: 2, agent: 3, status: 65535}\n"
            "certificate: {certificate-file: /etc/tls/a.pem, private-key-file: /etc/tls/a.key}\n"
            "backends:\n- {name: n2, weight: 3}\n- {name: app3, address: 10.0.4.22}\n- {name: n1}\n"
            "balance: {method: cookie, cookie: session_id}\n"
            "redis: {host: 10.0.4.30, port: 6380}\n"
            "timeouts: {connect: 1s, decision-read: 250ms, api-read: 1m1s, stream-read: 24h}\n"
            "probe: {check-interval: 1s, check-timeout: 900ms, fall: 3, rise: 1, client-period: 50ms,"
            " gateway: 10.0.4.1}\n");
}

void DefinitionTest::whatIsWrittenIsReadBack()
{
    QFETCH(QByteArray, yaml);
    const auto parsed = parseDefinition(yaml.toStdString(), "f");
    QVERIFY2(parsed, qPrintable(faultsOf(yaml.toStdString())));
    const std::string written = formatDefinition(*parsed);
    const auto again = parseDefinition(written, "again");
    QVERIFY2(again, qPrintable(faultsOf(written)));
    QVERIFY(*again == *parsed);
    QCOMPARE(formatDefinition(*again), written);
}

void DefinitionTest::theTutorialHasItsOwnDefaults()
{
    const auto parsed = parseDefinition("profile: tutorial\n" + minimal, "f");
    QVERIFY(parsed);
    QCOMPARE(parsed->nodes[0].priority, 100);
    QCOMPARE(parsed->nodes[1].priority, 50);
    QCOMPARE(parsed->vrrp.advertInterval, std::chrono::milliseconds(1000));
    QCOMPARE(parsed->vrrp.password, std::string("1111"));
}

void DefinitionTest::faultsAreNamedWithTheirLine_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("fault");
    const auto row = [](const char* name, const std::string& yaml, const char* fault) {
        QTest::newRow(name) << QByteArray::fromStdString(yaml) << QByteArray(fault);
    };
    row("nothing at all", "", "f:1: nodes: must be two to eight, not 0\n");
    row("one node", with("  - {name: n2, address: 10.0.4.21, interface: eth0}\n", ""),
        "f:1: nodes: must be two to eight, not 1\n");
    row("node without a name", with("name: n2, ", ""), "f:3: nodes[1].name: is missing\n");
    row("node's name with a blank", with("n2,", "\"n 2\","), "f:3: nodes[1].name: must be one host name label");
    row("node's name twice", with("n2,", "N1,"), "f:3: nodes[1].name: there is a node n1 already\n");
    row("node without an address", with("address: 10.0.4.21, ", ""), "f:3: nodes[1].address: is missing\n");
    row("address twice", with(".21,", ".20,"), "f:3: nodes[1].address: is the address of node n1 already\n");
    row("no address", with("10.0.4.21,", "n2.example.com,"),
        "f:3: nodes[1].address: must be an IPv4 address such as 10.0.4.20, not \"n2.example.com\"\n");
    row("nobody's address", with("10.0.4.21,", "224.0.0.18,"),
        "f:3: nodes[1].address: 224.0.0.18 cannot be the address of one machine\n");
    row("no interface", with(", interface: eth0}", "}"), "f:2: nodes[0].interface: is missing\n");
    row("interface with a blank", with("eth0}", "eth 0}"), "f:2: nodes[0].interface: must be an interface's name");
    row("priority", with("eth0}", "eth0, priority: 255}"), "f:2: nodes[0].priority: must be from 1 to 254, not 255\n");
    row("priority in words", with("eth0}", "eth0, priority: high}"),
        "f:2: nodes[0].priority: must be a whole number from 0");
    row("misspelt key", with("name: n2, address", "name: n2, adress"),
        "f:3: nodes[1].adress: unknown key; did you mean nodes[1].address?\n");
    row("unknown key", minimal + "colour: red\n", "f:7: colour: unknown key\n");
    row("unknown list", minimal + "servers:\n- {name: n1}\n", "f:7: servers: unknown key\n");
    row("node as a word", with("  - {name: n2, address: 10.0.4.21, interface: eth0}", "  - n2"),
        "f:3: nodes: a plain value in a list of mappings\n");
    row("nodes as words",
        with("  - {name: n1, address: 10.0.4.20, interface: eth0}\n"
             "  - {name: n2, address: 10.0.4.21, interface: eth0}\n",
             "  [n1, n2]\n"),
        "f:1: nodes: takes a list of sections");
    row("VIP is a node's", with(".99", ".20"), "f:4: vip.address: is the address of node n1 already\n");
    row("VIP in another subnet", with("10.0.4.99", "10.0.5.99"),
        "f:4: vip.address: 10.0.5.99/24 is another subnet than that of node n1 (10.0.4.20)\n");
    row("VIP is the subnet's last", with(".99", ".255"), "f:4: vip.address: is the first or the last address");
    row("VIP without bits", with(".99/24", ".99"),
        "f:4: vip.address: must be an address and the bits of its subnet, such as 10.0.4.99/24, not \"10.0.4.99\"\n");
    row("VIP's bits", with("/24", "/33"), "f:4: vip.address: must be an address and the bits of its subnet");
    row("VIP missing", with("{address: 10.0.4.99/24}", "{}"), "f:4: vip.address: is missing\n");
    row("kind", with("/24}", "/24, kind: dns}"), "f:4: vip.kind: must be one of arp, cloud, not \"dns\"\n");
    row("cloud without a hook", with("/24}", "/24, kind: cloud}"), "f:4: vip.hook: is missing\n");
    row("hook with a relative path", with("/24}", "/24, kind: cloud, hook: bin/vip}"),
        "f:4: vip.hook: must be an absolute path");
    row("hook with arguments", with("/24}", "/24, kind: cloud, hook: /bin/vip --now}"),
        "f:4: vip.hook: must be an absolute path");
    row("hook without a cloud", with("/24}", "/24, hook: /bin/vip}"),
        "f:4: vip.hook: is called only where vip.kind is cloud\n");
    row("router id 0", minimal + "vrrp: {router-id: 0}\n", "f:7: vrrp.router-id: must be from 1 to 255, not 0\n");
    row("router id 256", minimal + "vrrp: {router-id: 256}\n", "f:7: vrrp.router-id: must be from 1 to 255, not 256\n");
    row("advert too short", minimal + "vrrp: {advert-interval: 5ms}\n",
        "f:7: vrrp.advert-interval: must be from 10ms to 40s950ms, not 5ms\n");
    row("advert too long", minimal + "vrrp: {advert-interval: 41s}\n",
        "f:7: vrrp.advert-interval: must be from 10ms to 40s950ms, not 41s\n");
    row("advert between", minimal + "vrrp: {advert-interval: 255ms}\n",
        "f:7: vrrp.advert-interval: must be whole hundredths");
    row("tutorial's advert", "profile: tutorial\n" + minimal + "vrrp: {advert-interval: 1s500ms}\n",
        "f:8: vrrp.advert-interval: the tutorial profile speaks VRRP version 2, which counts whole seconds\n");
    row("password", minimal + "vrrp: {password: x}\n", "f:7: vrrp.password: VRRP version 3 has no passwords");
    row("long password", "profile: tutorial\n" + minimal + "vrrp: {password: 123456789}\n",
        "f:8: vrrp.password: must be one to eight letters and digits\n");
    row("instance with a blank", minimal + "vrrp: {instance: VI 1}\n", "f:7: vrrp.instance: must be a letter, then");
    row("domains missing", with("domains: {api: iam.api.example.com, authz: iam.authz.example.com}\n", ""),
        "f:1: domains.api: is missing\nf:1: domains.authz: is missing\n");
    row("domains equal", with("iam.authz.", "iam.API."), "f:5: domains.authz: is the same as domains.api\n");
    row("domain with a statement in it", with("iam.api.example.com", "\"a.com;}\""),
        "f:5: domains.api: must be a name such as iam.api.example.com, not \"a.com;}\"\n");
    row("domain is an address", with("iam.api.example.com", "10.0.4.99"), "f:5: domains.api: must be a name");
    row("ports clash", minimal + "ports:\n  api: 9090\n", "f:7: ports.authz: 9090 is ports.api already\n");
    row("port of the database", minimal + "ports: {agent: 3306}\n",
        "f:6: database.port: 3306 is ports.agent already\n");
    row("one node's stores on one port", with("host: n1", "host: n1, port: 4000") + "redis: {host: n1, port: 4000}\n",
        "f:7: redis.port: 4000 is database.port already\n");
    row("a store on a port of every node", minimal + "redis: {host: n2, port: 9090}\n",
        "f:7: redis.port: 9090 is ports.authz already\n");
    row("port 0", minimal + "ports: {http: 0}\n", "f:7: ports.http: must be from 1 to 65535\n");
    row("certificate without a key", minimal + "certificate: {certificate-file: /a.pem}\n",
        "f:7: certificate.private-key-file: is missing\n");
    row("certificate's path", minimal + "certificate: {certificate-file: a.pem, private-key-file: /a.key}\n",
        "f:7: certificate.certificate-file: must be an absolute path");
    row("no backends", minimal + "backends: []\n", "f:7: backends: must be two to eight, not 0");
    row(
        "nine backends",
        minimal + "backends:\n" +
            [] {
                std::string list;
                for (int i = 1; i <= 9; ++i)
                    list += "- {name: a" + std::to_string(i) + ", address: 10.0.4.3" + std::to_string(i) + "}\n";
                return list;
            }(),
        "f:7: backends: must be two to eight, not 9");
    row("unknown backend", minimal + "backends:\n- {name: n1}\n- {name: n3}\n",
        "f:9: backends[1].name: there is no node \"n3\"");
    row("backend with another address", minimal + "backends:\n- {name: n1, address: 10.0.4.30}\n- {name: n2}\n",
        "f:8: backends[0].address: is not that of node n1 (10.0.4.20)\n");
    row("backend on the VIP", minimal + "backends:\n- {name: n1}\n- {name: a, address: 10.0.4.99}\n",
        "f:9: backends[1].address: is the address of the virtual address already\n");
    row("weight", minimal + "backends:\n- {name: n1, weight: 0}\n- {name: n2}\n",
        "f:8: backends[0].weight: must be from 1 to 100, not 0\n");
    row("cookie missing", minimal + "balance: {method: cookie}\n", "f:7: balance.cookie: is missing\n");
    row("cookie's name", minimal + "balance: {method: cookie, cookie: a-b}\n",
        "f:7: balance.cookie: must be letters, digits and _ only");
    row("cookie not used", minimal + "balance: {cookie: a}\n",
        "f:7: balance.cookie: is used only where balance.method is cookie\n");
    row("unknown database host", with("host: n1", "host: db"), "f:6: database.host: there is no node \"db\"");
    row("database on the VIP", with("host: n1", "host: 10.0.4.99"),
        "f:6: database.host: is the virtual address: it moves");
    row("database missing", with("database: {host: n1}\n", ""), "f:1: database.host: is missing\n");
    row("database's user", with("host: n1", "host: n1, user: \"i'm\""), "f:6: database.user: must be a letter");
    row("database's authority", with("host: n1", "host: n1, tls-authority: ca.pem"),
        "f:6: database.tls-authority: must be an absolute path");
    row("redis' host", minimal + "redis: {host: n7}\n", "f:7: redis.host: there is no node \"n7\"");
    row("connect time-out", minimal + "timeouts: {connect: 1ms}\n",
        "f:7: timeouts.connect: must be from 10ms to 1m, not 1ms\n");
    row("a time in words", minimal + "timeouts: {api-read: long}\n",
        "f:7: timeouts.api-read: must be a time such as 10s, 500ms or 1h30m, not \"long\"\n");
    row("check time-out", minimal + "probe: {check-timeout: 300ms}\n",
        "f:7: probe.check-timeout: is longer than probe.check-interval");
    row("gateway", minimal + "probe: {gateway: 10.0.4.21}\n",
        "f:7: probe.gateway: is the address of node n2 already\n");
    row("profile", minimal + "profile: fast\n", "f:7: profile: must be one of recommended, tutorial, not \"fast\"\n");
}

void DefinitionTest::faultsAreNamedWithTheirLine()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, fault);
    const QString faults = faultsOf(yaml.toStdString());
    QVERIFY2(faults.contains(QString::fromUtf8(fault)), qPrintable(faults));
}

void DefinitionTest::allFaultsComeTogether()
{
    const QString faults = faultsOf("profile: fast\n" + with("eth0}", "eth0, priority: x}") +
                                    "colour: red\n"
                                    "vrrp: {router-id: 300}\n");
    QCOMPARE(faults, QStringLiteral("f:1: profile: must be one of recommended, tutorial, not \"fast\"\n"
                                    "f:3: nodes[0].priority: must be a whole number from 0 to 2147483647, not \"x\"\n"
                                    "f:8: colour: unknown key\n"
                                    "f:9: vrrp.router-id: must be from 1 to 255, not 300\n"));
}

void DefinitionTest::storesOnDifferentNodesMayHaveOnePort()
{
    const std::string yaml = with("host: n1", "host: n1, port: 4000") + "redis: {host: n2, port: 4000}\n";
    QVERIFY2(parseDefinition(yaml, "f"), qPrintable(faultsOf(yaml)));
}

void DefinitionTest::manyFaultsAreCutShort_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("fault");
    QTest::newRow("keys") << QString() << QStringLiteral("key%1: 1\n")
                          << QStringLiteral("f:107: and 19900 more unknown keys from here on\n");
    QTest::newRow("nodes") << QStringLiteral("nodes:\n") << QStringLiteral("- {name: %1}\n")
                           << QStringLiteral("f:7: nodes: must be two to eight, not 20000\n");
    QTest::newRow("backends") << QStringLiteral("backends:\n") << QStringLiteral("- {name: %1}\n")
                              << QStringLiteral("f:7: backends: must be two to eight, not 20000");
}

void DefinitionTest::manyFaultsAreCutShort()
{
    QFETCH(QString, head);
    QFETCH(QString, entry);
    QFETCH(QString, fault);
    QString yaml = QString::fromStdString(minimal);
    if (head == QStringLiteral("nodes:\n")) yaml.remove(0, yaml.indexOf(QStringLiteral("vip:")));
    const int lines = static_cast<int>(yaml.count(QLatin1Char('\n')));
    yaml += head;
    for (int i = 0; i < 20'000; ++i) yaml += entry.arg(i);
    const QString faults = faultsOf(yaml.toStdString());
    const QString expected = QString(fault).replace(QStringLiteral("f:7:"), QStringLiteral("f:%1:").arg(lines + 1));
    QVERIFY2(faults.contains(expected), qPrintable(faults.left(2000) + faults.right(2000)));
    QVERIFY(faults.count(QLatin1Char('\n')) <= 110);
}

void DefinitionTest::whatIsNoDefinitionIsOneFault_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("fault");
    QTest::newRow("syntax") << QByteArray("nodes: [\n") << QStringLiteral("f:2: not YAML");
    QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, ' ') << QStringLiteral("f: larger than 1 MiB\n");
    QTest::newRow("too deep") << (QByteArray("a: ") + QByteArray(20, '[')) << QStringLiteral("f:1: nested deeper");
    QTest::newRow("not UTF-8") << QByteArray("a: \xff\n") << QStringLiteral("f: not UTF-8 text\n");
}

void DefinitionTest::whatIsNoDefinitionIsOneFault()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, fault);
    const QString faults = faultsOf(yaml.toStdString());
    QVERIFY2(faults.startsWith(fault), qPrintable(faults));
    QCOMPARE(faults.count(QLatin1Char('\n')), 1);
}

void DefinitionTest::fieldsHaveLines()
{
    const DefinitionLines lines(minimal);
    QCOMPARE(lines.of("nodes"), 1);
    QCOMPARE(lines.of("nodes[1].address"), 3);
    QCOMPARE(lines.of("nodes[1].priority"), 3);
    QCOMPARE(lines.of("vip.kind"), 4);
    QCOMPARE(lines.of("timeouts.connect"), 1);
}

void DefinitionTest::backendsOfOtherMachinesAreTaken()
{
    const auto parsed =
        parseDefinition(minimal + "backends:\n- {name: a, address: 10.0.4.30}\n- {name: n1, weight: 5}\n", "f");
    QVERIFY(parsed);
    QCOMPARE(parsed->backends[0].address, std::string("10.0.4.30"));
    QCOMPARE(parsed->backends[1].address, std::string("10.0.4.20"));
    QCOMPARE(parsed->backends[1].weight, 5);
    QVERIFY(validate(*parsed).empty());
}

QTEST_GUILESS_MAIN(DefinitionTest)
#include "definitiontest.moc"
