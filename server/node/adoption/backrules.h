// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoptiondifference.h"
#include <set>

namespace iam::node {

/// What the old tables cannot hold of a difference, a fault each ("user bob"); empty: all of it. `newPasswords` are the
/// ids of users who got a password of ours, which are no fault when they are to be locked.
[[nodiscard]] std::vector<FieldFault> inexpressible(const AdoptionDifference& difference,
                                                    const std::set<std::uint64_t>& newPasswords, bool lockNewPasswords,
                                                    TimePoint now);

/// The hash that the old tables get; nothing when there is none that the old servers understand.
[[nodiscard]] std::optional<std::string> hashForOldServers(const AdoptionDifference::UserRow& row,
                                                           const std::set<std::uint64_t>& newPasswords);

} // namespace iam::node
