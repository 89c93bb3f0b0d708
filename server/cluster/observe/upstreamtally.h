// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/accesslogline.h"
#include "cluster/observe/words.h"
#include <array>

namespace iam::cluster {

/// Counts requests by domain and upstream, over ten seconds and in all. Counting allocates nothing but for a pair that
/// is new; of more than 64 pairs the rest is only counted together.
class UpstreamTally {
public:
    /// `now` never goes back. The request counts for the upstream tried last; those before it failed it.
    void count(const AccessLogLine& line, SteadyTime now);
    /// In the order they were met.
    [[nodiscard]] std::vector<UpstreamCount> counts(SteadyTime now) const;
    /// Requests that had no room.
    [[nodiscard]] std::uint64_t crowdedOut() const noexcept { return m_crowdedOut; }

private:
    static constexpr std::size_t window = 10; ///< seconds
    struct Second {
        std::int64_t at = -1;
        std::uint64_t requests = 0;
        std::uint64_t failures = 0;
        double seconds = 0;
    };
    struct Entry {
        std::string domain;
        std::string upstream;
        std::uint64_t total = 0;
        std::uint64_t totalFailures = 0;
        std::array<Second, window> ring;
    };
    Entry* find(std::string_view domain, std::string_view upstream);

    std::vector<Entry> m_entries;
    std::uint64_t m_crowdedOut = 0;
};

} // namespace iam::cluster
