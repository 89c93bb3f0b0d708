// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Arbitrary bytes as the answer of a pump: what was read is the same when it is written and read again.
#include "contract/pump.h"
#include <cstdint>
#include <cstdlib>

using namespace iam::contract;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 65'536) return 0;
    const auto first = decodeSinkStatuses({reinterpret_cast<const char*>(data), size});
    if (!first) {
        if (first.error().faults.empty()) std::abort();
        return 0;
    }
    const auto second = decodeSinkStatuses(encodeSinkStatuses(*first));
    if (!second || *second != *first) std::abort();
    return 0;
}
