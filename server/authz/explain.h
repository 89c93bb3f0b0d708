// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/policyset.h"
#include "contract/explanation.h"

namespace iam::authz {

/// How these policies (null: the owner has none) decide the request, and what else came near. The decision is the one
/// that PolicySet::decide() gives. Candidates are the policies that it had to evaluate. Looks at every policy up to
/// where it is decided, so it takes some tens of milliseconds with very many: not for a thread that owns sockets.
[[nodiscard]] contract::Explanation explain(const PolicySet* policies, const contract::DecisionRequest& request);

} // namespace iam::authz
