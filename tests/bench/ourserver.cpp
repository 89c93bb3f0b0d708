// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "crypto/secrettoken.h"
#include "servers.h"
#include <QProcess>
#include <chrono>
#include <fstream>

namespace iam::bench {

namespace {

using Clock = std::chrono::steady_clock;

std::string quotedForSql(const std::string& text)
{
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + '\'';
}

std::string tokenFor(const test::MadeSecret& secret, std::chrono::seconds lifetime)
{
    return crypto::issueSecretToken(secret.id, SecretString(secret.key), "iam.authz.marmotedu.com", SystemClock().now(),
                                    lifetime)
        .value_or(std::string());
}

std::string decisionHeaders(const std::string& token)
{
    return "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
}

constexpr std::chrono::hours day{24};

} // namespace

std::string framedPost(const std::string& path, const std::string& headers, const std::string& body)
{
    const std::string request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
                                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    return std::to_string(request.size()) + '\n' + request;
}

// Straight into the database while no server has it: a hundred thousand calls would take minutes.
bool OurServer::seed()
{
    const QString file = m_folder.filePath(QStringLiteral("policies.sql"));
    {
        std::ofstream sql(file.toStdString());
        sql << "BEGIN;\n";
        for (std::size_t i = m_workload.size(); i > 0; --i) // the last one stored is the first in order
            sql << "INSERT INTO policies (instance_id, owner_id, name, document, created_at, updated_at, version) "
                   "SELECT "
                << "'bench-" << i << "', id, " << quotedForSql(m_workload.id(i - 1)) << ", "
                << quotedForSql(contract::encodePolicyDocument(m_workload.document(i - 1)))
                << ", 0, 0, 1 FROM users WHERE name = 'admin';\n";
        sql << "COMMIT;\n";
        if (!sql.flush()) return false;
    }
    QProcess sqlite;
    sqlite.setStandardInputFile(file);
    sqlite.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    sqlite.start(QStringLiteral("sqlite3"), {m_server.dataDir() + QStringLiteral("/iam.db")});
    return sqlite.waitForFinished(120'000) && sqlite.exitCode() == 0;
}

bool OurServer::writeRequests(const QString& file, bool ownTokens, std::size_t count) const
{
    std::ofstream out(file.toStdString(), std::ios::binary);
    const std::string token = tokenFor(m_secret, day);
    std::chrono::seconds lifetime = day;
    for (const PolicyWorkload::Question& question : m_workload.questions(count))
        out << framedPost("/v1/authz", decisionHeaders(ownTokens ? tokenFor(m_secret, ++lifetime) : token),
                          contract::encodeDecisionRequest(question.request));
    return static_cast<bool>(out.flush());
}

bool OurServer::answersRightly() const
{
    test::HttpConnection connection(m_server.authzPort());
    const std::string token = tokenFor(m_secret, day);
    for (const PolicyWorkload::Question& question : m_workload.questions(400)) {
        const test::HttpAnswer answer =
            connection.call({"POST",
                             "/v1/authz",
                             {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                             contract::encodeDecisionRequest(question.request)});
        if (answer.status != 200 || test::memberOf(answer.body, "allowed") != (question.allowed ? "true" : "false")) {
            std::fprintf(stderr, "wrong answer %d %s\n", answer.status, answer.body.c_str());
            return false;
        }
    }
    return true;
}

bool OurServer::start(std::size_t requests)
{
    m_requests = requests;
    QStringList settings{QStringLiteral("limits.idle-timeout=1h")};
    if (m_cache == TokenCache::Off) settings << QStringLiteral("authz-server.token-cache=0");
    if (!m_server.start(settings)) return false;
    m_secret = test::makeSecret(m_server, m_server.logInAsAdmin(), "bench");
    if (m_secret.key.empty() || !m_server.stop() || !seed()) return false;
    const auto start = Clock::now();
    if (!m_server.start(settings)) return false;
    m_startSeconds = std::chrono::duration<double>(Clock::now() - start).count();
    m_rss = costOf(process()).rssMib;
    return writeRequests(decisions().requests, false, requests) &&
           writeRequests(decisionsWithNewTokens().requests, true, requests) && answersRightly();
}

Target OurServer::decisions() const
{
    return {m_cache == TokenCache::On ? "iam-server" : "iam-server, token cache off",
            m_data,
            process(),
            port(),
            "/v1/authz",
            m_folder.filePath(QStringLiteral("one-token")),
            m_requests};
}

Target OurServer::decisionsWithNewTokens() const
{
    return {"iam-server, every token new",
            m_data,
            process(),
            port(),
            "/v1/authz",
            m_folder.filePath(QStringLiteral("own-tokens")),
            m_requests};
}

std::optional<double> OurServer::millisecondsOfOneChange()
{
    const std::size_t place = m_workload.size() / 3;
    contract::Policy policy;
    policy.metadata.name = m_workload.id(place);
    policy.policy = m_workload.document(place);
    policy.policy.effect = "deny";
    const std::string body = contract::encodePolicy(policy);
    const std::string asked = contract::encodeDecisionRequest(m_workload.requestFor(place, 1));
    const std::string authorization = "Bearer " + tokenFor(m_secret, day);
    const std::string login = m_server.logInAsAdmin();
    test::HttpConnection decider(m_server.authzPort());
    const auto start = Clock::now();
    if (m_server.api("PUT", "/v1/policies/" + policy.metadata.name, login, body).status != 200) return std::nullopt;
    while (Clock::now() - start < std::chrono::seconds(5)) {
        const test::HttpAnswer answer = decider.call({"POST", "/v1/authz", {{"Authorization", authorization}}, asked});
        if (test::memberOf(answer.body, "allowed") == "false")
            return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    }
    return std::nullopt;
}

} // namespace iam::bench
