// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "records/pump/chunk.h"
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

namespace iam::records {

/// Reads a decision log for several sinks, which are at most places of it of their own: what was unpacked for one is
/// kept for a while, since the others are mostly near. Thread-safe; every call blocks.
class ChunkReader {
public:
    /// The store outlives the reader.
    explicit ChunkReader(store::RecordBlockStore& store);

    /// A chunk that begins at or below the sequence and goes beyond it. When there is nothing beyond: an empty one,
    /// through which is the sequence.
    Result<std::shared_ptr<const Chunk>> after(std::uint64_t sequence);

    struct Tail {
        std::string log;
        std::uint64_t lastSequence = 0;
    };
    /// Where the log ends now.
    Result<Tail> tail();
    /// The first sequence of which something is known, record or gap; one above the last when there is nothing.
    Result<std::uint64_t> oldest();

private:
    store::RecordBlockStore& m_store;
    std::mutex m_mutex;
    std::deque<std::shared_ptr<const Chunk>> m_recent; ///< newest first, all of one log
};

} // namespace iam::records
