// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metricfamilies.h"
#include <limits>
#include <prometheus/text_serializer.h>

namespace iam::node {

MetricFamily::MetricFamily(std::string name, std::string help, prometheus::MetricType type)
    : m_family{std::move(name), std::move(help), type, {}}
{
}

MetricFamily MetricFamily::counter(std::string name, std::string help)
{
    return {std::move(name), std::move(help), prometheus::MetricType::Counter};
}

MetricFamily MetricFamily::gauge(std::string name, std::string help)
{
    return {std::move(name), std::move(help), prometheus::MetricType::Gauge};
}

MetricFamily MetricFamily::histogram(std::string name, std::string help)
{
    return {std::move(name), std::move(help), prometheus::MetricType::Histogram};
}

MetricFamily& MetricFamily::add(double value, Labels labels)
{
    prometheus::ClientMetric& sample = m_family.metric.emplace_back();
    sample.label = std::move(labels);
    if (m_family.type == prometheus::MetricType::Counter)
        sample.counter.value = value;
    else
        sample.gauge.value = value;
    return *this;
}

MetricFamily& MetricFamily::add(const std::vector<double>& bounds, const std::vector<std::uint64_t>& counts, double sum,
                                Labels labels)
{
    prometheus::ClientMetric& sample = m_family.metric.emplace_back();
    sample.label = std::move(labels);
    prometheus::ClientMetric::Histogram& histogram = sample.histogram;
    histogram.sample_sum = sum;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        histogram.sample_count += counts[i];
        const double bound = i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity();
        histogram.bucket.push_back({histogram.sample_count, bound});
    }
    return *this;
}

void MetricFamily::into(MetricFamilies& families)
{
    if (!m_family.metric.empty()) families.push_back(std::move(m_family));
}

std::string metricsText(const MetricFamilies& families)
{
    return prometheus::TextSerializer().Serialize(families);
}

} // namespace iam::node
