// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/render.h"
#include "cluster/definition/definitionfile.h"
#include "cluster/render/rendering.h"
#include <algorithm>

namespace iam::cluster {

std::vector<std::string> machines(const ClusterDefinition& definition)
{
    std::vector<std::string> names;
    for (const NodeDefinition& node : definition.nodes) names.push_back(node.name);
    for (const BackendDefinition& backend : definition.backends)
        if (definition.node(backend.name) == nullptr) names.push_back(backend.name);
    return names;
}

Result<std::vector<RenderedFile>> render(const ClusterDefinition& definition, std::string_view machine,
                                         const RenderInputs& inputs)
{
    const std::vector<std::string> names = machines(definition);
    if (std::find(names.begin(), names.end(), machine) == names.end())
        return fail(Code::Validation, "the definition has no node and no backend \"" + std::string(machine) +
                                          "\"; it has " + joined(names, ", "));
    Rendering out(definition, std::string(machine), inputs);
    if (out.node() != nullptr) {
        out.isTutorial() ? renderTutorialNginx(out) : renderNginx(out);
        out.isTutorial() ? renderTutorialKeepalived(out) : renderKeepalived(out);
        out.add("/etc/iam-server/cluster.yaml", formatDefinition(definition), {});
    }
    renderServers(out);
    renderUnits(out);
    renderNetwork(out);
    renderData(out);
    return out.take();
}

} // namespace iam::cluster
