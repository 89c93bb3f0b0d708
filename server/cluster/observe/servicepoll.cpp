// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/servicepoll.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace iam::cluster {
namespace {

using std::chrono::milliseconds;
using Json = nlohmann::json;

constexpr milliseconds healthPeriod{500};
constexpr milliseconds healthTimeout{750};
constexpr milliseconds metricsPeriod{1000};
constexpr milliseconds metricsTimeout{2000};
constexpr std::chrono::seconds loadWindow{10};
constexpr std::chrono::seconds longestGap{5};
constexpr std::size_t mostComplaints = 16;

HttpAsk::Config asking(std::uint16_t port, std::size_t bodyLimit, milliseconds timeout)
{
    HttpAsk::Config config;
    config.port = port;
    config.keepAlive = true;
    config.bodyLimit = bodyLimit;
    config.timeout = timeout;
    return config;
}

/// {"status":"ok","checks":{"database":"ok","redis":"no connection"}}
void readReadiness(const std::string& body, ServiceWord& word)
{
    word.complaints.clear();
    word.database.reset();
    word.redis.reset();
    const Json answer = Json::parse(body, nullptr, false);
    if (!answer.is_object()) return;
    const auto checks = answer.find("checks");
    if (checks == answer.end() || !checks->is_object()) return;
    for (const auto& [name, said] : checks->items()) {
        if (!said.is_string()) continue;
        const bool good = said.get_ref<const std::string&>() == "ok";
        if (name == "database") word.database = good;
        if (name == "redis") word.redis = good;
        if (!good && word.complaints.size() < mostComplaints)
            word.complaints.push_back(name + ": " + said.get<std::string>());
    }
}

} // namespace

ServicePoll::ServicePoll(std::string name, std::string address, std::uint16_t port, const Clock& clock)
    : m_address(std::move(address))
    , m_clock(clock)
    , m_health(asking(port, 16 * 1024, healthTimeout), clock)
    , m_metrics(asking(port, 1024 * 1024, metricsTimeout), clock)
{
    m_word.name = std::move(name);
    connect(&m_health, &HttpAsk::answered, this, &ServicePoll::hearHealth);
    connect(&m_metrics, &HttpAsk::answered, this, &ServicePoll::hearMetrics);
    m_health.keepGetting("/readyz", healthPeriod);
    m_metrics.keepGetting("/metrics", metricsPeriod);
}

void ServicePoll::hearHealth(const HttpWord& word)
{
    if (word.outcome == HttpWord::Outcome::Unasked) return;
    const bool answers = word.outcome == HttpWord::Outcome::Answered && (word.status == 200 || word.status == 503);
    const bool changed = m_word.healthy != answers;
    m_word.askedAt = word.askedAt;
    m_word.healthy = answers;
    if (answers) {
        m_word.ready = word.status == 200;
        readReadiness(word.body, m_word);
    } else {
        m_word.ready.reset();
        m_word.database.reset();
        m_word.redis.reset();
        m_word.complaints = {word.status == 0 ? word.reason : "answers with status " + std::to_string(word.status)};
        forgetNumbers();
    }
    if (word.refused) turnTo(m_health, m_healthByLoopback);
    if (changed) Q_EMIT healthChanged(m_word);
}

void ServicePoll::hearMetrics(const HttpWord& word)
{
    // From the node's own address they may be forbidden, which they never are by loopback.
    if (word.refused || (!m_metricsByLoopback && word.status == 403)) turnTo(m_metrics, m_metricsByLoopback);
    if (word.outcome != HttpWord::Outcome::Answered || word.status != 200) {
        if (m_readings.empty() || m_clock.steadyNow() - m_readings.back().at > longestGap) forgetNumbers();
        return;
    }
    Reading next{word.askedAt, readServiceTotals(word.body, m_word.name)};
    m_word.errors = next.totals.errors;
    if (!m_readings.empty() && next.totals.answers < m_readings.back().totals.answers) m_readings.clear();
    while (!m_readings.empty() && next.at - m_readings.front().at > loadWindow + metricsPeriod) m_readings.pop_front();
    m_word.requestsPerSecond.reset();
    m_word.p50Milliseconds.reset();
    m_word.p99Milliseconds.reset();
    if (!m_readings.empty() && next.at > m_readings.front().at) {
        const Reading& first = m_readings.front();
        const std::chrono::duration<double> took = next.at - first.at;
        m_word.requestsPerSecond = static_cast<double>(next.totals.answers - first.totals.answers) / took.count();
        m_word.p50Milliseconds = quantileBetween(first.totals, next.totals, 0.5);
        m_word.p99Milliseconds = quantileBetween(first.totals, next.totals, 0.99);
    }
    m_readings.push_back(std::move(next));
}

void ServicePoll::turnTo(HttpAsk& ask, bool& loopback)
{
    loopback = !loopback;
    ask.setAddress(loopback ? "127.0.0.1" : m_address);
}

void ServicePoll::forgetNumbers()
{
    m_readings.clear();
    m_word.requestsPerSecond.reset();
    m_word.p50Milliseconds.reset();
    m_word.p99Milliseconds.reset();
    m_word.errors.reset();
}

} // namespace iam::cluster
