// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pump/chunk.h"
#include "records/pump/recordshape.h"
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace iam::records {

/// What a sink settles in one go: all that lies above a sequence, up to and with `through`.
struct Batch {
    std::span<const contract::DecisionRecord> records; ///< for the sink, as it is to see them
    std::uint64_t through = 0;
    std::uint64_t filtered = 0;                 ///< records that it is not to see
    std::map<std::string, std::uint64_t> holes; ///< by cause
};

/// Cuts chunks into batches for one sink. One thread.
class BatchMaker {
public:
    explicit BatchMaker(RecordShape shape)
        : m_shape(std::move(shape))
    {
    }
    /// At most `most` records for the sink (at least 1). The batch is valid until the next call, and while the chunk
    /// is.
    [[nodiscard]] Batch next(const Chunk& chunk, std::uint64_t after, std::size_t most);

private:
    const RecordShape m_shape;
    std::vector<contract::DecisionRecord> m_shaped;
};

} // namespace iam::records
