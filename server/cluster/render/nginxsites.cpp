// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/nginxparts.h"

namespace iam::cluster {
namespace {

constexpr std::string_view apiSite = R"(
# Management: @API_DOMAIN@
server {
@LISTEN@
    server_name @API_DOMAIN@;
    include snippets/iam-node.conf;
    include snippets/iam-errors.conf;

    location = /healthz {
        include snippets/iam-quick.conf;
        proxy_pass http://iam_api;
    }

    # For the machines of the cluster only.
    location = /metrics {
@ALLOW@
        deny all;
        proxy_pass http://iam_api;
    }
    location = /readyz {
@ALLOW@
        deny all;
        proxy_pass http://iam_api;
    }

    # What this node knows of the cluster, from its own server as long as that answers.
    location = /v1/cluster {
        # What is older than two seconds is unknown anyway.
        proxy_read_timeout 2s;
        proxy_pass http://iam_cluster;
    }
    # An event stream: each event at once, and silence is no fault.
    location = /v1/cluster/events {
        proxy_buffering off;
        proxy_read_timeout @STREAM_READ@;
        proxy_pass http://iam_cluster;
    }

    # 418 is only the way to the location below.
    error_page 418 = @iam_write;
    location / {
        if ($iam_is_write) {
            return 418;
        }
        proxy_pass http://iam_api;
    }

    # See iam-writes.conf.
    location @iam_write {
        access_log off; # written there, with the backend
        proxy_method POST;
        proxy_set_header Connection "";
        proxy_set_header Host iam-writes.invalid;
        proxy_set_header X-IAM-Method $request_method;
        proxy_set_header X-IAM-Host $host;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Real-IP $remote_addr;
        # Longer than the inner one, whose answer this waits for.
        proxy_read_timeout @WRITE_READ@;
        proxy_next_upstream off;
        proxy_pass http://127.0.0.1:@STATUS@;
    }
}
@REDIRECT@
)";

constexpr std::string_view authzSite = R"(
# Decisions: @AUTHZ_DOMAIN@
server {
@LISTEN@
    server_name @AUTHZ_DOMAIN@;
    include snippets/iam-node.conf;
    include snippets/iam-errors.conf;

    # Exactly the routes whose answers change nothing: asking twice is safe.
    location = /v1/authz {
        include snippets/iam-quick.conf;
        proxy_pass http://iam_authz;
    }
    location = /v1/authz/batch {
        include snippets/iam-quick.conf;
        proxy_pass http://iam_authz;
    }
    location = /v1/authz/explain {
        include snippets/iam-quick.conf;
        proxy_pass http://iam_authz;
    }
    location = /healthz {
        include snippets/iam-quick.conf;
        proxy_pass http://iam_authz;
    }

    # For the machines of the cluster only.
    location = /metrics {
@ALLOW@
        deny all;
        proxy_pass http://iam_authz;
    }
    location = /readyz {
@ALLOW@
        deny all;
        proxy_pass http://iam_authz;
    }

    location / {
        proxy_pass http://iam_authz;
    }
}
@REDIRECT@
)";

/// With a certificate: what still asks without TLS. 308 keeps the method and the body.
constexpr std::string_view redirectPart = R"(
server {
    listen @HTTP@;
    server_name @DOMAIN@;
    include snippets/iam-node.conf;
    include snippets/iam-errors.conf;

    location = /healthz {
        include snippets/iam-quick.conf;
        proxy_pass http://@UPSTREAM@;
    }
    location / {
        return 308 https://$host@TO_PORT@$request_uri;
    }
}
)";

constexpr std::string_view writesFile = R"(
# Changes are never sent twice: a hung server executes them when it wakes, and the retry would be a second time (3 of 20
# were). What was not sent, because its backend cannot be reached, may go to the next one. nginx has this rule for POST
# only and would repeat PUT and DELETE, so every change comes here as a POST and leaves with its own method.
map $request_method $iam_is_write {
    default 1;
    GET 0;
    HEAD 0;
    OPTIONS 0;
}

log_format iam_writes '$http_x_real_ip - $remote_user [$time_local] "$http_x_iam_method $request_uri $server_protocol" '
                      '$status $body_bytes_sent "$http_user_agent" @API_DOMAIN@ $upstream_addr $upstream_status '
                      '$request_time $upstream_response_time';
log_format iam_agent_writes '$msec $upstream_addr $upstream_status $status $request_time $upstream_response_time @API_DOMAIN@';

server {
    listen 127.0.0.1:@STATUS@;
    server_name iam-writes.invalid;
    access_log /var/log/nginx/access.log iam_writes;
    access_log syslog:server=unix:/run/iam-agent/nginx.sock,nohostname,tag=iam iam_agent_writes;

    location / {
        proxy_method $http_x_iam_method;
        proxy_set_header Connection "";
        proxy_set_header Host $http_x_iam_host;
        proxy_set_header X-IAM-Method "";
        proxy_set_header X-IAM-Host "";
        # Connections that wait for the next request may be closed by a server just when it is sent; a change must not
        # fall into that gap, so this upstream has none.
        proxy_pass http://iam_api_writes;
    }
}
)";

std::string listenLine(const Rendering& out)
{
    const auto& ports = out.definition().ports;
    return out.definition().certificate ? "    listen " + std::to_string(ports.https) + " ssl;\n"
                                        : "    listen " + std::to_string(ports.http) + ";\n";
}

std::string redirect(const Rendering& out, const std::string& domain, const char* upstream)
{
    if (!out.definition().certificate) return {};
    TemplateValues values = out.values();
    const auto https = out.definition().ports.https;
    values["DOMAIN"] = domain;
    values["UPSTREAM"] = upstream;
    values["TO_PORT"] = https == 443 ? std::string() : ':' + std::to_string(https);
    return fillTemplate(redirectPart, values);
}

} // namespace

void renderNginx(Rendering& out)
{
    renderNginxMain(out);
    renderWitness(out);
    const ClusterDefinition& definition = out.definition();
    TemplateValues values = out.values();
    values["LISTEN"] = listenLine(out);
    std::string allow = "        allow 127.0.0.1;\n";
    for (const std::string& address : out.machineAddresses()) allow += "        allow " + address + ";\n";
    values["ALLOW"] = allow;
    values["WRITE_READ"] = nginxTime(definition.timeouts.apiRead + 5s);
    values["REDIRECT"] = redirect(out, definition.apiDomain, "iam_api");
    out.add("/etc/nginx/conf.d/iam-api.conf", apiSite, values);
    values["REDIRECT"] = redirect(out, definition.authzDomain, "iam_authz");
    out.add("/etc/nginx/conf.d/iam-authz.conf", authzSite, values);
    out.add("/etc/nginx/conf.d/iam-writes.conf", writesFile, values);
    out.add("/etc/nginx/conf.d/iam-upstreams.conf", upstreamsText(out), {});
}

} // namespace iam::cluster
