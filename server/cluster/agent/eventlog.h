// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/cluster.h"
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace iam::cluster {

/// The newest events of one agent, numbered without gaps. One thread.
class EventLog {
public:
    static constexpr std::size_t most = 1000;

    explicit EventLog(std::string node)
        : m_node(std::move(node))
    {
    }
    /// Those of before this process; the next number is behind theirs.
    void restore(std::vector<contract::ClusterEvent> events);
    /// Numbers the event, says whose it is, keeps it, and gives it back whole.
    const contract::ClusterEvent& add(contract::ClusterEvent event);
    /// Behind `sequence`, oldest first. A number of which nothing is known yet is of another log: then all.
    [[nodiscard]] std::vector<contract::ClusterEvent> after(std::uint64_t sequence) const;
    [[nodiscard]] std::uint64_t last() const noexcept { return m_last; }

private:
    const std::string m_node;
    std::deque<contract::ClusterEvent> m_events;
    std::uint64_t m_last = 0;
};

} // namespace iam::cluster
