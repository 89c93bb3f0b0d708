// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/blockcodec.h"
#include "store/recordblockstore.h"
#include <QtGlobal>
#include <iterator>
#include <vector>

namespace iam::test {

/// All records of a log, by their sequence. Aborts when one cannot be read.
inline std::vector<contract::DecisionRecord> recordsOf(store::RecordBlockStore& blocks)
{
    std::vector<contract::DecisionRecord> records;
    for (std::uint64_t from = 0;;) {
        const auto stored = blocks.after(from, 1000);
        if (!stored) qFatal("%s", stored.error().detail.c_str());
        for (const store::RecordBlock& block : stored->blocks) {
            auto unpacked = records::unpackBlock(block.bytes);
            if (!unpacked) qFatal("%s", unpacked.error().detail.c_str());
            std::move(unpacked->begin(), unpacked->end(), std::back_inserter(records));
        }
        if (stored->blocks.empty()) return records;
        from = stored->through;
    }
}

} // namespace iam::test
