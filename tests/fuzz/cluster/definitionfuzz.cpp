// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/definitionfile.h"
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace iam::cluster;
    const auto parsed = parseDefinition(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz");
    if (!parsed) return parsed.error().faults.empty() ? (std::abort(), 0) : 0;
    // Whatever was taken can be written down and is the same when it is read again.
    const auto again = parseDefinition(formatDefinition(*parsed), "again");
    if (!again || *again != *parsed) std::abort();
    return 0;
}
