// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include "cluster/definition/clusterdefinition.h"
#include <vector>

namespace iam::cluster {

inline constexpr std::size_t leastNodes = 2;
inline constexpr std::size_t mostNodes = 8;
inline constexpr std::size_t leastBackends = 2;
inline constexpr std::size_t mostBackends = 8;

/// What makes a definition impossible: nothing is rendered from it before it is mended. `field` is named as in the
/// file ("nodes[1].address"); in the order of the file, at most one fault for a field. Empty: all well. What is
/// possible but unwise is lint's to say.
[[nodiscard]] std::vector<FieldFault> validate(const ClusterDefinition& definition);

} // namespace iam::cluster
