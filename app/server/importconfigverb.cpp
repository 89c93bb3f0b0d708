// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "node/importconfig.h"
#include "verbs.h"
#include <algorithm>
#include <array>
#include <iostream>

namespace iam::app {

int importConfig(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, {{"--role"}}, 1);
    if (!parsed) return refuseArguments(parsed.error().detail);
    if (parsed->positional().empty()) return refuseArguments("import-config needs the file to convert");
    using Role = node::ImportRole;
    const std::string name = parsed->value("--role");
    constexpr std::array roles{Role::ApiServer, Role::AuthzServer, Role::Pump, Role::Watcher};
    const auto* const role =
        std::find_if(roles.begin(), roles.end(), [&](Role known) { return node::nameOf(known) == name; });
    if (role == roles.end())
        return refuseArguments("import-config needs --role apiserver, authz-server, pump or watcher, whose file it is");
    const auto converted = node::importConfigFile(parsed->positional().front(), *role);
    if (!converted) {
        printFaults(converted.error().faults);
        return exitConfiguration;
    }
    std::cout << *converted << std::flush;
    return std::cout ? exitGood : exitFailed;
}

} // namespace iam::app
