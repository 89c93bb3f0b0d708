// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "node/importconfig.h"
#include "verbs.h"
#include <iostream>

namespace iam::app {

int importConfig(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, {{"--role"}}, 1);
    if (!parsed) return refuseArguments(parsed.error().detail);
    if (parsed->positional().empty()) return refuseArguments("import-config needs the file to convert");
    const std::string role = parsed->value("--role");
    if (role != "apiserver" && role != "authz-server")
        return refuseArguments("import-config needs --role apiserver or --role authz-server, whose file it is");
    const auto converted =
        node::importConfigFile(parsed->positional().front(),
                               role == "apiserver" ? node::ImportRole::ApiServer : node::ImportRole::AuthzServer);
    if (!converted) {
        printFaults(converted.error().faults);
        return exitConfiguration;
    }
    std::cout << *converted << std::flush;
    return std::cout ? exitGood : exitFailed;
}

} // namespace iam::app
