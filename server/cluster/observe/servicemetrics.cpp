// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/servicemetrics.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace iam::cluster {
namespace {

constexpr std::string_view bucketName = "iam_http_request_duration_seconds_bucket{";
constexpr std::string_view answersName = "iam_http_requests_total{";
constexpr std::array<std::string_view, 3> probes{"/healthz", "/readyz", "/metrics"};
constexpr std::size_t mostBuckets = 64;

struct MetricLine {
    std::string_view listener;
    std::string_view route;
    std::string_view code;
    std::string_view bound;
    double value = 0;
};

std::optional<double> readValue(std::string_view text)
{
    if (text == "+Inf") return std::numeric_limits<double>::infinity();
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && value >= 0 ? std::optional(value) : std::nullopt;
}

/// `rest` is behind the bracket: listener="a",route="/b"} 12
std::optional<MetricLine> readSample(std::string_view rest)
{
    MetricLine sample;
    while (!rest.starts_with('}')) {
        const std::size_t equals = rest.find("=\"");
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view name = rest.substr(0, equals);
        rest.remove_prefix(equals + 2);
        std::size_t end = 0;
        while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
        if (end >= rest.size()) return std::nullopt;
        const std::string_view value = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (rest.starts_with(',')) rest.remove_prefix(1);
        if (name == "listener") sample.listener = value;
        if (name == "route") sample.route = value;
        if (name == "code") sample.code = value;
        if (name == "le") sample.bound = value;
    }
    rest.remove_prefix(1);
    if (!rest.starts_with(' ')) return std::nullopt;
    const auto value = readValue(rest.substr(1, rest.find(' ', 1) - 1));
    if (!value || !std::isfinite(*value)) return std::nullopt;
    sample.value = *value;
    return sample;
}

void addTo(std::vector<ServiceTotals::Bucket>& buckets, double bound, std::uint64_t count)
{
    const auto at = std::ranges::lower_bound(buckets, bound, {}, &ServiceTotals::Bucket::bound);
    if (at != buckets.end() && at->bound == bound)
        at->upTo += count;
    else if (buckets.size() < mostBuckets)
        buckets.insert(at, {bound, count});
}

} // namespace

ServiceTotals readServiceTotals(std::string_view metrics, std::string_view listener)
{
    ServiceTotals totals;
    while (!metrics.empty()) {
        const std::size_t end = std::min(metrics.find('\n'), metrics.size());
        const std::string_view line = metrics.substr(0, end);
        metrics.remove_prefix(std::min(end + 1, metrics.size()));
        const bool bucket = line.starts_with(bucketName);
        if (!bucket && !line.starts_with(answersName)) continue;
        const auto sample = readSample(line.substr(bucket ? bucketName.size() : answersName.size()));
        if (!sample || sample->listener != listener || std::ranges::count(probes, sample->route) != 0) continue;
        const auto count = static_cast<std::uint64_t>(std::min(sample->value, 1e18));
        if (!bucket) {
            totals.answers += count;
            if (sample->code.starts_with('5')) totals.errors += count;
        } else if (const auto bound = readValue(sample->bound)) {
            addTo(totals.buckets, *bound, count);
        }
    }
    return totals;
}

std::optional<double> quantileBetween(const ServiceTotals& before, const ServiceTotals& after, double part)
{
    const auto countBefore = [&](double bound) {
        const auto at = std::ranges::find(before.buckets, bound, &ServiceTotals::Bucket::bound);
        return at == before.buckets.end() ? std::uint64_t{0} : at->upTo;
    };
    std::vector<ServiceTotals::Bucket> grown;
    for (const auto& bucket : after.buckets) {
        const std::uint64_t earlier = countBefore(bucket.bound);
        if (earlier > bucket.upTo) return std::nullopt;
        grown.push_back({bucket.bound, bucket.upTo - earlier});
    }
    if (grown.empty() || grown.back().upTo == 0) return std::nullopt;
    const double wanted = part * static_cast<double>(grown.back().upTo);
    double lower = 0;
    std::uint64_t below = 0;
    for (const auto& bucket : grown) {
        if (static_cast<double>(bucket.upTo) >= wanted && bucket.upTo > below) {
            if (!std::isfinite(bucket.bound)) break;
            const double share = (wanted - static_cast<double>(below)) / static_cast<double>(bucket.upTo - below);
            return (lower + (bucket.bound - lower) * share) * 1000;
        }
        below = std::max(below, bucket.upTo);
        if (std::isfinite(bucket.bound)) lower = bucket.bound;
    }
    return lower * 1000;
}

} // namespace iam::cluster
