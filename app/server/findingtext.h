// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/finding.h"
#include <string>
#include <vector>

namespace iam::app {

/// For people: by file, "file:line: severity rule — what", with why, cost and mend below it, and a last line of counts.
std::string findingText(const std::vector<cluster::Finding>& findings);

/// One JSON object: {"findings":[{"severity","rule","node","file","line","message","why","cost","mend"}],"errors":…,
/// "warnings":…,"notes":…}; node, file and line are null where there is none.
std::string findingJson(const std::vector<cluster::Finding>& findings);

} // namespace iam::app
