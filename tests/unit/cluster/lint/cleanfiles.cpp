// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/cluster/lint/cleanfiles.h"
#include "cluster/definition/definitionfile.h"

namespace iam::test {
namespace {

using cluster::NodeFiles;

constexpr const char* mainConf = R"(user www-data;
worker_processes auto;
events { worker_connections 1024; }
http {
    include /etc/nginx/mime.types;
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    geo $inside { default 0; 10.0.4.0/24 1; }
    proxy_connect_timeout 300ms;
    include conf.d/*.conf;
    server {
        listen 127.0.0.1:8079;
        location = /nginx_health { return 200 "ok\n"; }
        location = /nginx_status { stub_status; }
    }
}
)";

constexpr const char* apiConf = R"(upstream api {
    zone api 64k;
    server 127.0.0.1:8080 max_fails=2 fail_timeout=5s;
    server PEER:8080 max_fails=2 fail_timeout=5s;
    keepalive 16;
}
upstream probe {
    zone probe 64k;
    server 127.0.0.1:8080 max_fails=2 fail_timeout=5s;
    server PEER:8080 max_fails=2 fail_timeout=5s;
}
server {
    listen 80 default_server;
    listen 443 ssl default_server;
    server_name iam.api.example.com;
    ssl_certificate /etc/ssl/iam.pem;
    ssl_certificate_key /etc/ssl/private/iam.key;
    client_max_body_size 5m;
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    error_page 404 /404.html;
    location = /404.html { root /usr/share/nginx/html; }
    location = /metrics { return 404; }
    location = /.well-known/iam-node {
        proxy_pass http://127.0.0.1:7071;
    }
    location = /.well-known/iam-probe {
        proxy_read_timeout 500ms;
        proxy_pass http://probe/healthz;
    }
    location = /v1/cluster/events {
        proxy_buffering off;
        proxy_read_timeout 1h;
        proxy_pass http://api;
    }
    location = /healthz {
        proxy_read_timeout 500ms;
        proxy_next_upstream error timeout http_502 non_idempotent;
        proxy_pass http://api;
    }
    location / {
        proxy_next_upstream off;
        proxy_read_timeout 30s;
        proxy_pass http://api;
    }
}
)";

constexpr const char* authzConf = R"(upstream authz {
	zone authz 64k;
	server 127.0.0.1:9090 max_fails=2 fail_timeout=5s;
	server PEER:9090 max_fails=2 fail_timeout=5s;
	keepalive 16;
}
server {
	listen 80;
	listen 443 ssl;
	server_name iam.authz.example.com;
	proxy_http_version 1.1;
	proxy_read_timeout 500ms;
	proxy_next_upstream error timeout http_502 non_idempotent;
	proxy_set_header Connection "";
	proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; # as the client's own
	location ~ ^/(metrics|debug) { return 404; }
	location / { proxy_pass http://authz; }
}
)";

constexpr const char* keepalivedConf = R"(! two nodes, one address
global_defs {
    router_id NAME
    vrrp_version 3
    script_user root
    enable_script_security
    vrrp_notify_fifo /run/iam-agent/vrrp.fifo
}
vrrp_script chk_nginx {
    script "/etc/keepalived/check_nginx.sh"
    interval 1
    timeout 1
    fall 2
    rise 2
}
vrrp_script chk_gateway {
    script "/usr/bin/ping -c 1 -W 1 10.0.4.1"
    interval 1
    timeout 2
    fall 3
    rise 2
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 0.2
    unicast_src_ip SELF
    check_unicast_src
    unicast_peer { PEER }
    virtual_ipaddress {
        10.0.4.99/24 dev eth0 # moves
    }
    track_script {
        chk_nginx
        chk_gateway
    }
    garp_master_refresh 5
    notify_master "/etc/keepalived/notify.sh master"
}
)";

constexpr const char* checkScript = R"(#!/bin/sh
# telnet is not enough: ask nginx itself
exec /usr/bin/curl -fsS -m 1 -o /dev/null http://127.0.0.1:8079/nginx_health
)";

constexpr const char* serverYaml = R"(store:
  driver: mysql
mysql:
  host: 10.0.4.20:3306
  username: iam
apiserver:
  insecure:
    bind-address: 0.0.0.0
    bind-port: 8080
authz-server:
  insecure:
    bind-address: 0.0.0.0
    bind-port: 9090
server:
  trusted-proxies: [127.0.0.0/8, 10.0.4.20, 10.0.4.21]
)";

constexpr const char* unit = R"([Service]
Restart=always
RestartSec=1
ExecStopPost=-/sbin/ip addr del 10.0.4.99/24 dev eth0
ExecReload=
ExecReload=/usr/sbin/keepalived -t
ExecReload=/bin/kill -HUP $MAINPID
)";

constexpr const char* filter = R"(table inet iam {
    chain input {
        type filter hook input priority 0; policy drop;
        ip saddr PEER ip protocol vrrp accept
        ct state established,related accept
        tcp dport { 80, 443 } accept
    }
}
)";

std::string filled(std::string text, const std::string& name, const std::string& self, const std::string& peer)
{
    for (const auto& [word, value] : {std::pair("NAME", name), std::pair("SELF", self), std::pair("PEER", peer)})
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
            text.replace(at, std::string_view(word).size(), value);
    return text;
}

NodeFiles nodeFiles(const std::string& name, const std::string& self, const std::string& peer)
{
    NodeFiles node;
    node.node = name;
    const auto add = [&](const char* path, const char* text, unsigned mode = 0644) {
        node.files[path] = {filled(text, name, self, peer), {}, mode, 0755, "root"};
    };
    add("/etc/nginx/nginx.conf", mainConf);
    add("/etc/nginx/conf.d/api.conf", apiConf);
    add("/etc/nginx/conf.d/authz.conf", authzConf);
    add("/etc/keepalived/keepalived.conf", keepalivedConf);
    add("/etc/keepalived/check_nginx.sh", checkScript, 0755);
    add("/etc/keepalived/notify.sh", "#!/bin/sh\nlogger \"$1\"\n", 0755);
    add("/etc/iam-server/iam-server.yaml", serverYaml, 0640);
    add("/etc/systemd/system/keepalived.service.d/iam.conf", unit);
    add("/etc/nftables.d/iam.nft", filter);
    return node;
}

} // namespace

cluster::ClusterDefinition cleanDefinition()
{
    constexpr const char* yaml = R"(nodes:
  - {name: n1, address: 10.0.4.20, interface: eth0}
  - {name: n2, address: 10.0.4.21, interface: eth0}
vip: {address: 10.0.4.99/24}
domains: {api: iam.api.example.com, authz: iam.authz.example.com}
database: {host: n1}
redis: {host: n1}
probe: {gateway: 10.0.4.1}
)";
    return cluster::parseDefinition(yaml, "cluster.yaml").value();
}

cluster::LintInput cleanInput()
{
    cluster::LintInput input;
    input.nodes = {nodeFiles("n1", "10.0.4.20", "10.0.4.21"), nodeFiles("n2", "10.0.4.21", "10.0.4.20")};
    NodeFiles& first = input.nodes.front();
    first.files["/etc/mysql/mariadb.conf.d/60-iam.cnf"] = {
        "[mysqld]\nbind-address = 10.0.4.20\n", {}, 0644, 0755, "root"};
    first.files["/etc/redis/iam.conf"] = {
        "bind 127.0.0.1 10.0.4.20\nrequirepass a-long-one\n", {}, 0640, 0755, "redis"};
    return input;
}

} // namespace iam::test
