// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/metrics.h"
#include "node/metricsources.h"

namespace iam::node {

std::string makeMetrics(const MetricSources& sources)
{
    MetricFamilies families;
    addHttpMetrics(families, sources.servers);
    addDecisionMetrics(families, sources.services);
    addSnapshotMetrics(families, sources.services);
    addDecisionLogMetrics(families, sources.services);
    addWorkerMetrics(families, sources.pools);
    addBusMetrics(families, sources.services);
    addServiceMetrics(families, sources.services);
    addProcessMetrics(families);
    return metricsText(families);
}

} // namespace iam::node
