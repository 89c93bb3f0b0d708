// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/check.h"
#include "cluster/render/render.h"

namespace iam::cluster {

Result<std::vector<NodeFiles>> renderedFiles(const ClusterDefinition& definition, const std::string& definitionName,
                                             const std::string& machine)
{
    std::vector<NodeFiles> nodes;
    RenderInputs inputs;
    inputs.definitionName = definitionName;
    for (const std::string& name : machine.empty() ? machines(definition) : std::vector<std::string>{machine}) {
        auto rendered = render(definition, name, inputs);
        if (!rendered) return fail(rendered);
        NodeFiles node;
        node.node = name;
        for (RenderedFile& one : *rendered)
            node.files[one.path] = {std::move(one.content), {}, one.mode, 0755, one.owner};
        nodes.push_back(std::move(node));
    }
    return nodes;
}

std::vector<Finding> check(const LintInput& input, const ProgramTestOptions* programs)
{
    const std::vector<Finding> known = lint(input);
    if (programs == nullptr) return known;
    Report report;
    for (const NodeFiles& node : input.nodes) testWithPrograms(node, known, *programs, report);
    for (const Finding& one : known) report.add(one);
    return report.take();
}

} // namespace iam::cluster
