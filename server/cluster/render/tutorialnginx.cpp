// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/nginxparts.h"

namespace iam::cluster {
namespace {

constexpr std::string_view mainFile = R"(
# The course's file. Mended: server_names_hash_bucket_size, without which nginx refuses long domains. What was added to it
# for the display: the log for the agent, iam-status.conf, snippets/iam-node.conf.
user www-data;
worker_processes auto;
error_log /var/log/nginx/error.log;
pid /run/nginx.pid;
include /etc/nginx/modules-enabled/*.conf;

events {
    worker_connections 1024;
}

http {
    log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" '
                    '"$http_user_agent" "$http_x_forwarded_for"';
    access_log /var/log/nginx/access.log main;
    log_format iam_agent '$msec $upstream_addr $upstream_status $status $request_time $upstream_response_time $server_name';
    access_log syslog:server=unix:/run/iam-agent/nginx.sock,nohostname,tag=iam iam_agent;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 65;
    types_hash_max_size 2048;
    server_names_hash_bucket_size 512;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
@TLS@
@UPSTREAMS@
    include conf.d/*.conf;
}
)";

constexpr std::string_view tlsPart = R"(
    ssl_certificate @CERTIFICATE@;
    ssl_certificate_key @PRIVATE_KEY@;
)";

// In the course's file the second location is /40x.html, which no 404 ever reaches.
constexpr std::string_view siteFile = R"(
server {
@LISTEN@
    server_name @DOMAIN@;
    client_max_body_size 5m;
    root /usr/share/nginx/html;
    include snippets/iam-node.conf;

    location / {
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_pass http://@DOMAIN@;
    }

    error_page 404 /404.html;
    location = /404.html {
    }
    error_page 500 502 503 504 /50x.html;
    location = /50x.html {
    }
}
)";

std::string upstream(const Rendering& out, const std::string& name, std::uint16_t port, const std::string& balance)
{
    std::string text = "    upstream " + name + " {\n" + (balance.empty() ? "" : "    " + balance);
    const auto server = [&](const std::string& address, int weight) {
        text += "        server " + address + ':' + std::to_string(port);
        text += (weight != 1 ? " weight=" + std::to_string(weight) : std::string()) + ";\n";
    };
    if (const BackendDefinition* own = out.backend()) server("127.0.0.1", own->weight);
    for (const BackendDefinition& backend : out.definition().backends)
        if (&backend != out.backend()) server(backend.address, backend.weight);
    return text + "    }\n";
}

} // namespace

void renderTutorialNginx(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    const std::string balance = balanceLine(definition.balance);
    TemplateValues values = out.values();
    values["UPSTREAMS"] = balanceMap(definition.balance) +
                          upstream(out, definition.apiDomain, definition.ports.api, balance) +
                          upstream(out, definition.authzDomain, definition.ports.authz, balance) +
                          upstream(out, "iam_probe", definition.ports.api, {});
    values["LISTEN"] = "    listen " + std::to_string(definition.ports.http) + ";\n";
    values["TLS"] = {};
    if (const auto& certificate = definition.certificate) {
        values["TLS"] = fillTemplate(
            tlsPart, {{"CERTIFICATE", certificate->certificate}, {"PRIVATE_KEY", certificate->privateKey}});
        values["LISTEN"] += "    listen " + std::to_string(definition.ports.https) + " ssl;\n";
    }
    out.add("/etc/nginx/nginx.conf", mainFile, values);
    values["DOMAIN"] = definition.apiDomain;
    out.add("/etc/nginx/conf.d/iam-apiserver.conf", siteFile, values);
    values["DOMAIN"] = definition.authzDomain;
    out.add("/etc/nginx/conf.d/iam-authz-server.conf", siteFile, values);
    renderWitness(out);
}

} // namespace iam::cluster
