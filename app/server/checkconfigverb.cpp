// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "verbs.h"
#include <iostream>

namespace iam::app {

int checkConfig(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, configRules());
    if (!parsed) return refuseArguments(parsed.error().detail);
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    // The file may be meant for another machine, so what it names need not be here; the operator is told.
    for (const FieldFault& fault : node::checkFiles(*config))
        std::cerr << "warning: " << fault.field << ": " << fault.message << "; the server would not start here\n";
    if (config->store.mariaDbIsUnused) std::cerr << "note: mysql: is not used, because store.driver is not mysql\n";
    std::cout << "The configuration is good. Data: " << config->dataDir << '\n';
    return exitGood;
}

} // namespace iam::app
