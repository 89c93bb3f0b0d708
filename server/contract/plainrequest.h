// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/decision.h"
#include <optional>
#include <string_view>

namespace iam::contract {

/// The quick way to read a decision request: what nearly every client writes, at a tenth of the cost. Nothing when
/// anything about `body` is unusual, whether it is wrong or only rare (escapes by number, deep values, bytes behind the
/// value, more than 64 KiB, …): that is for decodeDecisionRequest()'s thorough way to judge. What comes back is what
/// the thorough way would have read.
[[nodiscard]] std::optional<DecisionRequest> readPlainRequest(std::string_view body);

/// The thorough way. Errors as decodeDecisionRequest().
[[nodiscard]] Result<DecisionRequest> readAnyRequest(std::string_view body);

} // namespace iam::contract
