// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metrics.h"
#include "node/metricsources.h"
#include "node/pumprole.h"

namespace iam::node {

std::string makeMetrics(const MetricSources& sources)
{
    MetricFamilies families;
    addHttpMetrics(families, sources.servers);
    if (sources.services != nullptr) {
        const Services& services = *sources.services;
        addDecisionMetrics(families, services);
        addSnapshotMetrics(families, services);
        addDecisionLogMetrics(families, services);
        addLegacyQueueMetrics(families, services);
        addWorkerMetrics(families, sources.pools);
        addBusMetrics(families, services);
        addServiceMetrics(families, services);
    }
    if (sources.agent != nullptr) addAgentMetrics(families, *sources.agent);
    if (sources.pump != nullptr) addPumpMetrics(families, *sources.pump);
    if (sources.watcher != nullptr) addWatcherMetrics(families, *sources.watcher);
    addProcessMetrics(families);
    std::string text = metricsText(families);
    if (sources.pump != nullptr)
        for (const auto& pump : sources.pump->pumps()) text += pump->sinkMetrics();
    return text;
}

} // namespace iam::node
