// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/explainservice.h"
#include "authz/explain.h"
#include "contract/codec.h"

namespace iam::service {

ExplainService::ExplainService(const AccessDirectory& directory)
    : m_directory(directory)
{
}

Result<contract::Explanation> ExplainService::explain(const std::string& owner, std::string_view body) const
{
    auto request = contract::decodeDecisionRequest(body);
    if (!request) return fail(request);
    request->context.set("username", owner);
    const auto policies = m_directory.read()->policies.find(owner);
    return authz::explain(policies.get(), *request);
}

} // namespace iam::service
