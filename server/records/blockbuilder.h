// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "records/blockcodec.h"
#include "records/pendingrecords.h"
#include "store/recordblockstore.h"
#include <deque>
#include <vector>

namespace iam::records {

/// Packs records, in their order, into blocks of at most `maxRecords` records, 1 MiB (or one record) and
/// store::maxBlockSpan, none with a hole in its sequences.
Result<std::vector<store::RecordBlock>>
buildBlocks(BlockPacker& packer, const std::deque<PendingRecords::ItemPtr>& items, std::size_t maxRecords, Pace pace);

} // namespace iam::records
