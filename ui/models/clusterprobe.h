// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/cluster.h"
#include "models/clusterstate.h"
#include "probe/httpprobe.h"
#include "probe/interruptionmeter.h"
#include <QObject>
#include <memory>

namespace iam::models {

/// Asks through the VIP ten times a second whether requests get through, and tells each interruption that this computer
/// saw, once it has ended. Silent until the first answer: where there is no way to the VIP nothing is interrupted.
class ClusterProbe : public QObject {
    Q_OBJECT
public:
    explicit ClusterProbe(QObject* parent = nullptr);
    ~ClusterProbe() override;

    /// `authorities`: PEM certificates to trust besides; empty: those of the system. Does nothing when it asks there
    /// already.
    void start(const KnownCluster& cluster, const std::string& authorities);
    void stop();
    /// For how long nothing has got through now; nothing while answers come.
    [[nodiscard]] std::optional<contract::Age> silentFor() const;

Q_SIGNALS:
    /// Of kind "interruption", reported by "console".
    void interrupted(const iam::contract::ClusterEvent& event);

private:
    void take(const probe::ProbeResult& result);

    SystemClock m_clock;
    std::unique_ptr<probe::HttpProbe> m_probe;
    std::optional<KnownCluster> m_target;
    std::optional<probe::InterruptionMeter> m_meter; // since the first answer
    std::uint64_t m_first = 0;                       // the sequence of the first answer
    std::uint64_t m_told = 0;
};

} // namespace iam::models
