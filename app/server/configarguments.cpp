// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include <iostream>

namespace iam::app {

const std::vector<OptionRule>& configRules()
{
    static const std::vector<OptionRule> rules{{"--config"}, {"--data-dir"}, {"--set", true, true}};
    return rules;
}

std::optional<node::ServerConfig> readConfig(const Arguments& arguments)
{
    const node::ServerOptions options{arguments.value("--config"), arguments.value("--data-dir"),
                                      arguments.values("--set")};
    auto config = node::readServerConfig(options, processEnvironment());
    if (config) return std::move(*config);
    printFaults(config.error().faults);
    return {};
}

void printFaults(const std::vector<FieldFault>& faults)
{
    for (const FieldFault& fault : faults) std::cerr << fault.field << ": " << fault.message << '\n';
}

} // namespace iam::app
