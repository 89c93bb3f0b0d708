// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/clusterdefinition.h"
#include <algorithm>

namespace iam::cluster {

const NodeDefinition* ClusterDefinition::node(std::string_view name) const noexcept
{
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const NodeDefinition& node) { return node.name == name; });
    return found == nodes.end() ? nullptr : &*found;
}

std::string ClusterDefinition::addressOf(const PlaceDefinition& place) const
{
    const NodeDefinition* onNode = node(place.host);
    return onNode != nullptr ? onNode->address : place.host;
}

} // namespace iam::cluster
