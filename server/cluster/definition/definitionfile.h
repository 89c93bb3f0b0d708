// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/definition/clusterdefinition.h"
#include <map>
#include <string>
#include <string_view>

namespace iam::cluster {

/// Reads cluster.yaml: one YAML document of at most 1 MiB, 16 levels deep, without anchors and aliases. What is left
/// out has the default that clusterdefinition.h shows; the tutorial profile has its own for `vrrp` (advert-interval 1s,
/// password 1111) and the priorities (100, then 50). `backends` left out are the nodes.
/// On failure the error's `faults` hold every fault that was found, by line: `field` is "cluster.yaml:12" (what is
/// missing stands where its section does), `message` begins with the key. A syntax fault is the only one then.
/// What is returned has no fault that validate() finds.
Result<ClusterDefinition> parseDefinition(std::string_view yaml, const std::string& fileName);

/// The definition as YAML, every value written out. parseDefinition() makes the same of it, if it is valid.
[[nodiscard]] std::string formatDefinition(const ClusterDefinition& definition);

/// Where the fields of a definition stand in its file.
class DefinitionLines {
public:
    explicit DefinitionLines(std::string_view yaml);
    /// Of a field such as "nodes[1].address" or "vip", from 1; what is not written has the line of the section that
    /// it is missing in.
    [[nodiscard]] int of(std::string field) const;

private:
    std::map<std::string, int, std::less<>> m_lines;
};

} // namespace iam::cluster
