// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/observation.h"
#include "contract/cluster.h"
#include <functional>
#include <string>
#include <vector>

namespace iam::cluster {

/// What an agent can see of its own node: NodeSenses, or something in its place. One thread.
class Senses {
public:
    virtual ~Senses() = default;
    /// As NodeSenses has them.
    [[nodiscard]] virtual std::vector<Observation> observations() = 0;
    [[nodiscard]] virtual contract::ClusterNode node() = 0;
    [[nodiscard]] virtual std::vector<contract::ClusterDependency> dependencies() = 0;
    [[nodiscard]] virtual std::uint64_t lostLogLines() const { return 0; }
    [[nodiscard]] virtual std::string surrenderReason() const { return {}; }

    std::function<void(const Observation&)> observed;
    std::function<void(const std::string& sentence)> noticed;
};

} // namespace iam::cluster
