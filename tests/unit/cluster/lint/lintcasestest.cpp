// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/lint.h"
#include "unit/cluster/lint/cleanfiles.h"
#include <QTest>
#include <algorithm>
#include <functional>
#include <set>

using namespace iam;
using namespace iam::cluster;

namespace {

constexpr const char* api = "/etc/nginx/conf.d/api.conf";
constexpr const char* authz = "/etc/nginx/conf.d/authz.conf";
constexpr const char* mainFile = "/etc/nginx/nginx.conf";
constexpr const char* vrrp = "/etc/keepalived/keepalived.conf";
constexpr const char* check = "/etc/keepalived/check_nginx.sh";
constexpr const char* yaml = "/etc/iam-server/iam-server.yaml";
constexpr const char* unit = "/etc/systemd/system/keepalived.service.d/iam.conf";
constexpr const char* filter = "/etc/nftables.d/iam.nft";
constexpr const char* mariadb = "/etc/mysql/mariadb.conf.d/60-iam.cnf";
constexpr const char* redis = "/etc/redis/iam.conf";

/// One mistake in the clean files.
struct Mistake {
    const char* file;
    const char* from; ///< stands there once at least; the first one is replaced
    const char* to;
    const char* rule; ///< the one finding, or several with blanks between
    const char* at;   ///< the line that the first one names holds this (of the file as changed)
    int node = 1;
    const char* inFile = nullptr; ///< where it is found, when not in `file`
    int inNode = -1;
};

// clang-format off
const Mistake mistakes[] = {
    // keepalived
    {vrrp, "state BACKUP", "state MASTER\n    nopreempt", "nopreempt-needs-backup", "state MASTER"},
    {vrrp, "    fall 2", "    weight -20\n    fall 2", "", ""}, // weights are good where preemption is on
    {vrrp, "virtual_router_id 51", "virtual_router_id 52", "vrid-differs", "virtual_router_id 52"},
    {vrrp, "virtual_router_id 51", "virtual_router_id 51\n    version 2", "version-differs subsecond-advert-needs-version-3", "version 2"},
    {vrrp, "advert_int 0.2", "advert_int 0.5", "advert-differs", "advert_int 0.5"},
    {vrrp, "virtual_router_id 51", "", "vrid-missing", "vrrp_instance VI_1"},
    {vrrp, "10.0.4.99/24 dev", "10.0.4.98/24 dev", "vip-differs", "10.0.4.98/24 dev"},
    {vrrp, "interface eth0", "interface ens3", "interface-differs", "interface ens3"},
    {vrrp, "unicast_src_ip 10.0.4.21", "unicast_src_ip 10.0.4.22", "unicast-source-foreign", "unicast_src_ip"},
    {vrrp, "{ 10.0.4.20 }", "{ 10.0.4.20\n 10.0.4.21 }", "unicast-peer-self", "unicast_peer"},
    {vrrp, "{ 10.0.4.20 }", "{ 10.0.4.20\n 10.0.4.77 }", "unicast-peer-unknown", "unicast_peer"},
    {vrrp, "    script_user root", "    script_user root\n    vrrp_strict", "vrrp-strict", "vrrp_strict"},
    {vrrp, "    script_user root\n", "", "script-user-missing", "enable_script_security"},
    {vrrp, "    script_user root\n    enable_script_security\n", "", "script-security-missing", "global_defs"},
    {vrrp, "    garp_master_refresh 5\n", "", "garp-refresh-missing", "vrrp_instance VI_1"},
    {vrrp, "    vrrp_notify_fifo /run/iam-agent/vrrp.fifo\n", "", "notify-fifo-missing", "global_defs"},
    {vrrp, "interval 1", "interval 5", "check-slow", "interval 5"},
    {vrrp, "    fall 2\n", "", "check-without-fall", "vrrp_script chk_nginx"},
    {vrrp, "        chk_nginx\n", "", "check-unused", "vrrp_script chk_nginx"},
    {vrrp, "    track_script {\n        chk_nginx\n", "    track_script {\n        chk_nginx\n        chk_other\n", "track-script-unknown", "chk_other"},
    {vrrp, "    garp_master", "    track_file { gone weight 0 }\n    garp_master", "track-file-unknown", "track_file { gone"},
    {vrrp, "check_nginx.sh", "check_http.sh", "check-script-missing", "check_http.sh"},
    {vrrp, "/etc/keepalived/check_nginx.sh", "/usr/bin/killall -0 nginx", "check-process-only", "killall"},
    {vrrp, "/etc/keepalived/check_nginx.sh", "</dev/tcp/127.0.0.1/80", "check-tcp-only", "/dev/tcp"},
    {vrrp, "/etc/keepalived/check_nginx.sh", "/usr/bin/curl -m 1 http://10.0.4.99/healthz", "check-shared", "10.0.4.99/healthz"},
    {vrrp, "    advert_int 0.2", "    advert_int 0.2\n    authentication {\n        auth_type PASS\n        auth_pass 1111\n    }", "authentication-ignored", "authentication {"},
    {vrrp, "priority 100", "priority 300", "priority-out-of-range", "priority 300"},
    {vrrp, "garp_master_refresh 5\n", "garp_master_refresh 5\n}\nvrrp_instance VI_2 {\n    interface eth0\n    virtual_router_id 51\n    garp_master_refresh 5\n    check_unicast_src\n    unicast_peer { 10.0.4.20 }\n    track_script { chk_nginx }\n    virtual_ipaddress { 10.0.4.97/24 }\n", "vrid-duplicate", "virtual_router_id 51\n    garp"},
    {vrrp, "notify.sh master\"\n}", "notify.sh master\"\n", "keepalived-syntax", "vrrp_instance VI_1"},
    {vrrp, "priority 100", "priority 120\n    # first", "fail-back-interrupts", "priority 120"},
    {vrrp, "state BACKUP", "state MASTER", "", ""}, // one of them may
    {vrrp, "    check_unicast_src\n", "", "unicast-source-unchecked", "unicast_peer"},
    {vrrp, "    check_unicast_src\n", "    version 2\n    advert_int 1\n", "version-differs advert-differs", "version 2"}, // version 2 has passwords
    {vrrp, "    check_unicast_src\n    unicast_peer", "    unicast_peer", "unicast-source-unchecked", "unicast_peer"},
    {vrrp, "-W 1 10.0.4.1", "-W 1 10.9.0.1", "gateway-outside-subnet", "10.9.0.1"},
    {vrrp, "-W 1 10.0.4.1", "-W 1 10.0.4.254", "", ""},
    // check scripts
    {check, "exec /usr/bin/curl -fsS -m 1 -o /dev/null http://127.0.0.1:8079/nginx_health", "if telnet 127.0.0.1 80 </dev/null 2>&1 | grep -q refused; then exit 1; fi", "check-tcp-only", "telnet 127"},
    {check, "exec /usr/bin/curl -fsS -m 1 -o /dev/null http://127.0.0.1:8079/nginx_health", "[ -n \"$(pidof nginx)\" ]", "check-process-only", "pidof"},
    {check, "http://127.0.0.1:8079/nginx_health", "http://127.0.0.1/readyz", "check-shared", "/readyz"},
    {check, "exec", "mysqladmin -h 10.0.4.20 ping || exit 1\nexec", "check-shared", "mysqladmin"},
    {check, "127.0.0.1:8079", "10.0.4.20:8079", "check-shared", "10.0.4.20:8079"},
    // nginx: upstreams
    {api, "    zone api 64k;\n", "", "upstream-zone-missing", "upstream api"},
    {api, "    server 10.0.4.20:8080 max_fails=2 fail_timeout=5s;\n", "", "upstream-single-server", "upstream api"},
    {api, "server 10.0.4.20:8080", "server 10.0.4.30:8080", "upstream-server-unknown", "10.0.4.30"},
    {api, "10.0.4.20:8080 max_fails=2 fail_timeout=5s;", "10.0.4.20:8080 max_fails=2 fail_timeout=5s backup;", "upstream-server-out", "backup"},
    {api, "10.0.4.20:8080 max_fails=2 fail_timeout=5s;", "10.0.4.20:8080 max_fails=2 fail_timeout=5s down;", "upstream-server-out", "down"},
    {api, "127.0.0.1:8080 max_fails=2", "127.0.0.1:8080 max_fails=0", "failures-not-counted", "max_fails=0"},
    {authz, "\tproxy_set_header Connection \"\";\n", "", "keepalive-ineffective", "keepalive 16"},
    {authz, "\tproxy_http_version 1.1;\n", "", "keepalive-ineffective", "keepalive 16"},
    {authz, "\tkeepalive 16;\n", "", "upstream-keepalive-missing", "upstream authz"},
    {authz, " max_fails=2 fail_timeout=5s;\n\tserver 10.0.4.20:9090 max_fails=2 fail_timeout=5s", ";\n\tserver 10.0.4.20:9090", "failure-limits-default", "upstream authz"},
    // nginx: routes
    {authz, "\tproxy_read_timeout 500ms;", "\tproxy_read_timeout 2s;", "read-timeout-longer-than-callers", "2s"},
    {authz, "\tproxy_read_timeout 500ms;\n", "", "read-timeout-longer-than-callers", "proxy_pass http://authz"},
    {authz, "error timeout http_502 non_idempotent", "off", "retry-off", "proxy_next_upstream off"},
    {api, "proxy_read_timeout 30s;", "proxy_read_timeout 500ms;", "read-timeout-short", "proxy_read_timeout 500ms;\n        proxy_pass http://api;\n    }\n}"},
    {api, "proxy_next_upstream off;", "proxy_next_upstream error timeout non_idempotent;", "writes-retried", "proxy_next_upstream error timeout non_idempotent;"},
    {api, "        proxy_next_upstream off;\n", "", "changes-repeated", "proxy_pass http://api;\n    }\n}"},
    {api, "proxy_next_upstream off;", "proxy_next_upstream error timeout;", "changes-repeated", "proxy_next_upstream error timeout;"},
    {api, "proxy_next_upstream off;", "limit_except GET { deny all; }", "", ""},
    {api, "proxy_next_upstream off;", "if ($request_method !~ ^(GET|HEAD)$) {\n            return 405;\n        }", "", ""},
    {api, "proxy_next_upstream off;", "if ($connection_upgrade) {\n            return 405;\n        }", "changes-repeated", "proxy_pass http://api;\n    }\n}"},
    {api, "/etc/ssl/iam.pem", "/etc/nginx/conf.d/iam.pem", "certificate-missing", "conf.d/iam.pem"},
    {api, "/etc/ssl/iam.pem", "conf.d/iam.pem", "certificate-missing", "conf.d/iam.pem"},
    {api, "/etc/ssl/iam.pem", "$ssl_server_name.pem", "", ""},
    {mainFile, "    proxy_connect_timeout 300ms;\n", "    proxy_connect_timeout 20s;\n", "connect-timeout-long", "20s"},
    {api, "        proxy_buffering off;\n", "", "stream-buffered", "proxy_pass http://api;\n    }\n    location = /healthz"},
    {api, "proxy_read_timeout 1h;", "proxy_read_timeout 30s;", "stream-cut", "proxy_read_timeout 30s;\n        proxy_pass http://api;\n    }\n    location = /healthz"},
    {authz, "$proxy_add_x_forwarded_for;", "$http_x_forwarded_for;", "forwarded-for-forgeable", "$http_x"},
    {authz, "\tproxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", "\tproxy_set_header X-Real-IP $remote_addr;", "forwarded-for-missing", "proxy_pass"},
    {api, "proxy_pass http://127.0.0.1:7071;", "proxy_pass http://10.0.4.20:7071;", "witness-not-own-agent", "10.0.4.20:7071"},
    {api, "location = /.well-known/iam-node", "location = /.well-known/other", "witness-missing", "server {\n    listen 80 default"},
    {api, "proxy_pass http://probe/healthz;", "proxy_pass http://api/healthz;", "probe-shares-upstream", "api/healthz"},
    // nginx: servers
    {api, "    location = /metrics { return 404; }\n", "", "metrics-published", "location / {"},
    {authz, "\tlocation / {", "\tlocation /debug/pprof/x { proxy_pass http://authz; }\n\tlocation / {", "", ""},
    {authz, "(metrics|debug)", "(metrics)", "", ""},
    {authz, "\tlocation ~ ^/(metrics|debug) { return 404; }", "\tlocation ~ ^/metrics { return 404; }\n\tlocation /debug/pprof/ { proxy_pass http://authz; }", "profile-published", "location /debug/pprof/"},
    {api, "    location = /metrics", "    location = /status { stub_status; }\n    location = /metrics", "status-published", "stub_status"},
    {api, "location = /404.html", "location = /40x.html", "error-page-mismatch", "/40x.html"},
    {api, "client_max_body_size 5m;", "client_max_body_size 1m;", "body-limit-small", "client_max_body_size 1m"},
    {api, "client_max_body_size 5m;", "client_max_body_size 50m;", "body-limit-large", "client_max_body_size 50m"},
    {api, "listen 80 default_server;", "listen 80;", "default-server-missing", "listen 80;"},
    {authz, "server_name iam.authz.example.com", "server_name iam.auth.example.com", "domain-not-served", "server {\n    listen 80 default", 1, api},
    {authz, "listen 80;", "listen 10.0.4.99:80;", "listen-on-vip", "10.0.4.99:80"},
    {authz, "\tlisten 443 ssl;\n", "", "plain-http", "listen 80"},
    {authz, "\tserver_name", "\tset_real_ip_from 0.0.0.0/0;\n\treal_ip_header X-Forwarded-For;\n\tserver_name", "real-ip-from-anybody", "0.0.0.0/0"},
    {authz, "\tlocation / {", "\tproxy_set_header Authorization \"Basic YWRtaW46YWRtaW4=\";\n\tlocation / {", "plain-text-secret", "Authorization"},
    {authz, "server_name iam.authz.example.com;", "server_name iam.authz.example.com", "nginx-syntax", "server_name"},
    {api, "    location / {", "    location / ", "nginx-syntax", "location /"},
    // others
    {yaml, "bind-address: 0.0.0.0\n    bind-port: 8080", "bind-address: 127.0.0.1\n    bind-port: 8080", "peer-not-reachable", "bind-address: 127.0.0.1"},
    {yaml, "bind-address: 0.0.0.0\n    bind-port: 8080", "bind-address: 10.0.4.21\n    bind-port: 8080", "not-on-loopback", "bind-address: 10.0.4.21"},
    {yaml, "bind-port: 8080", "bind-port: 8081", "port-not-listened", "bind-port: 8081"},
    {yaml, "bind-port: 9090", "bind-port: 8443", "port-not-listened", "bind-port: 8443"},
    {yaml, "store:", "roles: [apiserver]\nstore:", "", ""}, // who else runs the other is not known
    {api, "127.0.0.1:8080 max_fails=2", "127.0.0.1:8081 max_fails=2", "port-not-listened", "127.0.0.1:8081"},
    {api, "    location = /metrics", "    location /other/ { proxy_pass http://127.0.0.1:3000; }\n    location = /metrics", "", ""},
    {authz, "10.0.4.20:9090", "10.0.4.20:8080", "port-not-listened", "10.0.4.20:8080"},
    {mainFile, "listen 127.0.0.1:8079", "listen 10.0.4.21:8079", "default-server-missing not-on-loopback status-published", "listen 10.0.4.21:8079"},
    {yaml, "[127.0.0.0/8, 10.0.4.20, 10.0.4.21]", "[127.0.0.0/8]", "trusted-proxies-missing", "trusted-proxies"},
    {yaml, "[127.0.0.0/8, 10.0.4.20, 10.0.4.21]", "[0.0.0.0/0]", "trusted-proxies-anybody", "trusted-proxies"},
    {yaml, "driver: mysql", "driver: [mysql", "iam-server-syntax", "", 1},
    {unit, "Restart=always\n", "", "restart-missing", "[Service]"},
    {unit, "ExecStopPost=-/sbin/ip addr del 10.0.4.99/24 dev eth0\n", "", "vip-left-behind", "[Service]"},
    {unit, "ExecReload=/usr/sbin/keepalived -t\n", "", "reload-unchecked", "-HUP"},
    {filter, "        ip saddr 10.0.4.20 ip protocol vrrp accept\n", "        # vrrp\n", "vrrp-filtered", "policy drop"},
    {mariadb, "10.0.4.20", "127.0.0.1", "database-on-loopback", "bind-address", 0},
    {redis, "requirepass", "#requirepass", "redis-open", "bind", 0},
    {redis, "127.0.0.1 10.0.4.20", "127.0.0.1 ::1", "redis-on-loopback", "bind", 0},
};
// clang-format on

int lineOf(const std::string& text, const std::string& part)
{
    const std::size_t at = text.find(part);
    if (at == std::string::npos) qFatal("the marked text is not there: %s", part.c_str());
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

LintInput withMistake(const Mistake& mistake)
{
    LintInput input = test::cleanInput();
    input.definition = test::cleanDefinition();
    std::string& text = input.nodes[static_cast<std::size_t>(mistake.node)].files.at(mistake.file).text;
    const std::size_t at = text.find(mistake.from);
    if (at == std::string::npos) qFatal("the text to replace is not there: %s", mistake.from);
    text.replace(at, std::string_view(mistake.from).size(), mistake.to);
    return input;
}

QString shown(const std::vector<Finding>& findings)
{
    QStringList lines;
    for (const Finding& one : findings)
        lines << QStringLiteral("%1:%2:%3: %4 %5")
                     .arg(QString::fromStdString(one.node), QString::fromStdString(one.file))
                     .arg(one.line)
                     .arg(QString::fromStdString(one.rule), QString::fromStdString(one.message));
    return lines.join(u'\n');
}

/// Without the two notes that any definition with one database and one Redis has.
std::vector<Finding> findingsOf(const LintInput& input)
{
    std::vector<Finding> findings = lint(input);
    std::erase_if(findings,
                  [](const Finding& one) { return one.rule == "single-database" || one.rule == "single-redis"; });
    return findings;
}

} // namespace

class LintCasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCleanFilesAreClean()
    {
        LintInput input = test::cleanInput();
        QCOMPARE(shown(lint(input)), QString());
        input.definition = test::cleanDefinition();
        QCOMPARE(shown(findingsOf(input)), QString());
    }
    void eachMistakeIsFoundAlone_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Mistake& mistake : mistakes) {
            QTest::addRow("%02d %s", index, *mistake.rule != '\0' ? mistake.rule : "good") << index;
            ++index;
        }
    }
    void eachMistakeIsFoundAlone()
    {
        QFETCH(int, index);
        const Mistake& mistake = mistakes[index];
        const LintInput input = withMistake(mistake);
        const auto findings = findingsOf(input);
        if (*mistake.rule == '\0') {
            QCOMPARE(shown(findings), QString());
            return;
        }
        std::string rules;
        for (const Finding& one : findings) rules += (rules.empty() ? "" : " ") + one.rule;
        QVERIFY2(rules == mistake.rule, qPrintable(shown(findings)));
        const Finding& found = findings.front();
        const NodeFiles& node =
            input.nodes[static_cast<std::size_t>(mistake.inNode >= 0 ? mistake.inNode : mistake.node)];
        const std::string file = mistake.inFile != nullptr ? mistake.inFile : mistake.file;
        QCOMPARE(found.node, node.node);
        QCOMPARE(found.file, file);
        if (*mistake.at != '\0') QCOMPARE(found.line, lineOf(node.files.at(file).text, mistake.at));
        for (const std::string& text : {found.message, found.why, found.cost, found.mend}) {
            QVERIFY(text.size() > 10);
            QVERIFY2(text.find("{1}") == std::string::npos, text.c_str());
        }
    }
    void mistakesOfBothNodes()
    {
        const auto findingsWith = [](const std::function<void(NodeFiles&, int)>& edit) {
            LintInput input = test::cleanInput();
            for (int i = 0; i < 2; ++i) edit(input.nodes[static_cast<std::size_t>(i)], i);
            QByteArray rules;
            for (const Finding& one : lint(input)) rules += QByteArray::fromStdString(one.node + ' ' + one.rule + ' ');
            return rules;
        };
        const auto replace = [](NodeFiles& node, const char* file, const std::string& from, const std::string& to) {
            std::string& text = node.files.at(file).text;
            const std::size_t at = text.find(from);
            if (at == std::string::npos) qFatal("the text to replace is not there: %s", from.c_str());
            text.replace(at, from.size(), to);
        };
        const std::string version2 =
            "    advert_int 1\n    authentication {\n        auth_type PASS\n        auth_pass ";
        const auto makeVersion2 = [&](NodeFiles& node, const std::string& password) {
            replace(node, vrrp, "    vrrp_version 3\n", "");
            replace(node, vrrp, "    advert_int 0.2", version2 + password + "\n    }");
        };
        QCOMPARE(findingsWith([&](NodeFiles& node, int i) { makeVersion2(node, i == 0 ? "one" : "two"); }),
                 QByteArray("n1 plain-text-secret n2 auth-differs n2 plain-text-secret "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { makeVersion2(node, "123456789"); }),
                 QByteArray("n1 auth-pass-too-long n1 plain-text-secret n2 auth-pass-too-long n2 plain-text-secret "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     makeVersion2(node, "1234");
                     replace(node, vrrp, "auth_type PASS", "auth_type PASS;");
                 }),
                 QByteArray("n1 auth-with-semicolon n2 auth-with-semicolon "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { replace(node, vrrp, "    vrrp_version 3\n", ""); }),
                 QByteArray("n1 subsecond-advert-needs-version-3 n2 subsecond-advert-needs-version-3 "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { replace(node, vrrp, "state BACKUP", "state MASTER"); }),
                 QByteArray("n2 two-initial-masters "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int i) {
                     replace(node, vrrp, "state BACKUP", "nopreempt\n    state BACKUP");
                     replace(node, vrrp, "    fall 2", "    weight -20\n    fall 2");
                     if (i == 1) replace(node, vrrp, "priority 100", "priority 50");
                 }),
                 QByteArray("n1 nopreempt-with-weights n2 nopreempt-with-weights "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int i) {
                     replace(node, vrrp, "    fall 2", "    weight -20\n    fall 2");
                     if (i == 1) replace(node, vrrp, "priority 100", "priority 50");
                 }),
                 QByteArray("n1 weight-too-small n2 fail-back-interrupts "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     replace(node, vrrp, "        10.0.4.99/24 dev eth0", "        10.0.4.99");
                 }),
                 QByteArray("n1 vip-without-prefix n2 vip-without-prefix "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     replace(node, vrrp, "        10.0.4.99/24 dev eth0", "        10.0.5.99/24");
                 }),
                 QByteArray("n1 vip-outside-subnet n2 vip-outside-subnet "));
        QCOMPARE(findingsWith(
                     [&](NodeFiles& node, int) { replace(node, vrrp, "        10.0.4.99/24 dev eth0 # moves\n", ""); }),
                 QByteArray("n1 vip-missing n2 vip-missing "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { replace(node, vrrp, "priority 100", "priority 255"); }),
                 QByteArray("n1 priority-of-owner n2 priority-of-owner "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int i) {
                     // Two clusters that know nothing of each other.
                     if (i == 0) return;
                     replace(node, vrrp, "10.0.4.99/24", "10.0.4.98/24");
                     replace(node, vrrp, "unicast_src_ip 10.0.4.21", "unicast_src_ip 10.0.4.41");
                     replace(node, vrrp, "{ 10.0.4.20 }", "{ 10.0.4.42 }");
                 }),
                 QByteArray("n1 trusted-proxies-missing n2 vrid-duplicate "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     replace(node, vrrp, "    track_script {\n        chk_nginx\n        chk_gateway\n    }\n",
                             "    track_process {\n        nginx\n    }\n");
                 }),
                 QByteArray("n1 check-unused n1 check-unused n1 track-process-only "
                            "n2 check-unused n2 check-unused n2 track-process-only "));
        QCOMPARE(
            findingsWith([&](NodeFiles& node, int) {
                replace(node, vrrp, "    track_script {\n        chk_nginx\n        chk_gateway\n    }\n", "");
            }),
            QByteArray("n1 check-unused n1 check-unused n1 no-check n2 check-unused n2 check-unused n2 no-check "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     replace(node, vrrp, "        chk_gateway\n", "");
                     const std::string text = node.files.at(vrrp).text;
                     const std::size_t begin = text.find("vrrp_script chk_gateway");
                     replace(node, vrrp, text.substr(begin, text.find("vrrp_instance") - begin), "");
                 }),
                 QByteArray("n1 gateway-check-missing n2 gateway-check-missing "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     replace(node, vrrp, "    timeout 1\n", "");
                     replace(node, check, "-m 1 ", "");
                 }),
                 QByteArray("n1 check-without-timeout n2 check-without-timeout "));
        QCOMPARE(findingsWith(
                     [&](NodeFiles& node, int) { replace(node, mainFile, "    proxy_connect_timeout 300ms;\n", ""); }),
                 QByteArray("n1 connect-timeout-missing n1 connect-timeout-missing n2 connect-timeout-missing "
                            "n2 connect-timeout-missing "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { node.files.at(check).mode = 0644; }),
                 QByteArray("n1 check-script-not-executable n2 check-script-not-executable "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { node.files.at(check).mode = 0777; }),
                 QByteArray("n1 check-script-writable n2 check-script-writable "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) { node.files.at(check).dirMode = 0777; }),
                 QByteArray("n1 check-script-writable n2 check-script-writable "));
        QCOMPARE(findingsWith([&](NodeFiles& node, int) {
                     node.files["/etc/iam-server/iam-server.env"] = {"IAM_MYSQL_PASSWORD=x\n", {}, 0644, 0755, "root"};
                 }),
                 QByteArray("n1 plain-text-secret n2 plain-text-secret "));
    }
    void whoAsksOnLoopbackFindsItThere_data()
    {
        QTest::addColumn<QString>("bind"); // of both stores
        QTest::addColumn<QString>("host"); // as n1's own server names it
        QTest::addColumn<QString>("rules");
        const QString both = QStringLiteral("/etc/mysql/mariadb.conf.d/60-iam.cnf /etc/redis/iam.conf ");
        QTest::newRow("only elsewhere") << QStringLiteral("10.0.4.20") << QStringLiteral("127.0.0.1") << both;
        QTest::newRow("asked elsewhere") << QStringLiteral("10.0.4.20") << QStringLiteral("10.0.4.20") << QString();
        QTest::newRow("both") << QStringLiteral("127.0.0.1,10.0.4.20") << QStringLiteral("127.0.0.1") << QString();
        QTest::newRow("every one") << QStringLiteral("0.0.0.0") << QStringLiteral("127.0.0.1") << QString();
        QTest::newRow("every one, also IPv6") << QStringLiteral("*") << QStringLiteral("127.0.0.1") << QString();
        QTest::newRow("a socket") << QStringLiteral("10.0.4.20") << QStringLiteral("localhost")
                                  << QStringLiteral("/etc/redis/iam.conf ");
    }
    void whoAsksOnLoopbackFindsItThere()
    {
        QFETCH(QString, bind);
        QFETCH(QString, host);
        QFETCH(QString, rules);
        LintInput input = test::cleanInput();
        auto& files = input.nodes.front().files;
        const std::string addresses = bind.toStdString();
        files.at(mariadb).text = "[mysqld]\nbind-address = " + addresses + '\n';
        files.at(redis).text = "bind " + bind.replace(QLatin1Char(','), QLatin1Char(' ')).toStdString() +
                               "\nrequirepass a-long-one\n";
        std::string& text = files.at(yaml).text;
        const std::string from = "host: 10.0.4.20:3306";
        text.replace(text.find(from), from.size(), "host: " + host.toStdString() + ":3306");
        text += "redis:\n  host: " + host.toStdString() + '\n';
        QString found;
        for (const Finding& one : lint(input)) {
            QCOMPARE(one.rule, std::string("not-on-loopback"));
            QVERIFY(one.message.find("iam-server.yaml") != std::string::npos);
            found += QString::fromStdString(one.file) + QLatin1Char(' ');
        }
        QCOMPARE(found, rules);
    }
    void aServerMayBeAskedOnItsAddressAlone()
    {
        LintInput input = test::cleanInput();
        const auto replaceAll = [](std::string& text, const std::string& from, const std::string& to) {
            for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
                text.replace(at, from.size(), to);
        };
        auto& files = input.nodes[1].files;
        replaceAll(files.at(yaml).text, "bind-address: 0.0.0.0", "bind-address: 10.0.4.21");
        replaceAll(files.at(api).text, "127.0.0.1:8080", "10.0.4.21:8080");
        replaceAll(files.at(authz).text, "127.0.0.1:9090", "10.0.4.21:9090");
        QCOMPARE(shown(lint(input)), QString());
        // And another port, where all say the same.
        for (NodeFiles& node : input.nodes) {
            replaceAll(node.files.at(yaml).text, "8080", "8088");
            replaceAll(node.files.at(api).text, ":8080", ":8088");
        }
        QCOMPARE(shown(lint(input)), QString());
    }
    void certificatesThatAreMissingAreFound()
    {
        LintInput input = test::cleanInput();
        input.nodes[0].missing = {"/etc/ssl/private/iam.key", "/etc/ssl/other.pem"};
        const std::vector<Finding> findings = lint(input);
        QCOMPARE(findings.size(), std::size_t{1});
        QCOMPARE(findings[0].rule, std::string("certificate-missing"));
        QCOMPARE(findings[0].line, lineOf(input.nodes[0].files.at(api).text, "ssl_certificate_key"));
    }
    void theVirtualAddressIsNobodysOwn()
    {
        LintInput input = test::cleanInput();
        for (NodeFiles& node : input.nodes) {
            std::string& text = node.files.at(vrrp).text;
            text.replace(text.find("10.0.4.99/24"), 12, "10.0.4.21/24");
        }
        std::multiset<std::string> rules;
        for (const Finding& one : lint(input))
            if (one.file == vrrp) rules.insert(one.node + ' ' + one.rule);
        QVERIFY2((rules == std::multiset<std::string>{"n1 vip-of-node", "n2 vip-of-node"}),
                 qPrintable(shown(lint(input))));
    }
    void passwordsAreFoundWhereverTheyStand_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line"); // 0: none stands there
        const auto row = [](const char* path, const char* text, int line) {
            QTest::addRow("%s: %s", path, text) << QString::fromUtf8(path) << QString::fromUtf8(text) << line;
        };
        const char* units = "/etc/systemd/system/iam-server.service";
        row(units, "[Service]\nEnvironment=A=1 IAM_MYSQL_PASSWORD=x\n", 2);
        row(units, "[Service]\nEnvironment=\"IAM_REDIS_PASSWORD=x\"\n", 2);
        row(units, "[Service]\nEnvironment=IAM_KEY_FILE=/x TMPDIR=/run\nEnvironmentFile=/etc/iam-server/x.env\n", 0);
        row(units, "[Service]\nEnvironment=IAM_MYSQL_PASSWORD=\n", 0);
        const char* grants = "/etc/iam-server/mariadb-grants.sql";
        row(grants, "-- IDENTIFIED BY 'x'\nCREATE USER 'iam'@'10.0.4.21' IDENTIFIED BY 'x';\n", 2);
        row(grants, "SET @iam_password = 'x';\n", 1);
        row(grants, "SET PASSWORD FOR 'iam'@'%' = PASSWORD('x');\n", 1);
        row(grants, "EXECUTE IMMEDIATE CONCAT('ALTER USER x IDENTIFIED BY ', QUOTE(@iam_password), ' UNLOCK');\n", 0);
        row(redis, "masterauth x\n", 1);
        row(redis, "user default on >x ~* +@all\n", 1);
        row(redis, "include /etc/redis/iam-password.conf\n# requirepass x\n", 0);
        row(mariadb, "[client]\npassword = x\n", 2);
        row("/etc/iam-server/iam-agent.yaml", "roles: [agent]\ncluster:\n  key: 0123\n", 3);
        row("/etc/iam-server/iam-agent.yaml", "roles: [agent]\ncluster:\n  key-file: /x\n", 0);
        row("/etc/iam-server/iam-server.env", "A=1\nIAM_MYSQL_PASSWORD=x\n", 2);
    }
    void passwordsAreFoundWhereverTheyStand()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(int, line);
        for (const unsigned mode : {0644U, 0640U}) {
            LintInput input;
            input.nodes.resize(1);
            input.nodes[0].node = "n1";
            input.nodes[0].files[path.toStdString()] = {text.toStdString(), {}, mode, 0755, "root"};
            std::vector<int> lines;
            for (const Finding& one : lint(input))
                if (one.rule == "plain-text-secret") lines.push_back(one.line);
            const bool expected = line != 0 && mode == 0644;
            QCOMPARE(lines, expected ? std::vector<int>{line} : std::vector<int>{});
        }
    }
    void filesThatSayNothingAreFound()
    {
        const auto rulesWith = [](const std::function<void(NodeFiles&)>& edit) {
            LintInput input = test::cleanInput();
            edit(input.nodes[1]);
            std::set<std::string> rules;
            for (const Finding& one : lint(input))
                if (one.node == "n2") rules.insert(one.rule);
            return rules;
        };
        const auto with = [&](const char* path, const std::string& text, const std::string& rule) {
            return rulesWith([&](NodeFiles& node) { node.files.at(path).text = text; }).contains(rule);
        };
        for (const char* text : {"", " \n\n", "# nothing\n! at all\n", "\t# no end of line"})
            QVERIFY2(with(vrrp, text, "config-empty"), text);
        QVERIFY(with(mainFile, "", "config-empty") && with(mainFile, "# x\n", "config-empty"));
        QVERIFY(!with(mainFile, "! x\n", "config-empty"));
        QVERIFY(with(vrrp, "global_defs {\n    router_id n2\n}\n", "vrrp-instance-missing"));
        QVERIFY(!with(vrrp, "include instances/*.conf\n", "vrrp-instance-missing"));
        QVERIFY(rulesWith([](NodeFiles& node) { node.files.erase(vrrp); }).contains("config-missing"));
        // Nothing of the folder is known, but the other node has the file.
        const auto none = rulesWith([](NodeFiles& node) {
            std::erase_if(node.files, [](const auto& one) { return one.first.starts_with("/etc/keepalived/"); });
        });
        QVERIFY(none.contains("config-missing"));
        QVERIFY(rulesWith([](NodeFiles& node) {
                    node.files.at(vrrp) = {};
                    node.files.at(vrrp).unread = "is a folder";
                }) == std::set<std::string>{"config-unreadable"});

        LintInput nginxOnly = test::cleanInput();
        for (NodeFiles& node : nginxOnly.nodes)
            std::erase_if(node.files, [](const auto& one) { return !one.first.starts_with("/etc/nginx/"); });
        for (const Finding& one : lint(nginxOnly)) QVERIFY2(one.rule != "config-missing", one.file.c_str());
    }
    void definitionsAreLookedAt()
    {
        const auto rulesWith = [](const std::function<void(ClusterDefinition&)>& edit) {
            LintInput input;
            input.definition = test::cleanDefinition();
            edit(*input.definition);
            std::string rules;
            for (const Finding& one : lint(input)) rules += one.rule + ' ';
            return rules;
        };
        using namespace std::chrono_literals;
        const std::string always = "single-database single-redis ";
        const auto alone = [&](const char* rule) {
            QStringList rules{QString::fromLatin1(rule), QStringLiteral("single-database"),
                              QStringLiteral("single-redis")};
            rules.sort();
            return rules.join(u' ').toStdString() + ' ';
        };
        QCOMPARE(rulesWith([](ClusterDefinition&) {}), always);
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.timeouts.decisionRead = 1s; }),
                 alone("definition-decision-timeout"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.timeouts.apiRead = 9s; }), alone("definition-api-timeout"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.probe.gateway = "10.9.0.1"; }),
                 alone("gateway-outside-subnet"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.timeouts.connect = 5s; }), alone("definition-connect-timeout"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.timeouts.streamRead = 60s; }),
                 alone("definition-stream-timeout"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.probe.checkInterval = 5s; }), alone("definition-check-slow"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.vrrp.advertInterval = 2s; }), alone("definition-advert-slow"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.vrrp.advertInterval = 20ms; }),
                 alone("definition-advert-quick"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.probe.gateway.clear(); }), alone("definition-without-gateway"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.nodes[1].priority = 50; }),
                 alone("definition-priorities-differ"));
        QCOMPARE(rulesWith([](ClusterDefinition& d) { d.redis.host.clear(); }), std::string("single-database "));

        LintInput input;
        input.definition = test::cleanDefinition();
        input.definitionName = "c.yaml";
        input.definitionText = "nodes: []\nvip: {}\nvrrp:\n  router-id: 51\n";
        input.neighbours = {test::cleanDefinition()};
        input.neighbours.front().vip.address = "10.0.4.98";
        const auto findings = lint(input);
        const auto found = std::find_if(findings.begin(), findings.end(),
                                        [](const Finding& one) { return one.rule == "definition-vrid-duplicate"; });
        QVERIFY2(found != findings.end() && found->line == 4 && found->file == "c.yaml", qPrintable(shown(findings)));
        input.neighbours.front().vip.address = "10.0.5.98";
        QVERIFY(!needsMending(lint(input)));
    }
    void everyRuleHasItsWords()
    {
        std::set<std::string> names;
        for (const RuleText& one : ruleTexts()) {
            QVERIFY2(names.insert(one.rule).second, one.rule);
            for (const char* text : {one.what, one.why, one.cost, one.mend}) {
                const QString words = QString::fromUtf8(text);
                QVERIFY2(words.endsWith(u'.') || words.endsWith(u')'), qPrintable(words));
            }
        }
        QVERIFY(names.size() > 100);
    }
};

QTEST_GUILESS_MAIN(LintCasesTest)
#include "lintcasestest.moc"
