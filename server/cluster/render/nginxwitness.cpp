// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/nginxparts.h"

namespace iam::cluster {
namespace {

constexpr std::string_view nodeSnippet = R"(
# Who is behind the VIP: this node's own agent signs the caller's nonce. Never another node's agent.
location = /.well-known/iam-node {
    access_log off;
    proxy_connect_timeout 250ms;
    proxy_read_timeout 500ms;
    proxy_next_upstream off;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_pass http://iam_agent;
}

# What the probe through the VIP asks for. Its own upstream, so that it does not disturb the clients' round robin.
location = /.well-known/iam-probe {
    access_log off;
    proxy_read_timeout @DECISION_READ@;
    proxy_pass http://iam_probe/healthz;
}
)";

constexpr std::string_view statusFile = R"(
# This node's agent. It is asked a few times a second; a connection that stays spares it the accepting.
upstream iam_agent {
    server 127.0.0.1:@AGENT@;
    keepalive 2;
}

# For this machine only: does nginx answer, and its counters. A stopped or hung nginx still accepts connections for a
# while (18 s unnoticed at 50 requests a second, for ever at 2), so the check has to read an answer.
server {
    listen 127.0.0.1:@STATUS@;
    server_name localhost;
    access_log off;

    location = /nginx_health {
        default_type text/plain;
        return 200 "ok";
    }
    location = /nginx_status {
        stub_status;
    }
    location / {
        return 404;
    }
}
)";

} // namespace

void renderWitness(Rendering& out)
{
    const TemplateValues values = out.values();
    out.add("/etc/nginx/conf.d/iam-status.conf", statusFile, values);
    out.add("/etc/nginx/snippets/iam-node.conf", nodeSnippet, values);
}

} // namespace iam::cluster
