// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/serverconfig.h"
#include "node/importconfig.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::node;

namespace {

const Environment home{{"HOME", "/home/x"}};

std::string textOf(const std::vector<FieldFault>& faults)
{
    std::string text;
    for (const FieldFault& fault : faults) text += fault.field + ": " + fault.message + '\n';
    return text;
}

template <class T>
std::string faultsOf(const Result<T>& result)
{
    return result ? std::string() : textOf(result.error().faults);
}

bool contains(const std::vector<http::Network>& networks, std::string_view address)
{
    return http::containsAddress(networks, http::Address::parse(address));
}

} // namespace

class ServerConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

    std::string write(const QByteArray& yaml)
    {
        QFile file(m_directory.filePath(QStringLiteral("iam.yaml")));
        if (!file.open(QIODevice::WriteOnly) || file.write(yaml) != yaml.size()) qFatal("cannot write the test's file");
        return file.fileName().toStdString();
    }
    Result<ServerConfig> read(const QByteArray& yaml, std::vector<std::string> settings = {})
    {
        return readServerConfig({write(yaml), "/data", std::move(settings)}, home);
    }

private Q_SLOTS:
    void theDefaultsNeedNoFile()
    {
        const auto config = readServerConfig({}, home);
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->runApiServer && config->runAuthzServer);
        QCOMPARE(config->dataDir, std::string("/home/x/.local/share/iam-server"));
        QCOMPARE(config->store.sqlitePath, std::string("/home/x/.local/share/iam-server/iam.db"));
        QCOMPARE(config->apiServer.insecure.bindAddress, std::string("127.0.0.1"));
        QCOMPARE(config->apiServer.insecure.bindPort, std::uint16_t(8080));
        QCOMPARE(config->authzServer.insecure.bindPort, std::uint16_t(9090));
        QVERIFY(!config->apiServer.secure.enabled() && !config->authzServer.secure.enabled());
        QVERIFY(!config->apiServer.openRegistration);
        QVERIFY(config->authzServer.requireExp && config->authzServer.checkAudience);
        QCOMPARE(config->authzServer.tokenCache, 4096);
        QVERIFY(!config->jwt.key && !config->adminPassword);
        QVERIFY(contains(config->server.trustedProxies, "127.8.9.1"));
        QVERIFY(contains(config->server.trustedProxies, "::1"));
        QVERIFY(!contains(config->server.trustedProxies, "10.0.0.1"));
        QVERIFY(!config->server.nodeName.empty());
        QVERIFY(config->server.corsOrigins.empty() && config->metrics.allow.empty());
    }
    void theDataDirectoryIsFoundInOrder()
    {
        QCOMPARE(defaultDataDir({{"STATE_DIRECTORY", "/var/lib/iam:/x"}, {"XDG_DATA_HOME", "/d"}, {"HOME", "/h"}}),
                 std::string("/var/lib/iam"));
        QCOMPARE(defaultDataDir({{"XDG_DATA_HOME", "/d"}, {"HOME", "/h"}}), std::string("/d/iam-server"));
        QCOMPARE(defaultDataDir({{"XDG_DATA_HOME", "relative"}, {"HOME", "/h"}}),
                 std::string("/h/.local/share/iam-server"));
        QCOMPARE(defaultDataDir({}), std::string());
        const auto config = readServerConfig({}, {});
        QVERIFY(faultsOf(config).starts_with("--data-dir: "));
    }
    void theDatabaseIsRelativeToTheData()
    {
        const auto path = [&](const std::string& setting) {
            return read("", {"store.sqlite.path=" + setting})->store.sqlitePath;
        };
        QCOMPARE(path("x/y.db"), std::string("/data/x/y.db"));
        QCOMPARE(path("/elsewhere/y.db"), std::string("/elsewhere/y.db"));
        QCOMPARE(path(""), std::string("/data/iam.db"));
    }
    void aDatabaseServerIsPlaced_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("place"); // host, port, socket
        QTest::newRow("default") << QByteArray("") << QByteArray("127.0.0.1 3306 ");
        QTest::newRow("both") << QByteArray("db.example:3307") << QByteArray("db.example 3307 ");
        QTest::newRow("host") << QByteArray("db") << QByteArray("db 3306 ");
        QTest::newRow("IPv6") << QByteArray("[fd00::1]:33") << QByteArray("fd00::1 33 ");
        QTest::newRow("IPv6 alone") << QByteArray("[::1]") << QByteArray("::1 3306 ");
        QTest::newRow("socket") << QByteArray("/run/mysqld/s") << QByteArray("127.0.0.1 3306 /run/mysqld/s");
        for (const char* wrong : {":3306", "db:", "db:0", "db:65536", "::1", "[::1", "[::1]x", "u@db", "db/x", "/a;b"})
            QTest::newRow(wrong) << QByteArray(wrong) << QByteArray();
    }
    void aDatabaseServerIsPlaced()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, place);
        const auto config = read(
            "", {"store.driver=mysql", "mysql.username=u", "mysql.database=d", "mysql.host=" + host.toStdString()});
        if (place.isEmpty()) {
            QVERIFY2(faultsOf(config).starts_with("--set: mysql.host: must be "), faultsOf(config).c_str());
            return;
        }
        QVERIFY2(config, faultsOf(config).c_str());
        const auto& taken = config->store.mariaDb;
        QCOMPARE(taken.host + " " + std::to_string(taken.port) + " " + taken.socket, place.toStdString());
        QVERIFY(config->store.driver == StoreConfig::Driver::MySql && !config->store.mariaDbIsUnused);
    }
    void aDatabaseServerThatIsNotUsedIsTold()
    {
        QVERIFY(!read("")->store.mariaDbIsUnused);
        QVERIFY(read("mysql: {password: x}")->store.mariaDbIsUnused);
    }
    void everyOptionIsTaken()
    {
        const auto config = read(R"(roles: [apiserver]
apiserver:
  open-registration: true
  insecure: {bind-address: "::1", bind-port: 0}
  secure: {bind-address: 10.0.4.20, bind-port: 443, tls: {cert-key: {cert-file: /c.pem, private-key-file: /k.pem}}}
authz-server: {require-exp: false, check-audience: false, max-staleness: 30s, token-cache: 0}
store: {driver: sqlite, sqlite: {path: /s.db}}
mysql: {username: iam, password: PLANTED, database: ours, max-idle-connections: 3, max-open-connections: 5,
        max-connection-life-time: 1m, log-level: 4, ssl-ca: /ca, ssl-cert: /cert, ssl-key: /key}
jwt: {key: 0123456789, timeout: 24h, max-refresh: 48h, realm: JWT}
log: {level: debug, format: json, output-paths: [stderr, /var/log/iam.log]}
records: {retention-days: 7, max-size: 2GiB, durability: sync, on-full: refuse}
secrets: {max-per-user: 3, reveal: always}
server: {trusted-proxies: [10.0.4.20, 10.0.4.21], node-name: node-20, io-threads: 3, drain-timeout: 5s, cors-origins: ["https://a.example"]}
limits: {max-header-bytes: 8KiB, max-body-bytes: 1MiB, max-total-body-bytes: 32MiB, header-timeout: 3s, idle-timeout: 4s,
  write-timeout: 5s, min-body-rate: 2KiB, body-grace: 6s, max-connections: 11, max-pending-per-address: 12,
  max-pipelined: 13, max-waiting-requests: 14, max-waiting-logins: 15, max-waiting-decisions: 16}
auth: {max-failures-per-account: 1, max-failures-per-address: 2, failure-window: 3m, hash-threads: 4, hash-queue: 5,
  password: {blocklist-file: /list, min-score: 3}}
metrics: {allow: [10.0.0.0/8]}
)");
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->runApiServer && !config->runAuthzServer);
        QVERIFY(config->apiServer.openRegistration && config->apiServer.secure.enabled());
        QCOMPARE(config->apiServer.insecure.bindAddress, std::string("::1"));
        QCOMPARE(config->apiServer.insecure.bindPort, std::uint16_t(0));
        QCOMPARE(config->apiServer.secure.bindAddress, std::string("10.0.4.20"));
        QCOMPARE(config->apiServer.secure.bindPort, std::uint16_t(443));
        QCOMPARE(config->apiServer.secure.certFile, std::string("/c.pem"));
        QCOMPARE(config->apiServer.secure.privateKeyFile, std::string("/k.pem"));
        QVERIFY(!config->authzServer.requireExp && !config->authzServer.checkAudience);
        QCOMPARE(config->authzServer.tokenCache, 0);
        QVERIFY(config->authzServer.maxStaleness == 30s);
        QCOMPARE(config->store.sqlitePath, std::string("/s.db"));
        const auto& mariaDb = config->store.mariaDb;
        QCOMPARE(mariaDb.username + " " + mariaDb.password.reveal() + " " + mariaDb.database,
                 std::string("iam PLANTED ours"));
        QVERIFY(mariaDb.maxIdleConnections == 3 && mariaDb.maxOpenConnections == 5);
        QVERIFY(mariaDb.maxConnectionLifetime == 1min && mariaDb.log == store::sql::MariaDbConfig::Log::Everything);
        QCOMPARE(mariaDb.sslCa + mariaDb.sslCert + mariaDb.sslKey, std::string("/ca/cert/key"));
        QCOMPARE(config->jwt.key->reveal(), std::string("0123456789"));
        QVERIFY(config->jwt.timeout == 24h && config->jwt.maxRefresh == 48h);
        QCOMPARE(config->jwt.realm, std::string("JWT"));
        QCOMPARE(config->log.level, std::string("debug"));
        QCOMPARE(config->log.format, std::string("json"));
        QCOMPARE(config->log.outputPaths, (std::vector<std::string>{"stderr", "/var/log/iam.log"}));
        QVERIFY(config->records.retention == std::chrono::days(7));
        QCOMPARE(config->records.maxSize, std::uint64_t(2) << 30);
        QVERIFY(config->records.durability == RecordsConfig::Durability::Sync);
        QVERIFY(config->records.onFull == RecordsConfig::OnFull::Refuse);
        QCOMPARE(config->secrets.maxPerUser, 3);
        QVERIFY(config->secrets.reveal == SecretsConfig::Reveal::Always);
        QVERIFY(contains(config->server.trustedProxies, "10.0.4.21"));
        QVERIFY(!contains(config->server.trustedProxies, "127.0.0.1")); // a given list replaces the default
        QCOMPARE(config->server.nodeName, std::string("node-20"));
        QCOMPARE(config->server.ioThreads, 3U);
        QVERIFY(config->server.drainTimeout == 5s);
        QCOMPARE(config->server.corsOrigins, std::vector<std::string>{"https://a.example"});
        const http::Limits& limits = config->limits;
        QVERIFY(limits.header == 8192 && limits.body == 1 << 20 && limits.allBodies == 32 << 20);
        QVERIFY(limits.headerTime == 3s && limits.idleTime == 4s && limits.writeStall == 5s && limits.bodyGrace == 6s);
        QVERIFY(limits.bodyRate == 2048 && limits.connections == 11 && limits.silentPerAddress == 12);
        QVERIFY(limits.pipeline == 13 && limits.normalInFlight == 14 && limits.loginInFlight == 15);
        QCOMPARE(limits.decisionInFlight, std::size_t(16));
        QVERIFY(config->auth.maxFailuresPerAccount == 1 && config->auth.maxFailuresPerAddress == 2);
        QVERIFY(config->auth.failureWindow == 3min && config->auth.hashThreads == 4 && config->auth.hashQueue == 5);
        QCOMPARE(config->auth.password.blocklistFile, std::string("/list"));
        QCOMPARE(config->auth.password.minScore, 3);
        QVERIFY(contains(config->metrics.allow, "10.1.2.3"));
    }
    void theEnvironmentAndSettingsStandAboveTheFile()
    {
        const Environment environment{{"HOME", "/h"},
                                      {"IAM_JWT_KEY", "from-environment"},
                                      {"IAM_AUTHZ_SERVER_INSECURE_BIND_PORT", "1234"},
                                      {"IAM_ADMIN_PASSWORD", "Admin@2021"},
                                      {"IAM_SOMETHING_ELSE", "ignored"}};
        const auto config = readServerConfig(
            {write("jwt: {key: from-the-file}\nlog: {level: warn}\n"), "/data", {"log.level=debug"}}, environment);
        QVERIFY2(config, faultsOf(config).c_str());
        QCOMPARE(config->jwt.key->reveal(), std::string("from-environment"));
        QCOMPARE(config->authzServer.insecure.bindPort, std::uint16_t(1234));
        QCOMPARE(config->log.level, std::string("debug"));
        QCOMPARE(config->adminPassword->reveal(), std::string("Admin@2021"));
    }
    void listsMayStandInBrackets_data()
    {
        QTest::addColumn<QString>("list");
        for (const char* list : {"[10.1.0.0/16, 10.2.0.1]", "10.1.0.0/16,10.2.0.1", " 10.1.0.0/16 , 10.2.0.1 ",
                                 "[10.1.0.0/16,10.2.0.1]", "[ 10.1.0.0/16 , 10.2.0.1 ]"})
            QTest::newRow(list) << QString::fromLatin1(list);
    }
    void listsMayStandInBrackets()
    {
        QFETCH(QString, list);
        const auto set = read("", {"metrics.allow=" + list.toStdString()});
        const auto inEnvironment = readServerConfig({write(""), "/data", {}},
                                                    {{"HOME", "/home/x"}, {"IAM_METRICS_ALLOW", list.toStdString()}});
        for (const auto* config : {&set, &inEnvironment}) {
            QVERIFY2(*config, faultsOf(*config).c_str());
            QCOMPARE((*config)->metrics.allow.size(), std::size_t{2});
            QVERIFY(contains((*config)->metrics.allow, "10.1.255.1"));
            QVERIFY(contains((*config)->metrics.allow, "10.2.0.1"));
        }
    }
    void bracketsOfListsBelongTogether()
    {
        QVERIFY(read("", {"metrics.allow=[]"})->metrics.allow.empty());
        for (const char* wrong : {"[10.2.0.1", "10.2.0.1]", "[[10.2.0.1]]", "[10.2.0.1,]"})
            QVERIFY2(faultsOf(read("", {std::string("metrics.allow=") + wrong})).find("metrics.allow") !=
                         std::string::npos,
                     wrong);
    }
    void anAgentKnowsItsPlace()
    {
        const auto config = read("roles: [agent]\n"
                                 "cluster: {definition: /etc/iam-server/cluster.yaml, node: n1}\n"
                                 "agent: {bind-address: 10.0.4.20, bind-port: 7071, run-directory: /run/a,\n"
                                 "        journal-retention: 48h, journal-max-size: 10MiB,\n"
                                 "        keepalived: {vrrp-pid-file: /v, dump-directory: /d}}\n");
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->runAgent && !config->serves());
        const cluster::AgentConfig& agent = config->cluster.agent;
        QCOMPARE(agent.definitionFile, std::string("/etc/iam-server/cluster.yaml"));
        QCOMPARE(agent.node, std::string("n1"));
        QCOMPARE(agent.bindAddress, std::string("10.0.4.20"));
        QCOMPARE(agent.bindPort, std::optional(std::uint16_t{7071}));
        QCOMPARE(agent.senses.runDirectory, std::string("/run/a"));
        QCOMPARE(agent.senses.keepalived.vrrpPidFile, std::string("/v"));
        QCOMPARE(agent.journalRetention, std::chrono::milliseconds(48h));
        QCOMPARE(agent.journalMaxSize, std::uint64_t{10} << 20);
        QCOMPARE(config->cluster.key.keyFile, std::string("/data/cluster.key"));
        QVERIFY(!config->cluster.feed.enabled());
        const std::string faults = faultsOf(read("roles: [agent]"));
        QVERIFY(faults.find("cluster.definition: is needed by the role agent") != std::string::npos);
        QVERIFY(faults.find("cluster.node: is needed by the role agent") != std::string::npos);
    }
    void aServerKnowsItsAgent()
    {
        const auto config = read("cluster: {agent-url: \"http://127.0.0.1:7071\", key-file: /etc/iam/cluster.key}");
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->serves() && !config->runAgent);
        QCOMPARE(config->cluster.feed.address, std::string("127.0.0.1"));
        QCOMPARE(config->cluster.feed.port, std::uint16_t{7071});
        QCOMPARE(config->cluster.key.keyFile, std::string("/etc/iam/cluster.key"));
        QVERIFY(faultsOf(read("", {"cluster.key=01234567890123456789012345678901"})).find("is a secret") !=
                std::string::npos);
    }
    void faultsNameTheirLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* yaml, const char* expected) {
            QTest::newRow(yaml) << QByteArray(yaml) << QByteArray(expected);
        };
        row("pump: {sinks: [{type: fax}]}",
            ":1: pump.sinks[0].type: must be one of csv, dummy, mongo, prometheus, sql, "
            "syslog, not \"fax\"\n");
        row("pump: {sinks: [{type: dummy, name: a b}]}",
            ":1: pump.sinks[0].name: must be letters, digits, - and _, at most 64 of them\n");
        row("pump:\n  sinks: [{type: dummy}, {type: dummy}]",
            ":2: pump.sinks[1].type: another sink is called \"dummy\"; give this one a name of its own\n");
        row("pump:\n  sinks: [{type: prometheus}, {type: prometheus, name: p2}]",
            ":2: pump.sinks[1].type: one sink counts for /metrics already\n");
        row("pump: {sinks: [{type: dummy, mask: [action]}]}",
            ":1: pump.sinks[0].mask: \"action\" must be owner, subject, resource, requestId, context or context.KEY\n");
        row("pumps: {csv: {type: csv}}", ":1: pumps: belongs to a file of the system this one replaces; iam-server "
                                         "import-config converts such a file\n");
        row("analytics: {enable: false}", ":1: analytics.enable: belongs to a file of the system this one replaces; "
                                          "iam-server import-config converts such a file\n");
        row("roles: []", ":1: roles: names no role; there are apiserver, authz-server, agent, pump and watcher\n");
        row("roles: [king]",
            ":1: roles: \"king\" is no role; there are apiserver, authz-server, agent, pump and watcher\n");
        for (const char* url : {"https://127.0.0.1:7071", "http://n1:7071", "http://127.0.0.1", "http://127.0.0.1:0",
                                "http://127.0.0.1:7071/x", "http://[::1]:7071"})
            row(("cluster: {agent-url: \"" + std::string(url) + "\"}").c_str(),
                ":1: cluster.agent-url: must be an address and a port such as http://127.0.0.1:7071\n");
        row("\nstore: {driver: oracle}", ":2: store.driver: must be one of sqlite, mysql, not \"oracle\"\n");
        row("store: {shared-with-legacy: true}", ":1: store.shared-with-legacy: needs store.driver: mysql\n");
        row("store: {driver: mysql}\nmysql: {username: u}", ":1: store.driver: mysql needs mysql.database\n");
        row("mysql: {host: \"a:b\"}",
            ":1: mysql.host: must be HOST:PORT, HOST, [IPV6]:PORT or the path of a socket, not \"a:b\"\n");
        row("mysql: {hots: x}", ":1: mysql.hots: unknown key; did you mean mysql.host?\n");
        row("mysql: {ssl-cert: /c}", ":1: mysql.ssl-cert: needs ssl-key beside it\n");
        row("mysql: {ssl-cert: /c, ssl-key: /k}",
            ":1: mysql.ssl-cert: needs ssl-ca beside it: without it a server without TLS would be taken too\n");
        row("mysql: {ssl-ca: \"/a;UNIX_SOCKET=/b\"}", ":1: mysql.ssl-ca: must not hold a semicolon\n");
        row("redis: {port: 1}", ":1: redis.port: needs redis.host beside it; without it there is no Redis\n");
        row("redis: {host: x, use-ssl: true}",
            ":1: redis.use-ssl: the server speaks to Redis without TLS: let stunnel on this machine carry it, and "
            "name stunnel's address in redis.host and redis.port\n");
        row("redis: {host: x, master-name: m}", ":1: redis.master-name: the server does not ask Sentinel: name the "
                                                "one Redis in redis.host and redis.port\n");
        row("redis: {host: x, enable-cluster: true}", ":1: redis.enable-cluster: the server does not use Redis "
                                                      "Cluster: name one Redis in redis.host and redis.port\n");
        row("redis: {addrs: [a:1, b:1]}", ":1: redis.addrs: names several: the server uses one Redis\n");
        row("redis: {addrs: [\"a:b\"]}", ":1: redis.addrs: must be an address such as 10.0.4.20:6379\n");
        row("jwt: {key: \"\"}", ":1: jwt.key: must not be empty; leave it out to have one made\n");
        row("insecure: {bind-port: 1}", ":1: insecure: belongs to a file of the system this one replaces; "
                                        "iam-server import-config converts such a file\n");
        row("apiserver: {secure: {bind-port: 1}}",
            ":1: apiserver.secure.bind-port: needs secure.tls.cert-key.cert-file and private-key-file; without them "
            "nothing listens with TLS\n");
        row("apiserver: {secure: {tls: {cert-key: {cert-file: /x}}}}",
            ":1: apiserver.secure.tls.cert-key.cert-file: needs private-key-file beside it\n");
        row("log: {output-paths: [stdout]}",
            ":1: log.output-paths: stdout carries the ready line only; use stderr or a file\n");
        row("authz-server:\n  insecure:\n    bind-port: 8080\n",
            ":3: authz-server.insecure.bind-port: is the same as apiserver.insecure.bind-port on the same address\n");
        row("limits: {max-total-body-bytes: 1MiB}", ":1: limits.max-total-body-bytes: is smaller than "
                                                    "limits.max-body-bytes: no such body could come in\n");
        row("server: {cors-origins: [\"*\"]}",
            ":1: server.cors-origins: \"*\" must be an origin such as https://console.example.com\n");
        row("server: {trusted-proxies: [proxy.example]}", ":1: server.trusted-proxies: \"proxy.example\" must be an "
                                                          "address or a block of addresses such as 10.0.4.0/24\n");
        row("jwt: {tiemout: 1h}", ":1: jwt.tiemout: unknown key; did you mean jwt.timeout?\n");
        row("jwt: 5", ":1: jwt: is a section; its keys stand below it\n");
        row("apiserver: {insecure: {bind-address: localhost}}", ":1: apiserver.insecure.bind-address: must be an IPv4 "
                                                                "or IPv6 address such as 127.0.0.1 or ::1, not "
                                                                "\"localhost\"\n");
    }
    void faultsNameTheirLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, expected);
        const auto config = read(yaml);
        QCOMPARE(faultsOf(config),
                 m_directory.filePath(QStringLiteral("iam.yaml")).toStdString() + expected.toStdString());
    }
    void missingCertificatesAreFound()
    {
        const std::string there = write("x");
        const auto config = read("", {"apiserver.secure.tls.cert-key.cert-file=" + there,
                                      "apiserver.secure.tls.cert-key.private-key-file=/no/such.key"});
        QVERIFY2(config, faultsOf(config).c_str());
        QCOMPARE(textOf(checkFiles(*config)),
                 std::string("apiserver.secure.tls.cert-key.private-key-file: /no/such.key: "
                             "No such file or directory\n"));
    }
    void aMissingListOfPasswordsIsFound()
    {
        const auto config = read("auth: {password: {blocklist-file: /no/such.list}}");
        QVERIFY2(config, faultsOf(config).c_str());
        QCOMPARE(textOf(checkFiles(*config)),
                 std::string("auth.password.blocklist-file: /no/such.list: No such file or directory\n"));
        QVERIFY(!read("auth: {password: {min-score: 5}}"));
    }
    void anOldApiServerFileIsCarriedOver()
    {
        const auto ours = importConfig(R"(
server: {mode: debug, healthz: true, middlewares: "recovery,cors", max-ping-count: 3}
grpc: {bind-address: 0.0.0.0, bind-port: 8081}
insecure: {bind-address: 0.0.0.0, bind-port: 18080}
secure:
  bind-address: 10.0.4.20
  bind-port: 18443
  tls: {cert-key: {cert-file: /etc/iam/cert/iam-apiserver.pem, private-key-file: /etc/iam/cert/iam-apiserver-key.pem}}
mysql: {host: "127.0.0.1:3316", username: iam, password: 'p: "1"', database: iam, max-open-connections: 50,
        max-connection-life-time: 10000000000, log-level: 4, log-mode: 2}
redis: {port: 6380, password: hush, database: 1, optimisation-max-idle: 100}
jwt: {realm: JWT, key: 'back\slash "quoted"', timeout: 24h, max-refresh: 86400000000000}
log: {name: apiserver, level: dpanic, format: json, output-paths: [/var/log/iam.log, stdout], development: true}
feature: {enable-metrics: true, profiling: true}
)",
                                       "iam-apiserver.yaml", ImportRole::ApiServer);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, (faultsOf(config) + *ours).c_str());
        QVERIFY(config->runApiServer && !config->runAuthzServer);
        QCOMPARE(config->apiServer.insecure.bindAddress, std::string("0.0.0.0"));
        QCOMPARE(config->apiServer.insecure.bindPort, std::uint16_t(18080));
        QCOMPARE(config->apiServer.secure.bindAddress, std::string("10.0.4.20"));
        QCOMPARE(config->apiServer.secure.bindPort, std::uint16_t(18443));
        QCOMPARE(config->apiServer.secure.certFile, std::string("/etc/iam/cert/iam-apiserver.pem"));
        QCOMPARE(config->apiServer.secure.privateKeyFile, std::string("/etc/iam/cert/iam-apiserver-key.pem"));
        QCOMPARE(config->jwt.realm, std::string("JWT"));
        QCOMPARE(config->jwt.key->reveal(), std::string("back\\slash \"quoted\""));
        QVERIFY(config->jwt.timeout == 24h && config->jwt.maxRefresh == 24h);
        QCOMPARE(config->log.level, std::string("error"));
        QCOMPARE(config->log.format, std::string("json"));
        QCOMPARE(config->log.outputPaths, (std::vector<std::string>{"/var/log/iam.log", "stderr"}));
        QCOMPARE(config->redis.address(), std::string("127.0.0.1:6380"));
        QCOMPARE(config->redis.password.reveal(), std::string("hush"));
        QCOMPARE(config->redis.database, 1);
        QVERIFY(config->store.driver == StoreConfig::Driver::MySql);
        QCOMPARE(config->store.mariaDb.port, std::uint16_t(3316));
        QCOMPARE(config->store.mariaDb.password.reveal(), std::string("p: \"1\""));
        QVERIFY(config->store.mariaDb.maxOpenConnections == 50 && config->store.mariaDb.maxConnectionLifetime == 10s);
        QVERIFY(ours->find("PLANTED") == std::string::npos);
        for (const char* commented :
             {"server.mode (line 2)", "server.healthz (line 2)", "server.middlewares", "server.max-ping-count",
              "grpc.bind-address (line 3)", "grpc.bind-port", "mysql.database (line 9)", "mysql.log-mode",
              "redis.optimisation-max-idle", "log.name", "log.level", "log.output-paths", "log.development",
              "feature.enable-metrics", "feature.profiling"})
            QVERIFY2(ours->find(std::string("#   ") + commented) != std::string::npos, commented);
    }
    void whatSinksLackIsSaid()
    {
        QCOMPARE(faultsOf(read("roles: [pump]")),
                 std::string("configuration: pump.sinks: is needed by the role pump: a list of where decision records "
                             "go\n"));
        QCOMPARE(faultsOf(read("pump: {sinks: [{name: a}]}")),
                 std::string("configuration: pump.sinks[0].type: says what kind of sink this is, and is missing\n"));
        const std::string faults = faultsOf(read("pump: {sinks: [{type: csv, meta: {\n csv_dri: /x}}]}"));
        QVERIFY2(faults.find("pump.sinks[0].meta.csv_dir: names the folder and is missing\n") != std::string::npos,
                 faults.c_str());
        QVERIFY2(faults.find("iam.yaml:2: pump.sinks[0].meta.csv_dri: unknown key; did you mean csv_dir?\n") !=
                     std::string::npos,
                 faults.c_str());
    }
    void sinksAreRead()
    {
        const auto config = read("roles: [pump]\n"
                                 "pump:\n"
                                 "  bind-port: 7171\n"
                                 "  dead-letters: {max-size: 1MiB, max-files: 3}\n"
                                 "  sinks:\n"
                                 "    - type: csv\n"
                                 "      meta: {csv_dir: /srv/csv}\n"
                                 "    - name: second\n"
                                 "      type: csv\n"
                                 "      timeout: 7s\n"
                                 "      omit-detailed-recording: true\n"
                                 "      filters: {usernames: [colin], skip_usernames: [ruth, peter]}\n"
                                 "      mask: [subject, context.remoteIP]\n"
                                 "      mask-with: stars\n"
                                 "      meta: {csv_dir: /srv/other, identity_columns: true}\n");
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->runPump && !config->serves());
        QCOMPARE(config->pump.bindPort, std::uint16_t{7171});
        QCOMPARE(config->pump.deadLetterSize, std::uint64_t{1} << 20);
        QCOMPARE(config->pump.deadLetterFiles, 3);
        QCOMPARE(config->pump.sinks.size(), std::size_t{2});
        const records::SinkConfig& first = config->pump.sinks[0];
        QCOMPARE(first.name, std::string("csv"));
        QVERIFY(first.timeout == 5s && first.maskWith == records::SinkConfig::Mask::Hash && first.maskFields.empty());
        QCOMPARE(first.meta.at("csv_dir").scalar, std::string("/srv/csv"));
        const records::SinkConfig& second = config->pump.sinks[1];
        QCOMPARE(second.name, std::string("second"));
        QVERIFY(second.timeout == 7s && second.omitDetailedRecording);
        QVERIFY((second.usernames == std::vector<std::string>{"colin"}));
        QVERIFY((second.skipUsernames == std::vector<std::string>{"ruth", "peter"}));
        QVERIFY((second.maskFields == std::vector<std::string>{"subject", "context.remoteIP"}));
        QVERIFY(second.maskWith == records::SinkConfig::Mask::Stars);
        QCOMPARE(second.meta.size(), std::size_t{2});
    }
    void anOldAuthzServerFileKeepsItsOldDefaults()
    {
        const auto ours =
            importConfig("rpcserver: 127.0.0.1:8081\nclient-ca-file: /ca.pem\nanalytics: {enable: true}\n", "old",
                         ImportRole::AuthzServer);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, (faultsOf(config) + *ours).c_str());
        QVERIFY(!config->runApiServer && config->runAuthzServer);
        QCOMPARE(config->authzServer.insecure.bindPort, std::uint16_t(8080)); // the old code's default, not ours
        QVERIFY(!config->authzServer.secure.enabled());
        for (const char* commented :
             {"rpcserver (line 1)", "client-ca-file (line 2)", "analytics.enable (line 3)", "secure:"})
            QVERIFY2(ours->find(std::string("#   ") + commented) != std::string::npos, commented);
    }
    void anOldWatcherFileKeepsItsOldDefaults()
    {
        const auto ours = importConfig("health-check-path: healthz\nhealth-check-address: 0.0.0.0:5051\nmysql: {host: "
                                       "db, username: u, database: iam}\n"
                                       "redis: {host: r, database: 1}\nwatcher: {clean: {max-reserve-days: 90}, task: "
                                       "{max-inactive-days: 180}, counter: {max-reserve-days: 1}}\n",
                                       "old", ImportRole::Watcher);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, (faultsOf(config) + *ours).c_str());
        QVERIFY(config->runWatcher && !config->serves());
        QCOMPARE(config->watcher.bindAddress, std::string("0.0.0.0"));
        QCOMPARE(config->watcher.bindPort, std::uint16_t(5051));
        QCOMPARE(config->watcher.rules.keepRemovedPolicies.count(), 90);
        QCOMPARE(config->watcher.rules.maxIdle.count(), 180);
        for (const char* commented : {"health-check-path (line 1)", "watcher.task.max-inactive-days (line 5)",
                                      "redis.host (line 4)", "watcher.counter.max-reserve-days"})
            QVERIFY2(ours->find(std::string("#   ") + commented) != std::string::npos, commented);
        // The old code's defaults: everywhere, 180 days, nobody.
        const auto bare = importConfig("log: {level: info}\n", "old", ImportRole::Watcher);
        QVERIFY2(bare, faultsOf(bare).c_str());
        const auto defaults = read(QByteArray::fromStdString(*bare));
        QVERIFY2(defaults, (faultsOf(defaults) + *bare).c_str());
        QCOMPARE(defaults->watcher.bindPort, std::uint16_t(5050));
        QCOMPARE(defaults->watcher.rules.keepRemovedPolicies.count(), 180);
        QVERIFY(!defaults->watcher.rules.disables());
        QVERIFY(!importConfig("health-check-address: nowhere\n", "old", ImportRole::Watcher));
    }
    void theWatcherSectionIsRead()
    {
        const auto config =
            read("roles: [watcher]\nwatcher: {at: \"23:59\", bind-port: 5, task: {max-inactive-days: 7},"
                 " clean: {max-reserve-days: 0, max-reserve-change-days: 400}}");
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(config->watcher.at == 23h + 59min);
        QVERIFY(config->watcher.rules.cleans() && config->watcher.rules.disables());
        for (const char* at : {"24:00", "2:00", "02:60", "0200", "aa:bb", "-1:00", "02:00:00"})
            QVERIFY2(!read(QByteArray("watcher: {at: \"") + at + "\"}"), at);
        QVERIFY(!read("watcher: {task: {max-inactive-days: -1}}"));
    }
    void redisIsOffUntilItIsNamed()
    {
        const auto without = read("redis: {password: x, optimisation-max-active: 500}");
        QVERIFY2(without, faultsOf(without).c_str());
        QVERIFY(!without->redis.enabled());
        const auto with = read("redis: {addrs: [\"[::1]:6381\"], username: iam, password: x, timeout: 3}");
        QVERIFY2(with, faultsOf(with).c_str());
        QCOMPARE(with->redis.host, std::string("::1"));
        QCOMPARE(with->redis.port, std::uint16_t{6381});
        QCOMPARE(with->redis.username, std::string("iam"));
        QVERIFY(with->redis.timeout == 3s);
        QVERIFY(!with->redis.password.empty());
    }
    void anOldRedisThatWeCannotUseIsLeftOut()
    {
        const auto ours =
            importConfig("redis: {host: r, password: PLANTED, use-ssl: true}\n", "old", ImportRole::ApiServer);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(!config->redis.enabled());
        QVERIFY(ours->find("#   redis.use-ssl (line 1)") != std::string::npos);
        QVERIFY(ours->find("PLANTED") == std::string::npos);
    }
    void anEmptyOldKeyIsLeftOut()
    {
        const auto ours = importConfig("jwt: {key: \"\"}\n", "old", ImportRole::ApiServer);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, faultsOf(config).c_str());
        QVERIFY(!config->jwt.key);
        QVERIFY(ours->find("#   jwt.key (line 1): was empty") != std::string::npos);
    }
    void aCertificatePairIsFoundByItsDirectory()
    {
        const auto ours =
            importConfig("secure: {tls: {cert-dir: /var/run/iam, pair-name: api}}\n", "old", ImportRole::ApiServer);
        const auto config = read(QByteArray::fromStdString(ours.value()));
        QVERIFY2(config, faultsOf(config).c_str());
        QCOMPARE(config->apiServer.secure.certFile, std::string("/var/run/iam/api.crt"));
        QCOMPARE(config->apiServer.secure.privateKeyFile, std::string("/var/run/iam/api.key"));
        QCOMPARE(config->apiServer.secure.bindPort, std::uint16_t(8443));
    }
    void oldFaultsAreNamedAndNothingEscapesTheComments()
    {
        QCOMPARE(faultsOf(importConfig("insecure:\n  bind-port: ${IAM_PORT}\njwt: {key: abc}\n", "old",
                                       ImportRole::ApiServer)),
                 std::string("old:2: insecure.bind-port: must be a whole number from 0 to 65535, not \"${IAM_PORT}\"\n"
                             "old:3: jwt.key: must have 6 to 32 characters\n"));
        QVERIFY(!importConfigFile("/no/such.yaml", ImportRole::ApiServer));
        const auto ours = importConfig("\"a\\nroles: [pump]\": 1\n", "old\nroles: [pump]", ImportRole::ApiServer);
        QVERIFY2(ours, faultsOf(ours).c_str());
        const auto config = read(QByteArray::fromStdString(*ours));
        QVERIFY2(config, faultsOf(config).c_str());
    }
};

QTEST_GUILESS_MAIN(ServerConfigTest)
#include "serverconfigtest.moc"
