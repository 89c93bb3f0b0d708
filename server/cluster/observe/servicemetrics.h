// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// What one of our servers has counted since it started, over all routes but /healthz, /readyz and /metrics: those are
/// asked by probes, this one among them.
struct ServiceTotals {
    struct Bucket {
        double bound = 0; ///< seconds; infinity for the last
        std::uint64_t upTo = 0;
    };
    std::uint64_t answers = 0;
    std::uint64_t errors = 0;    ///< 5xx
    std::vector<Bucket> buckets; ///< ascending; each includes those below
};

/// Reads them from our own metrics (Prometheus text 0.0.4) for one listener: "apiserver", "authz-server". Lines that
/// are not understood are left out.
[[nodiscard]] ServiceTotals readServiceTotals(std::string_view metrics, std::string_view listener);

/// How long the fastest `part` (0..1) of the requests between two readings took, in milliseconds, evenly spread within
/// a bucket; of those beyond the last bound that bound. Nothing when there were none, or the server began anew.
[[nodiscard]] std::optional<double> quantileBetween(const ServiceTotals& before, const ServiceTotals& after,
                                                    double part);

} // namespace iam::cluster
