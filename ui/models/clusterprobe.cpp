// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterprobe.h"
#include "base/logging.h"

namespace iam::models {

namespace {

constexpr const char* probePath = "/.well-known/iam-probe";

bool sameTarget(const KnownCluster& a, const KnownCluster& b)
{
    return a.vip == b.vip && a.port == b.port && a.tls == b.tls && a.apiDomain == b.apiDomain;
}

} // namespace

ClusterProbe::ClusterProbe(QObject* parent)
    : QObject(parent)
{
}

ClusterProbe::~ClusterProbe() = default;

void ClusterProbe::start(const KnownCluster& cluster, const std::string& authorities)
{
    if (m_probe && m_target && sameTarget(*m_target, cluster)) return;
    stop();
    probe::ProbeTarget target;
    target.address = cluster.vip;
    target.port = cluster.port;
    target.host = cluster.apiDomain;
    target.path = probePath;
    target.tls = cluster.tls;
    target.authorities = authorities;
    auto made = probe::HttpProbe::make(std::move(target));
    if (!made) {
        qCWarning(lcUi, "no probe: %s", made.error().detail.c_str());
        return;
    }
    m_probe = std::move(*made);
    m_target = cluster;
    connect(m_probe.get(), &probe::HttpProbe::decided, this, &ClusterProbe::take);
    m_probe->start();
}

void ClusterProbe::stop()
{
    m_probe.reset();
    m_target.reset();
    m_meter.reset();
}

void ClusterProbe::take(const probe::ProbeResult& result)
{
    if (!m_meter) {
        if (result.outcome != probe::Outcome::Answered) return;
        m_meter.emplace();
        m_first = result.sequence;
    }
    if (result.sequence < m_first) return;
    probe::ProbeResult counted = result;
    counted.sequence -= m_first;
    m_meter->add(counted);
    while (const auto ended = m_meter->take()) {
        using Milliseconds = std::chrono::milliseconds;
        contract::ClusterEvent event;
        event.sequence = ++m_told;
        event.time = m_clock.now() - std::chrono::duration_cast<Milliseconds>(m_clock.steadyNow() - ended->from);
        event.node = "console";
        event.kind = "interruption";
        event.interruption = ended->length;
        event.error = ended->error;
        Q_EMIT interrupted(event);
    }
}

std::optional<contract::Age> ClusterProbe::silentFor() const
{
    const auto since = m_meter ? m_meter->openSince() : std::nullopt;
    if (!since) return std::nullopt;
    return std::chrono::duration_cast<contract::Age>(m_clock.steadyNow() - *since);
}

} // namespace iam::models
