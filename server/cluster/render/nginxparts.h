// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/render/rendering.h"

namespace iam::cluster {

// The parts of nginx's files.

/// nginx.conf and what every site shares.
void renderNginxMain(Rendering& out);
/// For both profiles: liveness and counters on the loopback, and the locations that say which node answers.
void renderWitness(Rendering& out);
/// conf.d/iam-upstreams.conf.
[[nodiscard]] std::string upstreamsText(const Rendering& out);
/// The lines of an upstream that choose a backend: "least_conn;" and the like, empty for round robin.
[[nodiscard]] std::string balanceLine(const BalanceDefinition& balance);
/// The map that balanceLine() needs in front of the upstreams, or nothing.
[[nodiscard]] std::string balanceMap(const BalanceDefinition& balance);

} // namespace iam::cluster
