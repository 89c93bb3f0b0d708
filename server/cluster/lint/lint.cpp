// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/lint.h"
#include "cluster/lint/facts.h"
#include <algorithm>

namespace iam::cluster {

std::vector<Finding> lint(const LintInput& input)
{
    const Facts facts(input);
    Report report;
    for (const auto rules :
         {fileRules, vrrpRules, vrrpGroupRules, checkScriptRules, nginxUpstreamRules, nginxRouteRules, nginxServerRules,
          serviceRules, listenerRules, hostRules, definitionRules})
        rules(facts, report);
    return report.take();
}

bool needsMending(const std::vector<Finding>& findings) noexcept
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& one) { return one.severity != Severity::Note; });
}

} // namespace iam::cluster
