// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/upstreamtally.h"

namespace iam::cluster {
namespace {

constexpr std::size_t mostPairs = 64;

std::int64_t secondOf(SteadyTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

UpstreamTally::Entry* UpstreamTally::find(std::string_view domain, std::string_view upstream)
{
    for (Entry& entry : m_entries)
        if (entry.upstream == upstream && entry.domain == domain) return &entry;
    if (m_entries.size() == mostPairs) return nullptr;
    Entry& made = m_entries.emplace_back();
    made.domain = domain;
    made.upstream = upstream;
    return &made;
}

void UpstreamTally::count(const AccessLogLine& line, SteadyTime now)
{
    const std::int64_t second = secondOf(now);
    for (std::size_t i = 0; i < line.tried; ++i) {
        const AccessLogLine::Attempt& attempt = line.attempts[i];
        const bool last = i + 1 == line.tried;
        Entry* entry = find(line.domain, attempt.upstream);
        if (entry == nullptr) {
            m_crowdedOut += last ? 1 : 0;
            continue;
        }
        Second& slot = entry->ring[static_cast<std::size_t>(second) % window];
        if (slot.at != second) slot = Second{second, 0, 0, 0};
        const bool failed = !last || attempt.status == 0 || attempt.status >= 500;
        slot.requests += last ? 1 : 0;
        slot.failures += failed ? 1 : 0;
        slot.seconds += last ? attempt.seconds : 0;
        entry->total += last ? 1 : 0;
        entry->totalFailures += failed ? 1 : 0;
    }
}

std::vector<UpstreamCount> UpstreamTally::counts(SteadyTime now) const
{
    const std::int64_t second = secondOf(now);
    std::vector<UpstreamCount> counts;
    for (const Entry& entry : m_entries) {
        UpstreamCount& made = counts.emplace_back();
        made.domain = entry.domain;
        made.upstream = entry.upstream;
        made.total = entry.total;
        made.totalFailures = entry.totalFailures;
        for (const Second& slot : entry.ring) {
            if (slot.at < 0 || slot.at + static_cast<std::int64_t>(window) <= second) continue;
            made.recent += slot.requests;
            made.recentFailures += slot.failures;
            made.recentSeconds += slot.seconds;
        }
    }
    return counts;
}

} // namespace iam::cluster
