// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace iam::test {

using MetricLabels = std::map<std::string, std::string>;

struct MetricSample {
    std::string name; ///< of a histogram: with _bucket, _sum or _count
    MetricLabels labels;
    double value = 0;
};

struct ScrapedFamily {
    std::string name;
    std::string type;
    std::string help;
    std::vector<MetricSample> samples;
};

/// Text in the Prometheus exposition format 0.0.4, read strictly: HELP and TYPE stand once before the samples of their
/// family, families stand together, names are legal and follow the conventions (_total for counters, base units), no
/// series comes twice, buckets rise and end with +Inf, which equals the count. `fault` is empty when all that holds.
struct Scrape {
    std::vector<ScrapedFamily> families;
    std::string fault;

    [[nodiscard]] const ScrapedFamily* family(const std::string& name) const;
    /// The sum of the samples of that name that have at least these labels; nothing when there is none.
    [[nodiscard]] std::optional<double> value(const std::string& sample, const MetricLabels& labels = {}) const;
    [[nodiscard]] std::size_t series() const;
};

[[nodiscard]] Scrape readPrometheusText(const std::string& text);

} // namespace iam::test
