// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/nginxcheck.h"
#include <algorithm>
#include <array>
#include <charconv>

namespace iam::cluster {
namespace {

constexpr std::chrono::milliseconds countersPeriod{1000};

HttpAsk::Config localNginx(const NginxCheck::Config& config, bool keepAlive)
{
    HttpAsk::Config ask;
    ask.port = config.port;
    ask.keepAlive = keepAlive;
    ask.bodyLimit = 4096;
    ask.timeout = config.timeout;
    return ask;
}

/// The first number behind `word`.
std::optional<std::uint64_t> numberBehind(std::string_view page, std::string_view word)
{
    const std::size_t at = page.find(word);
    if (at == std::string_view::npos) return std::nullopt;
    page.remove_prefix(at + word.size());
    page.remove_prefix(std::min(page.find_first_not_of(" \r\n"), page.size()));
    std::uint64_t number = 0;
    const auto read = std::from_chars(page.data(), page.data() + page.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

} // namespace

// Active connections: 2
// server accepts handled requests
//  17 17 42
// Reading: 0 Writing: 1 Waiting: 1
std::optional<NginxCounters> readStubStatus(std::string_view page)
{
    const auto active = numberBehind(page, "Active connections:");
    const auto reading = numberBehind(page, "Reading:");
    const auto writing = numberBehind(page, "Writing:");
    const auto waiting = numberBehind(page, "Waiting:");
    const std::size_t table = page.find("requests");
    if (!active || !reading || !writing || !waiting || table == std::string_view::npos) return std::nullopt;
    std::string_view rest = page.substr(table + 8);
    std::array<std::uint64_t, 3> numbers{};
    for (std::uint64_t& number : numbers) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (read.ec != std::errc()) return std::nullopt;
        rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    }
    NginxCounters counters;
    counters.active = *active;
    counters.accepted = numbers[0];
    counters.handled = numbers[1];
    counters.requests = numbers[2];
    counters.reading = *reading;
    counters.writing = *writing;
    counters.waiting = *waiting;
    return counters;
}

NginxCheck::NginxCheck(Config config, const Clock& clock)
    : m_opinion(config.rise, config.fall)
    , m_health(localNginx(config, false), clock)
    , m_status(localNginx(config, true), clock)
{
    connect(&m_health, &HttpAsk::answered, this, &NginxCheck::hear);
    connect(&m_status, &HttpAsk::answered, this, &NginxCheck::count);
    m_status.keepGetting("/nginx_status", countersPeriod);
    m_health.keepGetting("/nginx_health", config.interval);
}

void NginxCheck::hear(const HttpWord& word)
{
    if (word.outcome == HttpWord::Outcome::Unasked) return;
    const bool good = word.outcome == HttpWord::Outcome::Answered && word.status == 200;
    const std::string reason = good               ? std::string()
                               : word.status != 0 ? "answers with status " + std::to_string(word.status)
                                                  : word.reason;
    if (m_opinion.take(good, word.askedAt, reason)) Q_EMIT answerChanged(*m_opinion.word());
}

void NginxCheck::count(const HttpWord& word)
{
    if (word.outcome != HttpWord::Outcome::Answered || word.status != 200) return;
    auto next = readStubStatus(word.body);
    if (!next) return;
    next->askedAt = word.askedAt;
    if (m_counters && next->requests >= m_counters->requests && next->askedAt > m_counters->askedAt) {
        const std::chrono::duration<double> took = next->askedAt - m_counters->askedAt;
        next->requestsPerSecond = static_cast<double>(next->requests - m_counters->requests) / took.count();
    }
    m_counters = next;
}

} // namespace iam::cluster
