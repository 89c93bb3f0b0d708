// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordsdrill/askers.h"
#include "contract/json.h"
#include "crypto/secrettoken.h"
#include <memory>

namespace iam::drill {

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A token for a minute, made anew in time.
class Bearer {
public:
    explicit Bearer(const test::MadeSecret& secret)
        : m_secret(secret)
    {
    }
    const std::string& header()
    {
        if (const auto now = steady_clock::now(); m_header.empty() || now - m_made > 30s) {
            const auto token =
                crypto::issueSecretToken(m_secret.id, SecretString(m_secret.key), "iam.authz.marmotedu.com",
                                         SystemClock().now(), std::chrono::seconds(60));
            m_header = "Bearer " + token.value_or(std::string());
            m_made = now;
        }
        return m_header;
    }

private:
    const test::MadeSecret& m_secret;
    std::string m_header;
    Time m_made{};
};

std::string questionText(const std::string& resource)
{
    std::string body;
    contract::JsonObjectWriter(body).text("subject", "peter").text("action", "read").text("resource", resource);
    return body;
}

} // namespace

Askers::Askers(std::uint16_t port, std::vector<test::MadeSecret> secrets, Pace pace)
    : m_port(port)
    , m_interval(static_cast<std::int64_t>(1e9 * pace.clients / pace.perSecond))
    , m_programs(static_cast<std::size_t>(pace.clients))
{
    for (std::size_t i = 0; i < m_programs.size(); ++i) {
        m_programs[i].number = static_cast<int>(i);
        m_programs[i].secret = secrets[i % secrets.size()];
        m_programs[i].thread = std::thread([this, i] { run(m_programs[i]); });
    }
}

Askers::~Askers()
{
    stop();
}

void Askers::stop()
{
    m_ended = true;
    for (Program& program : m_programs)
        if (program.thread.joinable()) program.thread.join();
}

std::vector<Question> Askers::questions() const
{
    std::vector<Question> all;
    for (const Program& program : m_programs) all.insert(all.end(), program.book.begin(), program.book.end());
    return all;
}

void Askers::run(Program& program) const
{
    Bearer bearer(program.secret);
    std::unique_ptr<test::HttpConnection> connection;
    int asked = 0;
    for (Time next = steady_clock::now(); !m_ended; next += m_interval) {
        std::this_thread::sleep_until(next); // the pace
        if (!connection) connection = std::make_unique<test::HttpConnection>(m_port);
        if (!connection->connected()) {
            connection.reset();
            continue;
        }
        Question question{
            "drill:" + std::to_string(program.number) + "-" + std::to_string(++asked), steady_clock::now(), {}, 0};
        question.status = connection
                              ->call({"POST",
                                      "/v1/authz",
                                      {{"Authorization", bearer.header()}, {"Content-Type", "application/json"}},
                                      questionText(question.resource)})
                              .status;
        question.answered = steady_clock::now();
        if (question.status == 0) connection.reset();
        program.book.push_back(std::move(question));
    }
}

} // namespace iam::drill
