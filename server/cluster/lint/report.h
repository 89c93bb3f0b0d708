// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include "cluster/lint/finding.h"
#include "cluster/lint/statement.h"

namespace iam::cluster {

/// Collects findings. The same rule is said once for one place.
class Report {
public:
    /// About a file of a node.
    void add(const NodeFiles& node, const std::string& rule, const std::string& path, int line,
             std::vector<std::string> arguments = {});
    void add(const NodeFiles& node, const std::string& rule, const Statement& at,
             std::vector<std::string> arguments = {})
    {
        add(node, rule, at.file, at.line, std::move(arguments));
    }
    /// About the definition, whose file is `name`.
    void addToDefinition(const std::string& rule, const std::string& name, int line,
                         std::vector<std::string> arguments = {});
    /// One that is complete already.
    void add(Finding finding) { m_findings.push_back(std::move(finding)); }
    /// Ordered, see lint().
    [[nodiscard]] std::vector<Finding> take();

private:
    void complete(Finding finding);
    std::vector<Finding> m_findings;
};

} // namespace iam::cluster
