// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/policyset.h"
#include "base/result.h"
#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <ostream>
#include <vector>

namespace iam::app {

inline constexpr std::size_t maxPoliciesBytes = std::size_t{256} << 20;
inline constexpr std::size_t maxRequestLine = std::size_t{16} << 20;

/// Reads a JSON array of policy documents in evaluation order. The error's detail is one sentence that names the place
/// in the array and the field.
[[nodiscard]] Result<std::vector<contract::PolicyDocument>> readPolicyDocuments(std::istream& in);
/// The same, compiled.
[[nodiscard]] Result<std::shared_ptr<const authz::PolicySet>> readPolicies(std::istream& in);

/// Shows the requests of JSON lines; empty lines are skipped. Stops at the first line that is no request, or at which
/// `visit` fails, with its number in the error's detail.
[[nodiscard]] Result<> readRequests(std::istream& in, const std::function<Result<>(contract::DecisionRequest)>& visit);

enum class AnswerForm {
    Decision,    ///< {"allowed":…,"reason":…,"deciders":[…]}
    Explanation, ///< as contract::encodeExplanation() writes it
};

/// Answers JSON lines, each on a line of its own that is flushed at once. Lines as readRequests() has them.
[[nodiscard]] Result<> answerRequests(const authz::PolicySet& policies, std::istream& in, std::ostream& out,
                                      AnswerForm form = AnswerForm::Decision);

} // namespace iam::app
