// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"

namespace iam::contract {

/// What is older is unknown, whatever it said.
inline constexpr Age longestFresh{2000};

/// The status `elapsed` later, when nothing new was heard: every age has grown, and what is too old now is unknown.
/// The verdict is unknown as soon as one of the words that it may rest on (address, vrrp, vip-answer) and that was
/// fresh before is not any more; the owner stays named, as the last one known.
[[nodiscard]] ClusterStatus aged(ClusterStatus status, Age elapsed);

} // namespace iam::contract
