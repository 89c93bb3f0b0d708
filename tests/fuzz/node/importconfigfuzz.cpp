// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Converts arbitrary bytes as a configuration file of the old system; the first says of which of its processes.
#include "node/importconfig.h"
#include "node/serverconfig.h"
#include <array>
#include <cstdint>
#include <cstdlib>

using namespace iam;
using namespace iam::node;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using Role = ImportRole;
    constexpr std::array roles{Role::ApiServer, Role::AuthzServer, Role::Pump, Role::Watcher};
    if (size == 0) return 0;
    const auto role = roles.at(data[0] % roles.size());
    const auto ours = importConfig({reinterpret_cast<const char*>(data + 1), size - 1}, "old", role);
    if (!ours) {
        if (ours.error().faults.empty()) std::abort();
        return 0;
    }
    // What comes of it is a configuration of this role and no other.
    const auto config = readServerConfig(parseConfig(*ours, "ours", ConfigLists::OfSections), {{}, "/data", {}}, {});
    if (!config) std::abort();
    const std::array runs{config->runApiServer, config->runAuthzServer, config->runPump, config->runWatcher};
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (runs.at(i) != (roles.at(i) == role)) std::abort();
    return 0;
}
