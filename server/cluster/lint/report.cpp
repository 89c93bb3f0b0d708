// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/report.h"
#include <algorithm>
#include <tuple>

namespace iam::cluster {

void Report::add(const NodeFiles& node, const std::string& rule, const std::string& path, int line,
                 std::vector<std::string> arguments)
{
    Finding finding;
    finding.rule = rule;
    finding.node = node.node;
    finding.file = node.shownAs(path);
    finding.line = line;
    finding.arguments = std::move(arguments);
    complete(std::move(finding));
}

void Report::addToDefinition(const std::string& rule, const std::string& name, int line,
                             std::vector<std::string> arguments)
{
    Finding finding;
    finding.rule = rule;
    finding.file = name;
    finding.line = line;
    finding.arguments = std::move(arguments);
    complete(std::move(finding));
}

void Report::complete(Finding finding)
{
    const RuleText* text = ruleText(finding.rule);
    if (text == nullptr) return;
    finding.severity = text->severity;
    finding.message = filledIn(text->what, finding.arguments);
    finding.why = filledIn(text->why, finding.arguments);
    finding.cost = filledIn(text->cost, finding.arguments);
    finding.mend = filledIn(text->mend, finding.arguments);
    m_findings.push_back(std::move(finding));
}

std::vector<Finding> Report::take()
{
    const auto key = [](const Finding& f) { return std::tie(f.node, f.file, f.line, f.rule, f.message); };
    std::stable_sort(m_findings.begin(), m_findings.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
    m_findings.erase(std::unique(m_findings.begin(), m_findings.end(),
                                 [&](const Finding& a, const Finding& b) { return key(a) == key(b); }),
                     m_findings.end());
    return std::move(m_findings);
}

} // namespace iam::cluster
