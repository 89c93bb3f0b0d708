// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Arbitrary bytes as an explanation: what was read is the same when it is written and read again.
#include "contract/explanation.h"
#include <cstdint>
#include <cstdlib>

using namespace iam::contract;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 65'536) return 0;
    const auto first = decodeExplanation({reinterpret_cast<const char*>(data), size});
    if (!first) {
        if (first.error().faults.empty()) std::abort();
        return 0;
    }
    const std::string written = encodeExplanation(*first);
    const auto second = decodeExplanation(written);
    if (!second || encodeExplanation(*second) != written) std::abort();
    if (second->candidates.size() != first->candidates.size() ||
        second->nearestMisses.size() != first->nearestMisses.size() ||
        second->decision.deciders != first->decision.deciders || second->decision.failed != first->decision.failed ||
        second->decision.faultyPolicy != first->decision.faultyPolicy)
        std::abort();
    return 0;
}
