// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as a server's configuration, its sinks included.
#include "node/serverconfig.h"
#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace iam;
using namespace iam::node;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ConfigFile file = parseConfig({reinterpret_cast<const char*>(data), size}, "fuzz", ConfigLists::OfSections);
    const auto config = readServerConfig(std::move(file), {{}, "/data", {}}, {});
    if (!config) {
        if (config.error().faults.empty()) std::abort();
        for (const FieldFault& fault : config.error().faults)
            if (fault.field.empty() || fault.message.empty()) std::abort();
        return 0;
    }
    // What starts has something to do, and each sink a name and a type of its own.
    if (config->runPump && config->pump.sinks.empty()) std::abort();
    const auto& sinks = config->pump.sinks;
    for (auto sink = sinks.begin(); sink != sinks.end(); ++sink) {
        if (sink->type.empty() || sink->name.empty()) std::abort();
        if (std::any_of(sinks.begin(), sink, [&](const auto& other) { return other.name == sink->name; })) std::abort();
    }
    return 0;
}
