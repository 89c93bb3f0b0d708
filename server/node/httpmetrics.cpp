// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricsources.h"
#include <array>

namespace iam::node {
namespace {

/// The one name under which everything without a route is counted, whatever the client called it.
constexpr const char* noRoute = "unknown";

struct StatMetric {
    const http::Stats::Counter http::Stats::*counter;
    const char* cause;
};

constexpr std::array<StatMetric, 7> refusals{{{&http::Stats::refusedConnections, "too_many_connections"},
                                              {&http::Stats::refusedSilent, "silent"},
                                              {&http::Stats::refusedMalformed, "malformed"},
                                              {&http::Stats::refusedHeader, "header_too_large"},
                                              {&http::Stats::refusedBody, "body_too_large"},
                                              {&http::Stats::refusedSlow, "slow"},
                                              {&http::Stats::refusedBusy, "busy"}}};

std::string routeLabel(const std::string& pattern)
{
    return pattern.empty() ? noRoute : pattern;
}

void addRequests(MetricFamilies& families, const std::vector<const http::Server*>& servers)
{
    auto requests = MetricFamily::counter("iam_http_requests_total", "Answers, by route pattern, method and status.");
    auto durations = MetricFamily::histogram("iam_http_request_duration_seconds",
                                             "Time from a whole request to its answer, by route pattern.");
    std::vector<double> bounds;
    for (const std::chrono::nanoseconds bound : http::RequestCounters::durationBounds())
        bounds.push_back(static_cast<double>(bound.count()) / 1e9);
    for (const http::Server* server : servers) {
        const http::RequestReading reading = server->requests();
        for (const auto& answers : reading.answers) {
            requests.add(answers.count, {{"listener", server->name()},
                                         {"method", std::string(http::methodText(answers.method))},
                                         {"route", routeLabel(answers.route)},
                                         {"code", answers.status == 0 ? "other" : std::to_string(answers.status)}});
        }
        for (const auto& of : reading.durations)
            durations.add(bounds, of.buckets, static_cast<double>(of.sum.count()) / 1e9,
                          {{"listener", server->name()}, {"route", routeLabel(of.route)}});
    }
    requests.into(families);
    durations.into(families);
}

} // namespace

void addHttpMetrics(MetricFamilies& families, const std::vector<const http::Server*>& servers)
{
    addRequests(families, servers);
    const auto add = [&](MetricFamily family, const http::Stats::Counter http::Stats::*counter) {
        for (const http::Server* server : servers)
            family.add((server->stats().*counter).load(), {{"listener", server->name()}});
        family.into(families);
    };
    using Family = MetricFamily;
    using Stats = http::Stats;
    add(Family::gauge("iam_http_connections", "Open connections."), &Stats::connections);
    add(Family::gauge("iam_http_requests_in_flight", "Requests that wait for their answer."), &Stats::inFlight);
    add(Family::counter("iam_http_accepted_connections_total", "Connections that came in."), &Stats::accepted);
    add(Family::counter("iam_http_accept_pauses_total", "Pauses of accepting for want of descriptors or memory."),
        &Stats::acceptPauses);
    add(Family::counter("iam_http_write_stalls_total", "Connections closed because the client took no answer."),
        &Stats::writeStalls);
    add(Family::counter("iam_http_tls_failures_total", "Connections that ended before TLS was agreed."),
        &Stats::tlsFailures);
    auto refused = Family::counter("iam_http_refusals_total", "Connections and requests refused, by cause.");
    for (const http::Server* server : servers)
        for (const StatMetric& refusal : refusals)
            refused.add((server->stats().*refusal.counter).load(),
                        {{"listener", server->name()}, {"cause", refusal.cause}});
    refused.into(families);
}

} // namespace iam::node
