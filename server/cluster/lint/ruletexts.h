// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/finding.h"

namespace iam::cluster {

// The parts of ruleTexts(). Figures were measured with keepalived 2.2.7 and nginx 1.22.1 on two nodes, with one request
// every 20 ms.
void addVrrpTexts(std::vector<RuleText>& texts);
void addCheckTexts(std::vector<RuleText>& texts);
void addUpstreamTexts(std::vector<RuleText>& texts);
void addRouteTexts(std::vector<RuleText>& texts);
void addHostTexts(std::vector<RuleText>& texts);
void addProgramTexts(std::vector<RuleText>& texts); ///< of nginx -t and keepalived -t
void addDefinitionTexts(std::vector<RuleText>& texts);

} // namespace iam::cluster
