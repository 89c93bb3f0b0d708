// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"

namespace iam::cluster {

/// A status `elapsed` later, when nothing new was heard (see verdict.h): every age has grown, and what is older than
/// freshFor now is unknown, whatever it said.
[[nodiscard]] contract::ClusterStatus agedBy(contract::ClusterStatus status, contract::Age elapsed);

} // namespace iam::cluster
