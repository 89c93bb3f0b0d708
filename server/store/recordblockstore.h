// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::store {

/// No block covers more than this; writers start a new one. It bounds how far a search by time has to look.
inline constexpr std::chrono::seconds maxBlockSpan{60};

/// Where a block stands: blocks are ordered by the time of their first record, then by sequence.
struct BlockPosition {
    TimePoint begin{};
    std::uint64_t firstSequence = 0;
    auto operator<=>(const BlockPosition&) const = default;
};

/// Some hundreds of records of one node, packed by records/. Their sequences rise; in blocks of older releases not
/// always by one.
struct RecordBlock {
    BlockPosition position;
    TimePoint end{}; ///< the latest record's time, at most maxBlockSpan after the begin
    std::uint64_t lastSequence = 0;
    std::uint32_t count = 0;
    std::vector<std::string> owners; ///< of the records, each once; find() leaves it empty
    std::vector<unsigned char> bytes;
};

/// Records that were made and are not there: why, how many, found out when.
struct RecordGap {
    std::uint64_t firstSequence = 0;
    std::uint64_t count = 0;
    TimePoint noticed{};
    std::string cause; ///< "crash", "dropped" or "refused"
    bool operator==(const RecordGap&) const = default;
};

/// Which blocks; an unset member does not restrict. Times are [from, to) and match blocks that hold such a time.
struct BlockQuery {
    std::optional<TimePoint> from{};
    std::optional<TimePoint> to{};
    std::optional<std::string> owner{};      ///< blocks with at least one record of that owner
    std::optional<BlockPosition> notAfter{}; ///< blocks at or before this position
};

/// What is known of the sequences above one asked for, up to and with `through`. A sequence among them that neither a
/// record in a block nor a gap accounts for was stored once and has been removed.
struct RecordsAfter {
    std::string log;                 ///< tells this log from one that was begun anew in its place
    std::vector<RecordBlock> blocks; ///< those that hold a sequence above, rising, each with its bytes
    std::vector<RecordGap> gaps;     ///< likewise; the first may begin at or below what was asked
    std::uint64_t through = 0;       ///< of the last block when more may follow, else the highest of the log
    std::uint64_t lastSequence = 0;  ///< as in RecordStatistics; lower than what was asked when the log lost its end
    TimePoint lastTime{};            ///< of the latest record stored, as far as it is still there; else the epoch
};

struct RecordStatistics {
    std::uint64_t lastSequence = 0; ///< the highest ever stored or counted as a gap; stays when blocks are removed
    std::uint64_t records = 0;
    std::uint64_t blocks = 0;
    std::uint64_t bytes = 0; ///< room that the whole store takes
};

struct RemovedRecords {
    std::uint64_t blocks = 0;
    std::uint64_t records = 0;
};

/// The blocks of the decision log of one node. Any thread; every call blocks. Errors: Code::StorageUnavailable (no
/// room, read only, I/O fault), Code::Database (anything else).
class RecordBlockStore {
public:
    virtual ~RecordBlockStore() = default;

    /// Stores all of it or nothing, and it is on the disk when this returns (unless the engine was opened without
    /// waiting for the disk: then only a crash of the machine can take it back).
    virtual Result<> append(const std::vector<RecordBlock>& blocks, const std::vector<RecordGap>& gaps) = 0;
    /// At most `limit` blocks (1 to 1000), newest position first.
    virtual Result<std::vector<RecordBlock>> find(const BlockQuery& query, int limit) = 0;
    /// At most `limit` gaps, highest sequence first.
    virtual Result<std::vector<RecordGap>> gaps(int limit) = 0;
    /// At most `limit` blocks (1 to 1000) and what lies between them, of one moment. What is stored later is above all
    /// that was stored before, so nobody who goes on behind `through` misses a record.
    virtual Result<RecordsAfter> after(std::uint64_t sequence, int limit) = 0;
    virtual Result<RecordStatistics> statistics() = 0;
    /// Removes blocks that end before `notBefore` and gaps noticed before it; then the oldest blocks until all fits
    /// into `maxBytes` (of which an engine may need some for itself), and gives the room back.
    virtual Result<RemovedRecords> retain(std::optional<TimePoint> notBefore,
                                          std::optional<std::uint64_t> maxBytes) = 0;
};

} // namespace iam::store
