// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "node/importtext.h"
#include <string>
#include <vector>

namespace iam::node {

/// Writes `pumps` of an old pump's file as our pump.sinks: YAML lines, "sinks:" behind two blanks. `values` are the
/// file's; what is asked for of `old` is known to it then. Faults come from old.finish(), those of the sinks' own
/// options are added to `faults`; a file of which no sink is left is a fault.
[[nodiscard]] std::string importSinks(ConfigReader& old, const ConfigValues& values, const ImportComment& comment,
                                      std::vector<FieldFault>& faults);

} // namespace iam::node
