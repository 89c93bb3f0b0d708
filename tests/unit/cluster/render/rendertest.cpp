// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/render.h"
#include "cluster/definition/definitionfile.h"
#include "cluster/definition/definitionrules.h"
#include "cluster/lint/keepalivedparser.h"
#include "cluster/lint/lint.h"
#include "cluster/lint/nginxparser.h"
#include "cluster/render/template.h"
#include "variants.h"
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace iam;
using namespace iam::cluster;

namespace {

using Words = std::set<std::string>;

NodeFiles filesOf(const ClusterDefinition& definition, const std::string& machine)
{
    NodeFiles files;
    files.node = machine;
    const auto rendered = render(definition, machine);
    if (!rendered) qFatal("%s", rendered.error().detail.c_str());
    for (const RenderedFile& file : *rendered)
        files.files[file.path] = {file.content, {}, file.mode, 0755U, file.owner};
    return files;
}

std::string contentOf(const ClusterDefinition& definition, const std::string& machine, const std::string& path)
{
    const NodeFiles files = filesOf(definition, machine);
    const NodeFile* file = files.file(path);
    return file == nullptr ? std::string() : file->text;
}

/// The http block of a node's nginx, with everything that it includes.
Statement httpOf(const ClusterDefinition& definition, const std::string& machine = "n1")
{
    const ParsedText parsed = parseNginxFiles(filesOf(definition, machine), "/etc/nginx/nginx.conf");
    if (!parsed.faults.empty()) qFatal("%s", parsed.faults.front().message.c_str());
    for (const Statement& statement : parsed.statements)
        if (statement.name == "http") return statement;
    qFatal("no http block");
}

Statement keepalivedOf(const ClusterDefinition& definition, const std::string& machine, const std::string& keyword)
{
    const ParsedText parsed = parseKeepalivedFiles(filesOf(definition, machine), "/etc/keepalived/keepalived.conf");
    if (!parsed.faults.empty()) qFatal("%s", parsed.faults.front().message.c_str());
    for (const Statement& statement : parsed.statements)
        if (statement.name == keyword) return statement;
    qFatal("no %s", keyword.c_str());
}

const Statement* serverOf(const Statement& http, const std::string& name)
{
    for (const Statement* server : http.all("server")) {
        const Statement* names = server->child("server_name");
        if (names != nullptr && names->value() == name) return server;
    }
    return nullptr;
}

const Statement* upstreamOf(const Statement& http, const std::string& name)
{
    for (const Statement* upstream : http.all("upstream"))
        if (upstream->value() == name) return upstream;
    return nullptr;
}

/// "= /healthz" or "/".
std::string placeOf(const Statement& location)
{
    std::string place;
    for (const std::string& word : location.arguments) place += (place.empty() ? "" : " ") + word;
    return place;
}

const Statement* locationOf(const Statement& http, const std::string& server, const std::string& place)
{
    const Statement* found = serverOf(http, server);
    if (found == nullptr) return nullptr;
    for (const Statement* location : found->all("location"))
        if (placeOf(*location) == place) return location;
    return nullptr;
}

/// What counts in a location: its own, or its server's, or that of http.
std::string effective(const Statement& http, const std::string& server, const std::string& place, const char* name)
{
    const Statement* found = serverOf(http, server);
    for (const Statement* level : {locationOf(http, server, place), found, &http}) {
        const Statement* one = level == nullptr ? nullptr : level->child(name);
        if (one == nullptr) continue;
        std::string words;
        for (const std::string& word : one->arguments) words += (words.empty() ? "" : " ") + word;
        return words;
    }
    return {};
}

} // namespace

class RenderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesOfTheAccessLogMayWaitForTheAgent()
    {
        for (const char* machine : {"n1", "n2"}) {
            const std::string text = contentOf(test::smallCluster(), machine, "/etc/sysctl.d/60-iam.conf");
            QVERIFY(text.find("\nnet.unix.max_dgram_qlen = 512\n") != std::string::npos);
        }
    }
    void answersOfTheFormerOwnerAreNotReset()
    {
        constexpr const char* filter = "/etc/nftables.d/iam.nft";
        constexpr const char* settings = "/etc/sysctl.d/60-iam.conf";
        ClusterDefinition definition = test::smallCluster();
        definition.ports.http = 8000;
        QVERIFY(contentOf(definition, "n1", settings).find("\nnet.ipv4.fwmark_reflect = 1\n") != std::string::npos);
        QVERIFY(contentOf(definition, "n1", filter).find("ip daddr 10.0.4.99 tcp dport { 8000 } ip length <= 80") !=
                std::string::npos);
        definition.certificate = {"/a.pem", "/a.key"};
        QVERIFY(contentOf(definition, "n1", filter).find("tcp dport { 8000, 443 }") != std::string::npos);
        definition.backends.push_back({"app3", "10.0.4.33", 1});
        QVERIFY(contentOf(definition, "app3", filter).find("0x01000000") == std::string::npos);
        ClusterDefinition tutorial = test::smallCluster();
        tutorial.profile = ClusterDefinition::Profile::Tutorial;
        QVERIFY(contentOf(tutorial, "n1", filter).find("0x01000000") == std::string::npos);
        QVERIFY(contentOf(tutorial, "n1", settings).find("fwmark") == std::string::npos);
    }
    void everyFileIsComplete_data();
    void everyFileIsComplete();
    void theRecommendedFilesPassLint_data();
    void theRecommendedFilesPassLint();
    void anUnknownMachineIsRefused();
    void aBackendAloneGetsOnlyOurServers();
    void dataFilesGoToTheirMachine();
    void theDefinitionIsAmongTheFiles();
    void onlyDecisionsAreAskedTwice();
    void changesTakeTheirOwnWay();
    void eachKindOfRouteHasItsTimeout();
    void theNodeAndTheProbeAnswerForEveryName();
    void theClusterIsAskedOfServersWithAnAgent();
    void metricsAreNotPublished();
    void backendsAreBalancedAsTheDefinitionSays();
    void withACertificateEverythingElseIsSentToTls();
    void keepalivedIsQuickAndSafe();
    void theGatewayIsWatchedWhereThereIsOne();
    void theCloudIsAskedToMoveTheAddress();
    void theTutorialIsTheCourses();
    void serversBelieveTheNodesOnly();
    void templatesAreFilled();
};

void RenderTest::everyFileIsComplete_data()
{
    QTest::addColumn<int>("index");
    const auto all = test::variants("/etc/iam-server/tls");
    for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].first.c_str()) << static_cast<int>(i);
}

void RenderTest::everyFileIsComplete()
{
    QFETCH(int, index);
    const ClusterDefinition definition = test::variants("/etc/iam-server/tls")[static_cast<std::size_t>(index)].second;
    QVERIFY(validate(definition).empty());
    static const QRegularExpression unfilled(QStringLiteral("@[A-Z_]+@"));
    for (const std::string& machine : machines(definition)) {
        const auto files = render(definition, machine);
        QVERIFY(files);
        std::string before;
        for (const RenderedFile& file : *files) {
            const QString text = QString::fromStdString(file.content);
            const QByteArray where = QByteArray::fromStdString(machine + ": " + file.path);
            QVERIFY2(file.path > before, where);
            before = file.path;
            const QString head = text.section(QLatin1Char('\n'), 0, 2);
            QVERIFY2(
                head.contains(QStringLiteral("Made for %1 from cluster.yaml").arg(QString::fromStdString(machine))),
                where);
            QVERIFY2(head.contains(QStringLiteral("Changes belong into that definition")), where);
            QVERIFY2(!unfilled.match(text).hasMatch(), where + unfilled.match(text).captured().toUtf8());
            QVERIFY2(text.endsWith(QLatin1Char('\n')) && !text.endsWith(QStringLiteral("\n\n")), where);
            QVERIFY2(!text.contains(QStringLiteral("\n\n\n")), where);
            QVERIFY2(file.mode == (file.path.ends_with(".sh") ? 0755U : 0644U), where);
            QVERIFY2(!file.path.ends_with(".sh") || text.startsWith(QStringLiteral("#!/bin/bash\n")), where);
        }
        QVERIFY(*files == *render(definition, machine));
    }
}

void RenderTest::theRecommendedFilesPassLint_data()
{
    QTest::addColumn<int>("index");
    const auto all = test::variants("/etc/iam-server/tls");
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].second.profile == ClusterDefinition::Profile::Recommended)
            QTest::newRow(all[i].first.c_str()) << static_cast<int>(i);
}

void RenderTest::theRecommendedFilesPassLint()
{
    QFETCH(int, index);
    LintInput input;
    input.definition = test::variants("/etc/iam-server/tls")[static_cast<std::size_t>(index)].second;
    input.definitionName = "cluster.yaml";
    for (const std::string& machine : machines(*input.definition))
        input.nodes.push_back(filesOf(*input.definition, machine));
    QString text;
    for (const Finding& finding : lint(input))
        if (finding.severity != Severity::Note)
            text += QString::fromStdString(finding.node + ' ' + finding.file + ':' + std::to_string(finding.line) +
                                           ' ' + finding.rule + ": " + finding.message + '\n');
    QVERIFY2(text.isEmpty(), qPrintable(text));
}

void RenderTest::anUnknownMachineIsRefused()
{
    const auto files = render(test::smallCluster(), "n3");
    QVERIFY(!files);
    QCOMPARE(files.error().code, Code::Validation);
    QCOMPARE(files.error().detail, std::string("the definition has no node and no backend \"n3\"; it has n1, n2"));
}

void RenderTest::aBackendAloneGetsOnlyOurServers()
{
    ClusterDefinition definition = test::smallCluster();
    definition.backends.push_back({"app3", "10.0.4.33", 1});
    QCOMPARE(machines(definition), (std::vector<std::string>{"n1", "n2", "app3"}));
    Words paths;
    for (const auto& [path, file] : filesOf(definition, "app3").files) paths.insert(path);
    QCOMPARE(paths, (Words{"/etc/iam-server/hosts", "/etc/iam-server/iam-server.yaml", "/etc/nftables.d/iam.nft",
                           "/etc/systemd/system/iam-server.service"}));
    const std::string config = contentOf(definition, "app3", "/etc/iam-server/iam-server.yaml");
    QVERIFY(config.find("bind-address: 10.0.4.33") != std::string::npos);
    QVERIFY(contentOf(definition, "n1", "/etc/iam-server/mariadb-grants.sql").find("'iam'@'10.0.4.33'") !=
            std::string::npos);
}

void RenderTest::dataFilesGoToTheirMachine()
{
    const ClusterDefinition definition = test::smallCluster();
    for (const char* path :
         {"/etc/mysql/mariadb.conf.d/60-iam.cnf", "/etc/iam-server/mariadb-grants.sql", "/etc/redis/iam.conf"}) {
        QVERIFY2(!contentOf(definition, "n1", path).empty(), path);
        QVERIFY2(contentOf(definition, "n2", path).empty(), path);
    }
    ClusterDefinition secure = definition;
    secure.database.tlsAuthority = "/etc/ca.pem";
    QVERIFY(contentOf(secure, "n1", "/etc/mysql/mariadb.conf.d/60-iam.cnf").find("require_secure_transport = ON") !=
            std::string::npos);
    QVERIFY(contentOf(secure, "n1", "/etc/iam-server/mariadb-grants.sql").find(" REQUIRE SSL") != std::string::npos);
    QVERIFY(contentOf(secure, "n2", "/etc/iam-server/iam-server.yaml").find("ssl-ca: /etc/ca.pem") !=
            std::string::npos);
}

void RenderTest::theDefinitionIsAmongTheFiles()
{
    const ClusterDefinition definition = test::smallCluster();
    const auto parsed = parseDefinition(contentOf(definition, "n2", "/etc/iam-server/cluster.yaml"), "cluster.yaml");
    QVERIFY(parsed);
    QVERIFY(*parsed == definition);
}

void RenderTest::onlyDecisionsAreAskedTwice()
{
    ClusterDefinition secure = test::smallCluster();
    secure.certificate = {"/a.pem", "/a.key"};
    for (const ClusterDefinition& definition : {test::smallCluster(), secure}) {
        const Statement http = httpOf(definition);
        Words repeated;
        for (const Statement* server : http.all("server")) {
            QVERIFY(server->child("proxy_next_upstream") == nullptr);
            for (const Statement* location : server->all("location")) {
                const Statement* next = location->child("proxy_next_upstream");
                if (next == nullptr) continue;
                const auto& words = next->arguments;
                if (std::find(words.begin(), words.end(), "non_idempotent") != words.end())
                    repeated.insert(server->child("server_name")->value() + ' ' + placeOf(*location));
            }
        }
        QCOMPARE(repeated, (Words{"iam.api.example.com = /healthz", "iam.authz.example.com = /healthz",
                                  "iam.authz.example.com = /v1/authz", "iam.authz.example.com = /v1/authz/batch",
                                  "iam.authz.example.com = /v1/authz/explain"}));
        QCOMPARE(http.child("proxy_next_upstream")->arguments, (std::vector<std::string>{"error", "timeout"}));
    }
}

void RenderTest::changesTakeTheirOwnWay()
{
    const Statement http = httpOf(test::smallCluster());
    const Statement* map = nullptr;
    for (const Statement* one : http.all("map"))
        if (one->arguments == std::vector<std::string>{"$request_method", "$iam_is_write"}) map = one;
    QVERIFY(map != nullptr);
    Words reads;
    for (const Statement& one : map->children) {
        if (one.name == "default")
            QCOMPARE(one.value(), std::string("1"));
        else
            reads.insert(one.name + one.value());
    }
    QCOMPARE(reads, (Words{"GET0", "HEAD0", "OPTIONS0"}));
    // nginx repeats no POST that was sent: both hops are POSTs to it, and the first one is never repeated at all.
    QCOMPARE(effective(http, "iam.api.example.com", "@iam_write", "proxy_method"), std::string("POST"));
    QCOMPARE(effective(http, "iam.api.example.com", "@iam_write", "proxy_next_upstream"), std::string("off"));
    QCOMPARE(effective(http, "iam-writes.invalid", "/", "proxy_method"), std::string("$http_x_iam_method"));
    QCOMPARE(effective(http, "iam-writes.invalid", "/", "proxy_pass"), std::string("http://iam_api_writes"));
    QVERIFY(upstreamOf(http, "iam_api_writes")->child("keepalive") == nullptr);
    QVERIFY(serverOf(http, "iam-writes.invalid")->child("listen")->value().starts_with("127.0.0.1:"));
}

void RenderTest::eachKindOfRouteHasItsTimeout()
{
    ClusterDefinition definition = test::smallCluster();
    definition.timeouts = {std::chrono::milliseconds(250), std::chrono::milliseconds(400), std::chrono::seconds(20),
                           std::chrono::minutes(30)};
    const Statement http = httpOf(definition);
    const std::string api = definition.apiDomain;
    const std::string authz = definition.authzDomain;
    const auto read = [&](const std::string& server, const char* place) {
        return effective(http, server, place, "proxy_read_timeout");
    };
    QCOMPARE(read(api, "= /healthz"), std::string("400ms"));
    QCOMPARE(read(authz, "= /v1/authz"), std::string("400ms"));
    QCOMPARE(read(authz, "= /v1/authz/batch"), std::string("400ms"));
    QCOMPARE(read(authz, "= /v1/authz/explain"), std::string("400ms"));
    QCOMPARE(read(api, "/"), std::string("20s"));
    QCOMPARE(read(authz, "/"), std::string("20s"));
    QCOMPARE(read(api, "@iam_write"), std::string("25s"));
    QCOMPARE(read("iam-writes.invalid", "/"), std::string("20s"));
    QCOMPARE(read(api, "= /v1/cluster/events"), std::string("1800s"));
    QCOMPARE(effective(http, api, "= /v1/cluster/events", "proxy_buffering"), std::string("off"));
    QCOMPARE(effective(http, api, "/", "proxy_connect_timeout"), std::string("250ms"));
    QCOMPARE(http.child("client_max_body_size")->value(), std::string("5m"));
}

void RenderTest::theNodeAndTheProbeAnswerForEveryName()
{
    for (const auto& [name, definition] : test::variants("/tls")) {
        const Statement http = httpOf(definition, "n2");
        int servers = 0;
        bool fallback = definition.profile == ClusterDefinition::Profile::Tutorial; // there the first server answers
        for (const Statement* server : http.all("server")) {
            const Statement* listen = server->child("listen");
            if (listen->value().starts_with("127.0.0.1:")) continue;
            ++servers;
            const auto& words = listen->arguments;
            fallback = fallback || std::find(words.begin(), words.end(), "default_server") != words.end();
            const std::string domain = server->child("server_name")->value();
            QCOMPARE(effective(http, domain, "= /.well-known/iam-node", "proxy_pass"), std::string("http://iam_agent"));
            QCOMPARE(effective(http, domain, "= /.well-known/iam-node", "access_log"), std::string("off"));
            QCOMPARE(effective(http, domain, "= /.well-known/iam-probe", "proxy_pass"),
                     std::string("http://iam_probe/healthz"));
            QCOMPARE(effective(http, domain, "= /.well-known/iam-probe", "access_log"), std::string("off"));
        }
        QVERIFY2(servers >= 2 && fallback, name.c_str());
        QCOMPARE(upstreamOf(http, "iam_agent")->all("server").size(), std::size_t{1});
        QCOMPARE(upstreamOf(http, "iam_agent")->child("server")->value(), std::string("127.0.0.1:7071"));
        QCOMPARE(upstreamOf(http, "iam_probe")->all("server").size(), definition.backends.size());
    }
}

void RenderTest::theClusterIsAskedOfServersWithAnAgent()
{
    ClusterDefinition definition = test::smallCluster();
    definition.backends.push_back({"app3", "10.0.4.33", 1});
    const Statement http = httpOf(definition, "n2");
    for (const char* place : {"= /v1/cluster", "= /v1/cluster/events"})
        QCOMPARE(effective(http, definition.apiDomain, place, "proxy_pass"), std::string("http://iam_cluster"));
    const auto servers = upstreamOf(http, "iam_cluster")->all("server");
    QCOMPARE(servers.size(), std::size_t{2});
    QCOMPARE(servers[0]->value(), std::string("10.0.4.21:8080")); // its own first
    QCOMPARE(servers[1]->value(), std::string("10.0.4.20:8080"));
    QCOMPARE(servers[1]->arguments.back(), std::string("backup"));
    const std::string config = "/etc/iam-server/iam-server.yaml";
    QVERIFY(contentOf(definition, "n1", config).find("agent-url: http://127.0.0.1:7071\n") != std::string::npos);
    QVERIFY(contentOf(definition, "app3", config).find("agent-url") == std::string::npos);
    definition.backends = {{"app3", "10.0.4.33", 1}, {"app4", "10.0.4.34", 1}};
    QCOMPARE(upstreamOf(httpOf(definition), "iam_cluster")->all("server").size(), std::size_t{2});
    QVERIFY(contentOf(definition, "app4", config).find("agent-url: http://10.0.4.20:7071\n") != std::string::npos);
}

void RenderTest::metricsAreNotPublished()
{
    const ClusterDefinition definition = test::smallCluster();
    const Statement http = httpOf(definition);
    for (const std::string& domain : {definition.apiDomain, definition.authzDomain})
        for (const char* place : {"= /metrics", "= /readyz"}) {
            const Statement* location = locationOf(http, domain, place);
            QVERIFY(location != nullptr);
            Words allowed;
            for (const Statement* allow : location->all("allow")) allowed.insert(allow->value());
            QCOMPARE(allowed, (Words{"127.0.0.1", "10.0.4.20", "10.0.4.21"}));
            QCOMPARE(location->child("deny")->value(), std::string("all"));
        }
}

void RenderTest::backendsAreBalancedAsTheDefinitionSays()
{
    for (const auto& [name, definition] : test::variants("/tls")) {
        const bool tutorial = definition.profile == ClusterDefinition::Profile::Tutorial;
        const Statement http = httpOf(definition, "n1");
        const std::string upstreamName = tutorial ? definition.authzDomain : "iam_authz";
        const Statement* upstream = upstreamOf(http, upstreamName);
        QVERIFY2(upstream != nullptr, name.c_str());
        const auto servers = upstream->all("server");
        QCOMPARE(servers.size(), definition.backends.size());
        for (std::size_t i = 0; i < servers.size(); ++i) {
            const BackendDefinition& backend = definition.backends[i];
            const std::string address = tutorial && backend.name == "n1" ? "127.0.0.1" : backend.address;
            QCOMPARE(servers[i]->value(), address + ":9090");
            const auto& words = servers[i]->arguments;
            const bool weighted =
                std::find(words.begin(), words.end(), "weight=" + std::to_string(backend.weight)) != words.end();
            QCOMPARE(weighted, backend.weight != 1);
            if (tutorial) continue;
            QVERIFY(std::find(words.begin(), words.end(), "max_fails=2") != words.end());
            QVERIFY(std::find(words.begin(), words.end(), "fail_timeout=5s") != words.end());
        }
        using Method = BalanceDefinition::Method;
        const Method method = definition.balance.method;
        QCOMPARE(upstream->child("least_conn") != nullptr, method == Method::LeastConnections);
        QCOMPARE(upstream->child("ip_hash") != nullptr, method == Method::AddressHash);
        QCOMPARE(upstream->child("hash") != nullptr, method == Method::Cookie);
        QCOMPARE(upstream->child("zone") != nullptr, !tutorial);
        if (method == Method::Cookie) {
            QCOMPARE(upstream->child("hash")->value(), std::string("$iam_balance_key"));
            const auto maps = http.all("map");
            QVERIFY(std::any_of(maps.begin(), maps.end(), [](const Statement* map) {
                return map->arguments == std::vector<std::string>{"$cookie_session", "$iam_balance_key"};
            }));
        }
    }
}

void RenderTest::withACertificateEverythingElseIsSentToTls()
{
    ClusterDefinition definition = test::smallCluster();
    definition.certificate = {"/a.pem", "/a.key"};
    definition.ports.https = 8443;
    const Statement http = httpOf(definition);
    QCOMPARE(http.child("ssl_certificate")->value(), std::string("/a.pem"));
    QCOMPARE(http.child("ssl_certificate_key")->value(), std::string("/a.key"));
    int secure = 0;
    int redirecting = 0;
    for (const Statement* server : http.all("server")) {
        const std::string domain = server->child("server_name")->value();
        if (domain != definition.apiDomain && domain != definition.authzDomain) continue;
        if (server->child("listen")->arguments == std::vector<std::string>{"8443", "ssl"}) ++secure;
        if (server->child("listen")->arguments != std::vector<std::string>{"80"}) continue;
        for (const Statement* location : server->all("location"))
            if (placeOf(*location) == "/" && location->child("return")->arguments ==
                                                 std::vector<std::string>{"308", "https://$host:8443$request_uri"})
                ++redirecting;
    }
    QCOMPARE(secure, 2);
    QCOMPARE(redirecting, 2);
}

void RenderTest::keepalivedIsQuickAndSafe()
{
    ClusterDefinition definition = test::smallCluster();
    definition.vrrp.routerId = 77;
    definition.vrrp.advertInterval = std::chrono::milliseconds(550);
    const Statement instance = keepalivedOf(definition, "n2", "vrrp_instance");
    const auto value = [&](const char* keyword) {
        const Statement* one = instance.child(keyword);
        return one == nullptr ? std::string("absent") : one->value();
    };
    QCOMPARE(value("state"), std::string("BACKUP"));
    QCOMPARE(value("nopreempt"), std::string("absent"));
    QCOMPARE(value("version"), std::string("3"));
    QCOMPARE(value("advert_int"), std::string("0.55"));
    QCOMPARE(value("virtual_router_id"), std::string("77"));
    QCOMPARE(value("priority"), std::string("100"));
    QCOMPARE(value("unicast_src_ip"), std::string("10.0.4.21"));
    QCOMPARE(value("check_unicast_src"), std::string());
    QCOMPARE(value("higher_prio_send_advert"), std::string("true"));
    QCOMPARE(value("garp_lower_prio_delay"), std::string("1"));
    QCOMPARE(value("garp_master_refresh"), std::string("5"));
    const auto refreshOf = [&](const char* node) {
        const Statement other = keepalivedOf(definition, node, "vrrp_instance");
        return other.child("garp_master_refresh")->value();
    };
    QCOMPARE(refreshOf("n1"), std::string("60"));
    definition.nodes[0].priority = 101;
    QCOMPARE(refreshOf("n1"), std::string("5"));
    QCOMPARE(refreshOf("n2"), std::string("60"));
    definition.nodes[0].priority = 100;
    const Statement* peers = instance.child("unicast_peer");
    QCOMPARE(peers->children.size(), std::size_t{1});
    QCOMPARE(peers->children[0].name, std::string("10.0.4.20"));
    QCOMPARE(peers->children[0].arguments, (std::vector<std::string>{"min_ttl", "255"}));
    const Statement global = keepalivedOf(definition, "n2", "global_defs");
    QVERIFY(global.child("enable_script_security") != nullptr);
    QCOMPARE(global.child("vrrp_notify_fifo")->value(), std::string("/run/iam-agent/vrrp.fifo"));
    const Statement script = keepalivedOf(definition, "n2", "vrrp_script");
    QCOMPARE(script.child("fall")->value(), std::string("3"));
    const Statement track = keepalivedOf(definition, "n2", "track_file");
    QCOMPARE(track.child("file")->value(), std::string("/run/iam-agent/track"));
    QCOMPARE(track.child("weight")->value(), std::string("0"));
}

void RenderTest::theGatewayIsWatchedWhereThereIsOne()
{
    ClusterDefinition definition = test::smallCluster();
    const std::string path = "/etc/keepalived/keepalived.conf";
    QVERIFY(contentOf(definition, "n1", path).find("gateway") == std::string::npos);
    definition.probe.gateway = "10.0.4.1";
    const Statement tracked = *keepalivedOf(definition, "n1", "vrrp_instance").child("track_script");
    QVERIFY(tracked.child("gateway") != nullptr);
    QVERIFY(contentOf(definition, "n1", path).find("ping -n -q -c 1 -W 1 10.0.4.1\"") != std::string::npos);
}

void RenderTest::theCloudIsAskedToMoveTheAddress()
{
    ClusterDefinition definition = test::smallCluster();
    const auto asks = [&](const char* keyword) {
        const Statement instance = keepalivedOf(definition, "n2", "vrrp_instance");
        const Statement* one = instance.child(keyword);
        return one == nullptr ? std::string("nobody") : one->value();
    };
    QCOMPARE(asks("notify_master"), std::string("nobody"));
    definition.vip.kind = VipDefinition::Kind::Cloud;
    definition.vip.hook = "/usr/local/sbin/iam-vip";
    QCOMPARE(asks("notify_master"), std::string("/usr/local/sbin/iam-vip acquire 10.0.4.99 n2"));
    for (const char* keyword : {"notify_backup", "notify_fault", "notify_stop"})
        QCOMPARE(asks(keyword), std::string("/usr/local/sbin/iam-vip release 10.0.4.99 n2"));
    definition.profile = ClusterDefinition::Profile::Tutorial;
    QVERIFY(contentOf(definition, "n2", "/etc/keepalived/keepalived_notify.sh").find("/usr/local/sbin/iam-vip") !=
            std::string::npos);
}

void RenderTest::theTutorialIsTheCourses()
{
    ClusterDefinition definition;
    for (const auto& [name, variant] : test::variants("/tls"))
        if (name == "tutorial, round robin") definition = variant;
    for (const bool first : {true, false}) {
        const std::string node = first ? "n1" : "n2";
        const Statement instance = keepalivedOf(definition, node, "vrrp_instance");
        QCOMPARE(instance.child("state")->value(), std::string("BACKUP"));
        QVERIFY(instance.child("nopreempt") != nullptr);
        QVERIFY(instance.child("version") == nullptr);
        QCOMPARE(instance.child("advert_int")->value(), std::string("1"));
        QCOMPARE(instance.child("priority")->value(), std::string(first ? "100" : "50"));
        QCOMPARE(instance.child("authentication")->child("auth_type")->value(), std::string("PASS"));
        QCOMPARE(instance.child("authentication")->child("auth_pass")->value(), std::string("1111"));
        const Statement script = keepalivedOf(definition, node, "vrrp_script");
        QCOMPARE(script.child("interval")->value(), std::string("5"));
        QCOMPARE(script.child("weight")->value(), std::string("0"));
        for (const std::string state : {"master", "backup", "fault", "stop"})
            QCOMPARE(instance.child("notify_" + state)->value(), "/etc/keepalived/keepalived_notify.sh " + state);
        const Statement http = httpOf(definition, node);
        const auto servers = upstreamOf(http, definition.apiDomain)->all("server");
        QCOMPARE(servers[0]->value(), std::string("127.0.0.1:8080"));
        QCOMPARE(servers[1]->value(), std::string(first ? "10.0.4.21:8080" : "10.0.4.20:8080"));
        QVERIFY(locationOf(http, definition.apiDomain, "= /404.html") != nullptr);
    }
    const std::string config = contentOf(definition, "n1", "/etc/iam-server/iam-server.yaml");
    QVERIFY(config.find("bind-address: 0.0.0.0") != std::string::npos);
}

void RenderTest::serversBelieveTheNodesOnly()
{
    const std::string config = contentOf(test::smallCluster(), "n2", "/etc/iam-server/iam-server.yaml");
    QVERIFY(config.find("trusted-proxies: [127.0.0.1, 10.0.4.20, 10.0.4.21]\n") != std::string::npos);
    QVERIFY(config.find("node-name: n2\n") != std::string::npos);
    QVERIFY(config.find("bind-address: 10.0.4.21\n") != std::string::npos);
    QVERIFY(config.find("host: \"10.0.4.20:3306\"\n") != std::string::npos);
    QVERIFY(config.find("password:") == std::string::npos);
}

void RenderTest::templatesAreFilled()
{
    const TemplateValues values{{"A", "one"}, {"LINES", "x\ny\n"}, {"NONE", ""}, {"MARKED", "@A@"}};
    QCOMPARE(fillTemplate("@A@-@A@", values), std::string("one-one"));
    QCOMPARE(fillTemplate("a@b @OTHER@ @", values), std::string("a@b @OTHER@ @"));
    QCOMPARE(fillTemplate("{\n@LINES@\n}\n", values), std::string("{\nx\ny\n}\n"));
    QCOMPARE(fillTemplate("{\n@NONE@\n}\n", values), std::string("{\n}\n"));
    QCOMPARE(fillTemplate("x @NONE@\n}\n", values), std::string("x \n}\n"));
    QCOMPARE(fillTemplate("@MARKED@ ", values), std::string("@A@ "));
    QCOMPARE(fillTemplate("", values), std::string());
}

QTEST_GUILESS_MAIN(RenderTest)
#include "rendertest.moc"
