// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long a change of a policy on one server takes to be in force on the other: see README.md.
#include "contract/json.h"
#include "crypto/secrettoken.h"
#include "support/twonodes.h"
#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>
#include <algorithm>
#include <cstdio>
#include <thread>

using namespace iam;
using namespace iam::test;
using namespace std::chrono_literals;

namespace {

constexpr int blocks = 2; // of each kind
constexpr int otherPolicies = 200;

struct Measured {
    std::vector<double> sent;     ///< ms from sending the change to its effect
    std::vector<double> answered; ///< ms from the answer to the change to its effect
};

std::string policyBody(const std::string& name, const std::string& effect, const std::string& resource = "<.*>")
{
    std::string body;
    {
        contract::JsonObjectWriter object(body);
        contract::JsonObjectWriter(object.raw("metadata")).text("name", name);
        contract::JsonObjectWriter(object.raw("policy"))
            .text("effect", effect)
            .list("subjects", {"<.*>"})
            .list("actions", {"<.*>"})
            .list("resources", {resource});
    }
    return body;
}

double milliseconds(std::chrono::steady_clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

QByteArray processor()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly)) return "unknown";
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith("model name")) return line.mid(line.indexOf(':') + 2);
    return "unknown";
}

void printRow(const char* kind, const char* from, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        const auto place = static_cast<std::size_t>(part * static_cast<double>(times.size()));
        return times[std::min(place, times.size() - 1)];
    };
    std::printf("%-14s %-9s %6zu %8.1f %8.1f %8.1f %8.1f\n", kind, from, times.size(), at(0.5), at(0.9), at(0.99),
                times.back());
}

/// One server is told, the other is asked until it knows.
class Bench {
public:
    bool prepare()
    {
        if (!m_nodes.start()) return false;
        m_token = m_nodes.one().logInAsAdmin();
        const MadeSecret secret = makeSecret(m_nodes.one(), m_token, "s");
        const auto signedFor = crypto::issueSecretToken(secret.id, SecretString(secret.key), "iam.authz.marmotedu.com",
                                                        SystemClock().now(), std::chrono::hours(1));
        if (m_token.empty() || !signedFor) return false;
        m_secretToken = *signedFor;
        for (int i = 0; i < otherPolicies; ++i) {
            const std::string name = "other" + std::to_string(i);
            if (tell("POST", "/v1/policies", policyBody(name, "allow", "other:" + name)) != 200) return false;
        }
        return tell("POST", "/v1/policies", policyBody("p", "allow")) == 200 &&
               timeUntil([this] { return allowed(); }, 10s).has_value();
    }
    bool setRedis(bool up)
    {
        if (up == m_redisUp) return true;
        m_redisUp = up;
        if (!up)
            m_nodes.redis().kill();
        else if (!m_nodes.redis().start())
            return false;
        return m_nodes.waitForRedis(up);
    }
    bool measure(int changes, Measured& into)
    {
        for (int i = 0; i < changes; ++i) {
            const bool wanted = !m_allowed;
            // Somewhere between two looks into the database, not right behind one.
            std::this_thread::sleep_for(std::chrono::milliseconds(10 + i * 37 % 500));
            const auto sent = std::chrono::steady_clock::now();
            if (tell("PUT", "/v1/policies/p", policyBody("p", wanted ? "allow" : "deny")) != 200) return false;
            const auto answered = std::chrono::steady_clock::now();
            if (!timeUntil([&] { return allowed() == wanted; }, 10s)) return false;
            const auto inForce = std::chrono::steady_clock::now();
            m_allowed = wanted;
            into.sent.push_back(milliseconds(inForce - sent));
            into.answered.push_back(milliseconds(inForce - answered));
        }
        return true;
    }

private:
    int tell(const std::string& method, const std::string& target, const std::string& body)
    {
        return m_nodes.one().api(method, target, m_token, body).status;
    }
    bool allowed()
    {
        const HttpAnswer answer =
            httpCall(m_nodes.two().authzPort(), {"POST",
                                                 "/v1/authz",
                                                 {{"Authorization", "Bearer " + m_secretToken}},
                                                 "{\"subject\":\"s\",\"action\":\"a\",\"resource\":\"r\"}"});
        return memberOf(answer.body, "allowed") == "true";
    }

    TwoNodes m_nodes;
    std::string m_token;
    std::string m_secretToken;
    bool m_allowed = true;
    bool m_redisUp = true;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int withRedis = argc > 1 ? std::atoi(argv[1]) : 400;
    const int without = argc > 2 ? std::atoi(argv[2]) : 40;
    Bench bench;
    if (withRedis < blocks || without < blocks || !bench.prepare()) {
        std::fprintf(stderr, "the servers cannot be set up\n");
        return 1;
    }
    Measured up;
    Measured down;
    for (int block = 0; block < blocks; ++block) {
        if (!bench.setRedis(true) || !bench.measure(withRedis / blocks, up) || !bench.setRedis(false) ||
            !bench.measure(without / blocks, down)) {
            std::fprintf(stderr, "a change did not come into force within ten seconds\n");
            return 1;
        }
    }
    std::printf("machine: %s, %u threads, %s\n", processor().constData(), std::thread::hardware_concurrency(),
                qPrintable(QSysInfo::prettyProductName()));
    std::printf("data: one user, %d policies; one of them is changed; two processes, MariaDB and Redis on loopback\n",
                otherPolicies + 1);
    std::printf("run: %d blocks with Redis and %d without, in turns; times in ms\n\n", blocks, blocks);
    std::printf("%-14s %-9s %6s %8s %8s %8s %8s\n", "", "since", "n", "p50", "p90", "p99", "max");
    printRow("Redis up", "sent", up.sent);
    printRow("Redis up", "answered", up.answered);
    printRow("Redis stopped", "sent", down.sent);
    printRow("Redis stopped", "answered", down.answered);
    return 0;
}
