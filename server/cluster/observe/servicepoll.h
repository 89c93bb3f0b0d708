// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/httpask.h"
#include "cluster/observe/servicemetrics.h"
#include <deque>

namespace iam::cluster {

/// One of our servers on this node: whether it answers (/readyz, twice a second, within 750 ms), what it says it lacks,
/// and its load and durations of the last ten seconds (/metrics, once a second).
class ServicePoll : public QObject {
    Q_OBJECT
public:
    /// `name`: as its listener is called in the metrics. `address`: the node's own, tried in turn with 127.0.0.1 while
    /// nobody listens. `clock` outlives this.
    ServicePoll(std::string name, std::string address, std::uint16_t port, const Clock& clock);

    [[nodiscard]] const ServiceWord& word() const noexcept { return m_word; }

Q_SIGNALS:
    /// It answers, or does not any more; or for the first time.
    void healthChanged(const iam::cluster::ServiceWord& word);

private:
    struct Reading {
        SteadyTime at{};
        ServiceTotals totals;
    };
    void hearHealth(const HttpWord& word);
    void hearMetrics(const HttpWord& word);
    void forgetNumbers();
    void turnTo(HttpAsk& ask, bool& loopback);

    const std::string m_address;
    const Clock& m_clock;
    HttpAsk m_health;
    HttpAsk m_metrics;
    bool m_healthByLoopback = true;
    bool m_metricsByLoopback = true;
    std::deque<Reading> m_readings; ///< the oldest first, some ten seconds
    ServiceWord m_word;
};

} // namespace iam::cluster
