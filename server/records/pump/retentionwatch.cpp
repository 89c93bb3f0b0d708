// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/retentionwatch.h"

namespace iam::records {

namespace {

/// Whether the log is over nine tenths of its size: then its oldest records make room for the next.
bool isNearlyFull(const store::RecordStatistics& statistics, const RetentionLimits& limits)
{
    return limits.bytes > 0 && statistics.bytes > limits.bytes / 10 * 9;
}

} // namespace

std::string retentionComplaint(store::RecordBlockStore& log, std::uint64_t oldestSequence,
                               const RetentionLimits& limits, const std::vector<contract::SinkStatus>& sinks)
{
    const auto statistics = log.statistics();
    if (!statistics) return {};
    const bool full = isNearlyFull(*statistics, limits);
    for (const contract::SinkStatus& sink : sinks) {
        if (sink.lagRecords == 0 || sink.position.log.empty()) continue;
        if (limits.age.count() > 0 && sink.lag > std::chrono::milliseconds(limits.age) * 3 / 4)
            return "sink " + sink.sink + " is " +
                   std::to_string(std::chrono::floor<std::chrono::hours>(sink.lag).count()) +
                   " hours behind, and records are removed after " + std::to_string(limits.age.count()) + " days";
        const std::uint64_t quarter = (statistics->lastSequence - oldestSequence) / 4;
        if (full && statistics->lastSequence > oldestSequence && sink.position.sequence < oldestSequence + quarter)
            return "sink " + sink.sink + " is " + std::to_string(sink.lagRecords) +
                   " records behind, and the log, which is nearly full, removes the oldest";
    }
    return {};
}

} // namespace iam::records
