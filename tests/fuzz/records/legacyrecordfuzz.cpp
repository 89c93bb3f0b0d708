// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks arbitrary bytes as a decision record of the old system.
#include "records/legacy/legacyform.h"
#include <cstdlib>

using namespace iam;
using namespace iam::records;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto legacy = unpackLegacyRecord({reinterpret_cast<const char*>(data), size});
    if (!legacy) {
        if (legacy.error().code != Code::DecodingFailed) std::abort();
        return 0;
    }
    // What was understood can be packed again and comes back the same.
    const auto again = unpackLegacyRecord(packLegacyRecord(*legacy));
    if (!again || *again != *legacy) std::abort();
    const auto record = fromLegacy(*legacy);
    if (!record) {
        if (record.error().code != Code::DecodingFailed) std::abort();
        return 0;
    }
    // Likewise in the old form, but for the deciders' texts, which ours does not hold.
    const auto back = toLegacy(*record, {});
    if (!back) return 0;
    auto same = fromLegacy(*back);
    if (!same) std::abort();
    same->deciders = record->deciders;
    if (*same != *record) std::abort();
    return 0;
}
