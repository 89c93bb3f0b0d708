// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json.h"
#include "servers.h"
#include "support/freeport.h"
#include <QDir>
#include <fstream>

namespace iam::bench {

namespace {

using contract::Json;

bool writeText(const QString& file, const std::string& text)
{
    std::ofstream out(file.toStdString(), std::ios::binary);
    out << text;
    return static_cast<bool>(out.flush());
}

const Json::Array subjects{"users:peter", "users:ken", "users:maria", "groups:admins"};

// What one policy of the workload says of a request, in Cerbos' words.
Json ruleOf(const contract::PolicyDocument& policy)
{
    const std::string entry = policy.resources->front();
    const std::size_t part = entry.find('<');
    const std::string text = writeJson(Json(entry.substr(0, part)));
    const std::string resource =
        part == std::string::npos ? "R.attr.name == " + text : "R.attr.name.startsWith(" + text + ")";
    Json::Array all;
    for (const std::string& expression : {"P.id in " + writeJson(Json(subjects)), resource,
                                          std::string("P.attr.remoteIP.inIPAddrRange(\"192.168.0.0/16\")")})
        all.emplace_back(Json::Object{{"expr", expression}});
    const Json condition(Json::Object{{"match", Json::Object{{"all", Json::Object{{"of", all}}}}}});
    return Json::Object{{"actions", Json::Array{"delete", "create", "update"}},
                        {"effect", "EFFECT_ALLOW"},
                        {"roles", Json::Array{"user"}},
                        {"condition", condition}};
}

std::string cerbosPolicy(const std::string& kind, Json::Array rules)
{
    return writeJson(Json(
        Json::Object{{"apiVersion", "api.cerbos.dev/v1"},
                     {"resourcePolicy",
                      Json::Object{{"version", "default"}, {"resource", kind}, {"rules", Json(std::move(rules))}}}}));
}

// The policy's own part of a resource's name, as a kind.
std::string kindOf(const std::string& resource)
{
    const std::size_t first = resource.find(':');
    const std::size_t second = resource.find(':', first + 1);
    const std::string name = resource.substr(first + 1, second - first - 1);
    if (name == "articles") return name;
    const std::size_t third = resource.find(':', second + 1);
    return name + '_' + resource.substr(second + 1, third == std::string::npos ? third : third - second - 1);
}

} // namespace

bool NginxServer::start()
{
    m_port = test::freePort();
    const QString folder = m_folder.path();
    const QString file = folder + QStringLiteral("/nginx.conf");
    const std::string text =
        "worker_processes 1; worker_rlimit_nofile 20000; daemon off; pid nginx.pid;\n"
        "error_log stderr; events { worker_connections 10000; }\n"
        "http { access_log off; keepalive_requests 1000000000; keepalive_timeout 1h;\n"
        "  client_body_temp_path body; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u;\n"
        "  scgi_temp_path s; default_type text/plain;\n"
        "  server { listen 127.0.0.1:" +
        std::to_string(m_port) + " backlog=4096; location / { return 200; } } }\n";
    return writeText(file, text) &&
           m_process.start(QStringLiteral("nginx"),
                           {QStringLiteral("-p"), folder, QStringLiteral("-c"), file, QStringLiteral("-e"),
                            QStringLiteral("stderr")},
                           folder + QStringLiteral("/log")) &&
           test::waitForPort(m_port, interrupted);
}

bool CerbosServer::writePolicies() const
{
    const QString folder = m_folder.filePath(QStringLiteral("policies"));
    if (!QDir().mkpath(folder)) return false;
    Json::Array rules;
    for (std::size_t i = 0; i < m_workload.size(); ++i) {
        const contract::PolicyDocument policy = m_workload.document(i);
        if (m_form == Form::Scanned) {
            rules.push_back(ruleOf(policy));
            continue;
        }
        const std::string kind = kindOf(policy.resources->front());
        if (!writeText(folder + QStringLiteral("/%1.json").arg(i), cerbosPolicy(kind, {ruleOf(policy)}))) return false;
    }
    return m_form == Form::Keyed ||
           writeText(folder + QStringLiteral("/all.json"), cerbosPolicy("article", std::move(rules)));
}

bool CerbosServer::writeRequests(std::size_t count) const
{
    std::string all;
    for (const PolicyWorkload::Question& question : m_workload.questions(count)) {
        const auto& request = question.request;
        const std::string kind = m_form == Form::Scanned ? "article" : kindOf(request.resource);
        const Json principal(Json::Object{{"id", request.subject},
                                          {"roles", Json::Array{"user"}},
                                          {"attr", Json::Object{{"remoteIP", *request.context.find("remoteIP")}}}});
        const Json resource(
            Json::Object{{"kind", kind}, {"id", "x"}, {"attr", Json::Object{{"name", Json(request.resource)}}}});
        const Json asked(Json::Object{{"resource", resource}, {"actions", Json::Array{Json(request.action)}}});
        all += framedPost("/api/check/resources", "Content-Type: application/json\r\n",
                          writeJson(Json(Json::Object{{"principal", principal}, {"resources", Json::Array{asked}}})));
    }
    return writeText(target().requests, all);
}

bool CerbosServer::start(const QString& program, std::size_t requests)
{
    m_requests = requests;
    m_port = test::freePort();
    const QString file = m_folder.filePath(QStringLiteral("cerbos.yaml"));
    const std::string text = "server:\n  httpListenAddr: \"127.0.0.1:" + std::to_string(m_port) +
                             "\"\n  grpcListenAddr: \"unix:" + m_folder.path().toStdString() +
                             "/grpc.sock\"\nstorage:\n  driver: disk\n  disk:\n    directory: " +
                             m_folder.filePath(QStringLiteral("policies")).toStdString() +
                             "\n    watchForChanges: false\ntelemetry:\n  disabled: true\n";
    if (!writePolicies() || !writeText(file, text) || !writeRequests(requests)) return false;
    if (!m_process.start(
            program,
            {QStringLiteral("server"), QStringLiteral("--config=%1").arg(file), QStringLiteral("--log-level=error")},
            m_folder.filePath(QStringLiteral("log"))))
        return false;
    for (int i = 0; i < 6; ++i) // compiling ten thousand policies takes its time
        if (test::waitForPort(m_port, interrupted)) break;
    // The right answers, as far as a look at the first few says.
    test::HttpConnection connection(m_port);
    std::ifstream in(target().requests.toStdString(), std::ios::binary);
    for (const PolicyWorkload::Question& question : m_workload.questions(requests)) {
        std::string length;
        std::getline(in, length);
        if (length.empty()) break;
        std::string bytes(std::stoul(length), '\0');
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        connection.sendRaw(bytes);
        const test::HttpAnswer answer = connection.receive();
        if (answer.status != 200 || (answer.body.find("EFFECT_ALLOW") != std::string::npos) != question.allowed) {
            std::fprintf(stderr, "cerbos: wrong answer %d %s\n", answer.status, answer.body.c_str());
            return false;
        }
        if (static_cast<std::size_t>(in.tellg()) > 40'000) break;
    }
    return true;
}

Target CerbosServer::target() const
{
    const std::string data =
        std::to_string(m_workload.size()) + (m_form == Form::Scanned ? " rules scanned" : " keyed");
    return {
        "Cerbos",  data, m_process.id(), m_port, "/api/check/resources", m_folder.filePath(QStringLiteral("requests")),
        m_requests};
}

} // namespace iam::bench
