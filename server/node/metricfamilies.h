// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <prometheus/metric_family.h>
#include <string>
#include <utility>
#include <vector>

namespace iam::node {

using MetricFamilies = std::vector<prometheus::MetricFamily>;
using Labels = std::vector<prometheus::ClientMetric::Label>;

/// A family with its samples, built up one by one. Names follow prometheus.io/docs/practices/naming.
class MetricFamily {
public:
    static MetricFamily counter(std::string name, std::string help);
    static MetricFamily gauge(std::string name, std::string help);
    static MetricFamily histogram(std::string name, std::string help);

    /// Of a counter or a gauge.
    MetricFamily& add(double value, Labels labels = {});
    MetricFamily& add(std::uint64_t value, Labels labels = {})
    {
        return add(static_cast<double>(value), std::move(labels));
    }
    /// Of a histogram. `counts` are not accumulated, and one more than the bounds: those beyond the last.
    MetricFamily& add(const std::vector<double>& bounds, const std::vector<std::uint64_t>& counts, double sum,
                      Labels labels);
    /// Moves it to the others. A family without samples is left out.
    void into(MetricFamilies& families);

private:
    MetricFamily(std::string name, std::string help, prometheus::MetricType type);

    prometheus::MetricFamily m_family;
};

/// In the text exposition format 0.0.4.
[[nodiscard]] std::string metricsText(const MetricFamilies& families);

} // namespace iam::node
