// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/metricfamilies.h"
#include "node/metrics.h"

namespace iam::node {

// Each adds what one part of the server is measured by.
void addHttpMetrics(MetricFamilies& families, const std::vector<const http::Server*>& servers);
void addDecisionMetrics(MetricFamilies& families, const Services& services);
void addSnapshotMetrics(MetricFamilies& families, const Services& services);
void addDecisionLogMetrics(MetricFamilies& families, const Services& services);
/// Nothing unless decisions go to the old system's list, too.
void addLegacyQueueMetrics(MetricFamilies& families, const Services& services);
void addWorkerMetrics(MetricFamilies& families, const std::vector<std::pair<std::string, const WorkerPool*>>& pools);
/// Nothing without Redis.
void addBusMetrics(MetricFamilies& families, const Services& services);
void addServiceMetrics(MetricFamilies& families, const Services& services);
void addAgentMetrics(MetricFamilies& families, const AgentRole& role);
void addPumpMetrics(MetricFamilies& families, const PumpRole& role);
void addWatcherMetrics(MetricFamilies& families, const WatcherRole& role);
/// Of /proc/self (proc(5)); what cannot be read is left out.
void addProcessMetrics(MetricFamilies& families);

} // namespace iam::node
