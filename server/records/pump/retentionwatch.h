// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/pump.h"
#include "store/recordblockstore.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace iam::records {

/// When a log removes records. 0: never.
struct RetentionLimits {
    std::chrono::days age{0};
    std::uint64_t bytes = 0;
};

/// One sentence when a sink is so far behind that the log may soon remove what it has not had: by age after three
/// quarters of the time, by size when the log is nearly full and the sink among the oldest quarter of it. Empty when
/// all is well or it cannot be told. Blocks.
[[nodiscard]] std::string retentionComplaint(store::RecordBlockStore& log, std::uint64_t oldestSequence,
                                             const RetentionLimits& limits,
                                             const std::vector<contract::SinkStatus>& sinks);

} // namespace iam::records
