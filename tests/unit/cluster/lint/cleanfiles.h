// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/lint.h"

namespace iam::test {

/// Two nodes' files as somebody could have written them by hand, without anything to mend: n1 (10.0.4.20, with the
/// database and Redis) and n2 (10.0.4.21), VIP 10.0.4.99.
cluster::LintInput cleanInput();

/// The definition that they belong to.
cluster::ClusterDefinition cleanDefinition();

} // namespace iam::test
