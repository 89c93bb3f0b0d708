// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/nginxparts.h"

namespace iam::cluster {
namespace {

constexpr std::string_view mainFile = R"(
user www-data;
# Several workers share their round robin and what they know of dead backends through each upstream's zone.
worker_processes auto;
worker_rlimit_nofile 16384;
# After a reload event streams would keep the old workers for an hour.
worker_shutdown_timeout 30s;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
include /etc/nginx/modules-enabled/*.conf;

events {
    worker_connections 4096;
}

http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    server_tokens off;
    # For domains of any length.
    server_names_hash_bucket_size 512;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 65s;
    client_header_timeout 10s;
    client_body_timeout 10s;
    # As the servers themselves: more is refused with 413 before it is sent on.
    client_max_body_size 5m;

    log_format iam '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_user_agent" '
                   '$server_name $upstream_addr $upstream_status $request_time $upstream_response_time';
    access_log /var/log/nginx/access.log iam;
    # For the node's agent, which counts the real distribution per backend. Nobody listening costs two lines of the
    # error log for each request and nothing else.
    log_format iam_agent '$msec $upstream_addr $upstream_status $status $request_time $upstream_response_time $server_name';
    access_log syslog:server=unix:/run/iam-agent/nginx.sock,nohostname,tag=iam iam_agent;
@TLS@
    include conf.d/*.conf;
}
)";

constexpr std::string_view tlsPart = R"(
    ssl_certificate @CERTIFICATE@;
    ssl_certificate_key @PRIVATE_KEY@;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers off;
    ssl_session_cache shared:iam_tls:10m;
    ssl_session_timeout 1d;
    # Tickets would share one key for as long as nginx runs.
    ssl_session_tickets off;
)";

constexpr std::string_view proxyFile = R"(
# How requests go on to the backends, unless a location says otherwise.

# A new connection for each request costs half of the throughput: 5-6 k instead of 10-14 k requests a second.
proxy_http_version 1.1;
proxy_set_header Connection "";

proxy_set_header Host $host;
proxy_set_header X-Forwarded-Host $http_host;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Real-IP $remote_addr;

# A machine that is gone answers nothing at all. With nginx's 60 s half of the requests fail for more than 9 s after a
# node crashed, whatever VRRP does; with a short time-out for as long as the VIP needs to move.
proxy_connect_timeout @CONNECT@;
# Log-ins hash passwords and lists are long: they may take their time.
proxy_read_timeout @API_READ@;
proxy_send_timeout 10s;
# Reads go to the next backend. What was sent and may have been executed never does, see iam-writes.conf.
proxy_next_upstream error timeout;
)";

constexpr std::string_view quickSnippet = R"(
# For answers that come from memory and may be asked for twice: /healthz and decisions, POST or not.
# Shorter than the callers' own time-out: otherwise they leave first, nginx counts no failure, and a hung server keeps
# half of the requests for ever (329 failed in 14 s; with 500 ms none, 16 of them half a second late).
proxy_read_timeout @DECISION_READ@;
proxy_next_upstream error timeout non_idempotent;
)";

constexpr std::string_view errorSnippet = R"(
# nginx's own errors, in the words of the servers.
@ERRORS@)";

constexpr std::string_view defaultFile = R"(
# Whoever asks for no name of ours: the node's signature and the probe are answered for any name, also for the bare VIP.
server {
@LISTEN@
    server_name _;
    include snippets/iam-node.conf;
    include snippets/iam-errors.conf;

    location / {
        return 404;
    }
}
)";

struct OwnError {
    const char* status;
    const char* body;
};

constexpr OwnError ownErrors[] = {
    {"403", R"({"code":100207,"message":"Permission denied"})"},
    {"404", R"({"code":100006,"message":"Page not found"})"},
    {"413", R"({"code":100010,"message":"Request body too large"})"},
    {"502", R"({"code":100209,"message":"Server is busy"})"},
    {"504", R"({"code":100209,"message":"Server is busy"})"},
};

std::string errorPages()
{
    std::string text;
    for (const OwnError& error : ownErrors) {
        const std::string status(error.status);
        text += "error_page " + status + " /" + status + ".html;\n";
        text += "location = /" + status + ".html {\n    internal;\n    default_type application/json;\n    return " +
                status + " '" + error.body + "';\n}\n";
    }
    return text;
}

} // namespace

void renderNginxMain(Rendering& out)
{
    TemplateValues values = out.values();
    const auto& certificate = out.definition().certificate;
    const auto& ports = out.definition().ports;
    if (certificate) {
        const TemplateValues tls{{"CERTIFICATE", certificate->certificate}, {"PRIVATE_KEY", certificate->privateKey}};
        values["TLS"] = fillTemplate(tlsPart, tls);
    } else {
        values["TLS"] = {};
    }
    values["ERRORS"] = errorPages();
    std::string listen = "    listen " + std::to_string(ports.http) + " default_server;\n";
    if (certificate) listen += "    listen " + std::to_string(ports.https) + " ssl default_server;\n";
    values["LISTEN"] = listen;
    out.add("/etc/nginx/nginx.conf", mainFile, values);
    out.add("/etc/nginx/conf.d/iam-proxy.conf", proxyFile, values);
    out.add("/etc/nginx/conf.d/iam-default.conf", defaultFile, values);
    out.add("/etc/nginx/snippets/iam-errors.conf", errorSnippet, values);
    out.add("/etc/nginx/snippets/iam-quick.conf", quickSnippet, values);
}

} // namespace iam::cluster
