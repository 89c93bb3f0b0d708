// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configsource.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const iam::ConfigFile file = iam::parseConfig(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz");
    // Every fault has a place in the text.
    for (const auto& fault : file.faults)
        if (fault.message.empty() || fault.origin.line < 0) std::abort();
    return 0;
}
