// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/addresswatch.h"
#include "cluster/observe/gatewaycheck.h"
#include "cluster/observe/nodesenses.h"
#include "cluster/observe/trackfile.h"
#include "cluster/observe/vrrpwatch.h"
#include "support/networknamespace.h"
#include "support/verifyresult.h"
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace iam;
using namespace iam::cluster;
using test::NetworkNamespace;
using namespace std::chrono_literals;

namespace {

/// A node's network: eth0 with an address of its own, on a cable to its neighbour, who is the gateway.
struct Wire {
    bool begin()
    {
        return node.exists() && neighbour.exists() &&
               node.connectTo(neighbour, QStringLiteral("eth0"), QStringLiteral("eth0")) &&
               node.ip(QStringLiteral("addr add 10.0.4.20/24 dev eth0")) &&
               node.ip(QStringLiteral("link set eth0 up")) &&
               neighbour.ip(QStringLiteral("addr add 10.0.4.1/24 dev eth0")) &&
               neighbour.ip(QStringLiteral("link set eth0 up"));
    }

    NetworkNamespace node;
    NetworkNamespace neighbour;
};

/// A process that is ended with this.
struct Daemon {
    ~Daemon()
    {
        if (process.state() == QProcess::NotRunning) return;
        signal(SIGCONT);
        process.terminate();
        if (!process.waitForFinished(5000)) process.kill();
        process.waitForFinished(5000);
    }
    void signal(int number) const { ::kill(static_cast<pid_t>(process.processId()), number); }
    QProcess process;
};

bool writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// keepalived in a network, alone, so that it becomes master; its files in a folder.
struct Keepalived : Daemon {
    explicit Keepalived(const QString& folder)
        : m_folder(folder)
    {
    }
    ~Keepalived() { killChild(SIGCONT); }

    bool start()
    {
        const QByteArray place = m_folder.toUtf8();
        const QByteArray text =
            "global_defs {\n router_id n1\n vrrp_notify_fifo " + place +
            "/vrrp.fifo\n script_user root\n}\ntrack_file iam_agent {\n file " + place +
            "/track\n weight 0\n init_file 0\n}\nvrrp_instance VI_1 {\n state BACKUP\n interface eth0\n"
            " virtual_router_id 51\n version 3\n priority 100\n advert_int 0.1\n"
            " unicast_src_ip 10.0.4.20\n unicast_peer {\n  10.0.4.1\n }\n"
            " virtual_ipaddress {\n  10.0.4.99/24\n }\n track_file {\n  iam_agent\n }\n}\n";
        if (!writeFile(m_folder + QStringLiteral("/keepalived.conf"), text)) return false;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TMPDIR"), m_folder);
        process.setProcessEnvironment(environment);
        process.setStandardOutputFile(m_folder + QStringLiteral("/keepalived.log"), QIODevice::Append);
        process.setStandardErrorFile(m_folder + QStringLiteral("/keepalived.log"), QIODevice::Append);
        const auto file = [&](const char* name) { return m_folder + u'/' + QLatin1String(name); };
        process.start(QStringLiteral("keepalived"),
                      {QStringLiteral("-n"), QStringLiteral("-l"), QStringLiteral("-D"), QStringLiteral("-P"),
                       QStringLiteral("-f"), file("keepalived.conf"), QStringLiteral("-p"), file("parent.pid"),
                       QStringLiteral("-r"), file("vrrp.pid"), QStringLiteral("-c"), file("checker.pid")});
        return process.waitForStarted();
    }
    void killChild(int number) const
    {
        const int pid = contentOf(m_folder + QStringLiteral("/vrrp.pid")).trimmed().toInt();
        if (pid > 1) ::kill(pid, number);
    }

private:
    const QString m_folder;
};

struct Nginx : Daemon {
    bool start(const QString& folder)
    {
        const QByteArray text =
            "daemon off;\nmaster_process on;\nworker_processes 2;\npid nginx.pid;\nevents {}\nhttp {\n"
            " client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path "
            "t5;\n"
            " log_format iam_agent '$msec $upstream_addr $upstream_status $status $request_time "
            "$upstream_response_time $server_name';\n access_log off;\n"
            " upstream api { zone api 64k; server 127.0.0.1:18081; server 127.0.0.1:18082; }\n"
            " upstream broken { zone broken 64k; server 127.0.0.1:18083 max_fails=0; server 127.0.0.1:18082 "
            "max_fails=0; }\n"
            " server { listen 127.0.0.1:8079; location = /nginx_health { return 200 ok; }\n"
            "  location = /nginx_status { stub_status; } }\n"
            " server { listen 127.0.0.1:18081; location / { return 200 one; } }\n"
            " server { listen 127.0.0.1:18082; location / { return 200 two; } }\n"
            " server { listen 80; server_name iam.api.example.com;\n"
            "  access_log syslog:server=unix:" +
            folder.toUtf8() +
            "/nginx.sock,nohostname,tag=iam iam_agent;\n"
            "  location / { proxy_pass http://api; }\n  location /broken { proxy_pass http://broken; } }\n}\n";
        if (!writeFile(folder + QStringLiteral("/nginx.conf"), text)) return false;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral("nginx"),
                      {QStringLiteral("-p"), folder, QStringLiteral("-c"), folder + QStringLiteral("/nginx.conf"),
                       QStringLiteral("-e"), folder + QStringLiteral("/error.log")});
        return process.waitForStarted();
    }
};

/// So many requests, each on a connection of its own.
bool request(int times, const char* path)
{
    QProcess curl;
    QStringList arguments{QStringLiteral("-s"), QStringLiteral("-o"), QStringLiteral("/dev/null"), QStringLiteral("-H"),
                          QStringLiteral("Host: iam.api.example.com")};
    for (int i = 0; i < times; ++i) arguments << QStringLiteral("http://127.0.0.1") + QLatin1String(path);
    curl.start(QStringLiteral("curl"), arguments);
    return curl.waitForFinished(20'000) && curl.exitCode() == 0;
}

ClusterDefinition definition()
{
    ClusterDefinition made;
    made.nodes = {{"n1", "10.0.4.20", "eth0", 100}, {"n2", "10.0.4.21", "eth0", 100}};
    made.vip.address = "10.0.4.99";
    made.apiDomain = "iam.api.example.com";
    made.authzDomain = "iam.authz.example.com";
    made.backends = {{"n1", "10.0.4.20", 1}, {"n2", "10.0.4.21", 1}};
    made.database.host = "n1";
    made.database.port = 3306;
    made.probe.gateway = "10.0.4.1";
    return made;
}

/// Does the daemons' work between looks, as a loop would: waits until it holds.
#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 15'000)

} // namespace

class ObserveNetworkTest : public QObject {
    Q_OBJECT

    SystemClock m_clock;

private Q_SLOTS:
    void init()
    {
        if (!NetworkNamespace().exists()) QSKIP("only root can make networks");
    }

    void anAddressComesAndGoes()
    {
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        AddressWatch watch("10.0.4.99", "eth0", m_clock);
        QSignalSpy changed(&watch, &AddressWatch::addressChanged);
        VERIFY_OK(watch.start());
        QCOMPARE(changed.size(), 1);
        QVERIFY(!watch.word()->held());
        QCOMPARE(watch.word()->since, std::nullopt);
        WAIT_FOR(watch.word()->linkUp); // the kernel takes its time to tell of a carrier
        changed.clear();

        const SteadyTime before = m_clock.steadyNow();
        QVERIFY(wire.node.ip(QStringLiteral("addr add 10.0.4.99/24 dev eth0")));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(watch.word()->interfaces, std::vector<std::string>{"eth0"});
        QVERIFY(watch.word()->since && *watch.word()->since >= before && *watch.word()->since <= m_clock.steadyNow());

        QVERIFY(wire.node.ip(QStringLiteral("addr add 10.0.4.99/32 dev lo")));
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(watch.word()->interfaces, (std::vector<std::string>{"eth0", "lo"}));
        const auto since = watch.word()->since;

        QVERIFY(wire.node.ip(QStringLiteral("link set eth0 down")));
        WAIT_FOR(!watch.word()->linkUp);
        QVERIFY(wire.node.ip(QStringLiteral("link set eth0 up")));
        WAIT_FOR(watch.word()->linkUp);
        QCOMPARE(watch.word()->since, since);

        QVERIFY(wire.node.ip(QStringLiteral("addr del 10.0.4.99/24 dev eth0")));
        QVERIFY(wire.node.ip(QStringLiteral("addr del 10.0.4.99/32 dev lo")));
        WAIT_FOR(!watch.word()->held());
    }
    void aCutCableIsADownLink()
    {
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        AddressWatch watch("10.0.4.99", "eth0", m_clock);
        VERIFY_OK(watch.start());
        WAIT_FOR(watch.word()->linkUp);
        QVERIFY(wire.neighbour.ip(QStringLiteral("link set eth0 down")));
        WAIT_FOR(!watch.word()->linkUp);
    }
    void manyAddressesAreAllRead()
    {
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        QByteArray batch;
        for (int i = 0; i < 2000; ++i)
            batch += "addr add 10.1." + QByteArray::number(i / 250) + "." + QByteArray::number(i % 250 + 1) +
                     "/32 dev eth0\n";
        QTemporaryDir folder;
        QVERIFY(writeFile(folder.filePath(QStringLiteral("batch")), batch));
        AddressWatch watch("10.1.7.250", "eth0", m_clock);
        VERIFY_OK(watch.start());
        QVERIFY(!watch.word()->held());
        QVERIFY(wire.node.ip(QStringLiteral("-batch ") + folder.filePath(QStringLiteral("batch"))));
        WAIT_FOR(watch.word()->held());
        QVERIFY(watch.look());
    }
    void theGatewayIsPinged()
    {
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        for (const char* groups : {"1 0", "0 2147483647"}) { // a raw socket, a ping socket
            QVERIFY(writeFile(QStringLiteral("/proc/sys/net/ipv4/ping_group_range"), groups));
            GatewayCheck check("10.0.4.1", m_clock);
            QSignalSpy changed(&check, &GatewayCheck::answerChanged);
            VERIFY_OK(check.start());
            QTRY_COMPARE(changed.size(), 1);
            QVERIFY(check.word()->answers);
            QVERIFY(wire.neighbour.ip(QStringLiteral("addr del 10.0.4.1/24 dev eth0")));
            WAIT_FOR(changed.size() == 2);
            QVERIFY(!check.word()->answers);
            QVERIFY(wire.neighbour.ip(QStringLiteral("addr add 10.0.4.1/24 dev eth0")));
            WAIT_FOR(changed.size() == 3);
            QVERIFY(check.word()->answers);
        }
    }
    void noWayToTheGatewayIsNoAnswer()
    {
        const NetworkNamespace alone;
        const NetworkNamespace::Inside inside(alone);
        GatewayCheck check("10.0.4.1", m_clock);
        VERIFY_OK(check.start());
        WAIT_FOR(check.word() && !check.word()->answers);
    }

    void keepalivedIsFollowed()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("keepalived")).isEmpty()) QSKIP("no keepalived here");
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        QTemporaryDir folder;
        const std::string place = folder.path().toStdString();
        const KeepalivedPlaces places{place + "/vrrp.pid", place};
        auto watch = std::make_unique<VrrpWatch>(place + "/vrrp.fifo", "VI_1", places, "/proc", m_clock);
        VERIFY_OK(watch->start());
        QCOMPARE(watch->word()->state, std::string("UNKNOWN"));

        Keepalived keepalived(folder.path());
        QVERIFY(keepalived.start());
        WAIT_FOR(watch->word()->state == "MASTER");
        QVERIFY(watch->word()->since);
        WAIT_FOR(watch->dump() && watch->dump()->state == "MASTER" && watch->dump()->vipSet);

        // The hand: keepalived sees the file at once.
        TrackFile track(place + "/track");
        VERIFY_OK(track.write(true));
        WAIT_FOR(watch->word()->state == "FAULT");
        VERIFY_OK(track.write(false));
        WAIT_FOR(watch->word()->state == "MASTER");

        // One that begins to listen now learns it from a dump.
        watch.reset();
        watch = std::make_unique<VrrpWatch>(place + "/vrrp.fifo", "VI_1", places, "/proc", m_clock);
        VERIFY_OK(watch->start());
        QCOMPARE(watch->word()->state, std::string("UNKNOWN"));
        WAIT_FOR(watch->word()->state == "MASTER");
        QCOMPARE(watch->word()->since, std::nullopt);

        keepalived.killChild(SIGSTOP);
        WAIT_FOR(watch->word()->state == "UNKNOWN");
        keepalived.killChild(SIGCONT);
        WAIT_FOR(watch->word()->state == "MASTER");

        // The parent starts another VRRP process, which says for itself what it is.
        keepalived.killChild(SIGKILL);
        WAIT_FOR(watch->word()->state != "MASTER");
        WAIT_FOR(watch->word()->state == "MASTER");

        // Both at once: nobody says a word, and the address stays.
        keepalived.signal(SIGSTOP);
        const auto child = contentOf(folder.filePath(QStringLiteral("vrrp.pid"))).trimmed().toInt();
        keepalived.killChild(SIGKILL);
        keepalived.signal(SIGKILL);
        WAIT_FOR(watch->word()->state == "STOP");
        QCOMPARE(watch->word()->reason, std::string("keepalived is not running"));
        QVERIFY(keepalived.process.state() == QProcess::NotRunning || keepalived.process.waitForFinished());

        // It takes a dead process that nobody has waited for yet for a running one.
        WAIT_FOR(::kill(child, 0) != 0);
        Keepalived again(folder.path());
        QVERIFY(again.start());
        WAIT_FOR(watch->word()->state == "MASTER");
        again.process.terminate();
        WAIT_FOR(watch->word()->state == "STOP");
        WAIT_FOR(again.process.state() == QProcess::NotRunning);
        watch->look();
        QCOMPARE(watch->word()->state, std::string("STOP"));
    }

    void aWholeNodeIsSeen()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("keepalived")).isEmpty()) QSKIP("no keepalived here");
        if (QStandardPaths::findExecutable(QStringLiteral("nginx")).isEmpty()) QSKIP("no nginx here");
        Wire wire;
        QVERIFY(wire.begin());
        const NetworkNamespace::Inside inside(wire.node);
        QVERIFY(writeFile(QStringLiteral("/proc/sys/net/unix/max_dgram_qlen"), "512"));
        QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions(0x7755))); // nginx' workers are another user
        const std::string place = folder.path().toStdString();
        NodeSensesConfig config;
        config.runDirectory = place;
        config.keepalived = {place + "/vrrp.pid", place};
        auto senses = std::make_unique<NodeSenses>(definition(), "n1", config, m_clock);
        QSignalSpy observed(senses.get(), &NodeSenses::observed);
        QSignalSpy noticed(senses.get(), &NodeSenses::noticed);
        VERIFY_OK(senses->start());
        const auto says = [&](Fact fact) {
            for (const Observation& observation : senses->observations())
                if (observation.fact == fact) return observation.says;
            return std::string();
        };
        QCOMPARE(says(Fact::Address), std::string("absent"));
        QCOMPARE(says(Fact::Agent), std::string("started"));
        WAIT_FOR(says(Fact::Nginx) == "silent");
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("track"))), QByteArray("1\n"));

        Nginx nginx;
        QVERIFY(nginx.start(folder.path()));
        WAIT_FOR(says(Fact::Nginx) == "answers");
        WAIT_FOR(contentOf(folder.filePath(QStringLiteral("track"))) == "0\n");
        Keepalived keepalived(folder.path());
        QVERIFY(keepalived.start());
        WAIT_FOR(says(Fact::Vrrp) == "MASTER" && says(Fact::Address) == "held");
        WAIT_FOR(says(Fact::Gateway) == "reachable");

        // What nginx logged is what is counted.
        QVERIFY(request(200, "/"));
        const auto shares = [&](const char* backend) {
            for (const auto& share : senses->node().upstreams)
                if (share.domain == "iam.api.example.com" && share.backend == backend) return share.requests;
            return std::uint64_t{0};
        };
        // Both upstreams are on this machine's own address here.
        WAIT_FOR(shares("n1") == 200);
        QVERIFY(request(10, "/broken"));
        WAIT_FOR(shares("n1") == 210);
        WAIT_FOR(senses->node().nginx.requestsPerSecond.has_value());
        QCOMPARE(senses->node().vrrp.state, std::string("MASTER"));
        QVERIFY(senses->node().vrrp.since);
        QCOMPARE(senses->lostLogLines(), 0U);
        WAIT_FOR(senses->services().size() == 2 && senses->services()[0].healthy == std::optional(false));

        // A stopped nginx, whose connections the kernel still takes, loses the address to nobody in particular.
        const auto workers = contentOf(folder.filePath(QStringLiteral("nginx.pid"))).trimmed();
        QProcess children;
        children.start(QStringLiteral("pgrep"), {QStringLiteral("-P"), QString::fromUtf8(workers)});
        QVERIFY(children.waitForFinished());
        const auto pids = children.readAllStandardOutput().split('\n');
        for (const QByteArray& pid : pids)
            if (pid.toInt() > 1) ::kill(pid.toInt(), SIGSTOP);
        const SteadyTime stoppedAt = m_clock.steadyNow();
        WAIT_FOR(says(Fact::Address) == "absent");
        qInfo("from a stopped nginx to an address given up: %lld ms",
              static_cast<long long>((m_clock.steadyNow() - stoppedAt) / 1ms));
        QCOMPARE(says(Fact::Vrrp), std::string("FAULT"));
        QVERIFY(senses->surrenderReason().starts_with("nginx does not answer"));
        for (const QByteArray& pid : pids)
            if (pid.toInt() > 1) ::kill(pid.toInt(), SIGCONT);
        WAIT_FOR(says(Fact::Address) == "held");

        // No gateway: given up as well.
        QVERIFY(wire.neighbour.ip(QStringLiteral("addr del 10.0.4.1/24 dev eth0")));
        WAIT_FOR(says(Fact::Gateway) == "unreachable" && says(Fact::Address) == "absent");
        QVERIFY(noticed.size() >= 2);
        // An agent that goes leaves the judgement to keepalived's own script.
        senses.reset();
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("track"))), QByteArray("0\n"));
        // In order of time, and none of them twice.
        std::map<Fact, std::string> last;
        for (const auto& arguments : observed) {
            const auto observation = arguments[0].value<Observation>();
            QVERIFY2(last[observation.fact] != observation.says, observation.says.c_str());
            last[observation.fact] = observation.says;
        }
    }
    void anUnknownNodeIsRefused()
    {
        NodeSenses senses(definition(), "n3", {}, m_clock);
        QVERIFY(!senses.start());
    }
    void whoIsToldMayDestroyThem()
    {
        const NetworkNamespace alone;
        const NetworkNamespace::Inside inside(alone);
        for (int after = 1; after <= 4; ++after) {
            QTemporaryDir folder;
            NodeSensesConfig config;
            config.runDirectory = folder.path().toStdString();
            config.keepalived = {config.runDirectory + "/vrrp.pid", config.runDirectory};
            auto senses = std::make_unique<NodeSenses>(definition(), "n1", config, m_clock);
            int told = 0;
            connect(senses.get(), &NodeSenses::observed, this, [&] {
                if (++told == after) senses.reset();
            });
            static_cast<void>(senses->start());
            WAIT_FOR(!senses);
        }
    }
};

QTEST_GUILESS_MAIN(ObserveNetworkTest)
#include "networktest.moc"
