// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redisthread.h"
#include "records/decisionlog.h"
#include "records/legacy/legacylist.h"
#include "store/recordblockstore.h"
#include <functional>

namespace iam::records {

/// An entry of the list that is no record.
struct LegacyRefuse {
    std::string id;         ///< tells it from all others; the same when it comes a second time
    std::string_view bytes; ///< as they stood in Redis
    std::string why;
};

struct LegacyDrainStats {
    enum class State { Waiting, Draining, Away };
    State state = State::Away;       ///< Waiting: somebody else drains the list; Away: Redis cannot be used
    std::uint64_t waiting = 0;       ///< entries in the list when it was last looked at
    std::uint64_t tooLarge = 0;      ///< entries that were put aside in Redis
    std::uint64_t drained = 0;       ///< records stored in the log since the start
    std::uint64_t refused = 0;       ///< entries that are no records, since the start
    std::uint64_t takenOver = 0;     ///< entries of chunks that somebody left behind, since the start
    std::uint64_t alreadyStored = 0; ///< of those, what the log had already
    /// Records since the start that may come to the sinks twice: of chunks that another log's drain left behind, or of
    /// one that was given up when it became somebody else's turn.
    std::uint64_t perhapsTwice = 0;
};

/// What a log needs to be one that LegacyDrain fills: it takes everything or says so, and keeps what sinks have not
/// taken. Its store waits for the disk at each commit.
[[nodiscard]] DecisionLogConfig legacyLogConfig(std::string sequencePath, std::chrono::days retention,
                                                std::uint64_t maxSize);

/// Brings the records of the old system's list into a decision log of their own, on a thread of its own: a chunk is
/// moved within Redis, stored in the log, flushed, and then removed. So nothing is lost whoever dies, and what is
/// stored twice is counted. Of several drains on one list one works at a time, the others wait; chunks that one leaves
/// behind are taken over. Each record's `requestId` is "legacy:", its chunk's id, "#" and its place there: the same
/// when it is stored twice. Any thread.
class LegacyDrain {
public:
    struct Setup {
        cluster::RedisConfig redis;
        std::string node; ///< what stands as `node` in the records
        LegacyChunkLimits limits{};
        std::chrono::milliseconds pause{1000};  ///< between two looks at an empty list
        std::chrono::milliseconds term{30'000}; ///< how long a dead drain keeps the others waiting
        std::uint64_t maxLogSize =
            0; ///< of the log's store in bytes: beyond, what sinks have not taken holds the drain
    };
    /// Keeps the entry for good, or fails and is called again. On the drain's thread.
    using Refuse = std::function<Result<>(const LegacyRefuse&)>;
    /// The log's sequence up to which every sink took what there is. Any thread, quick.
    using Taken = std::function<std::uint64_t()>;

    /// Nobody else appends to the log. The log is over this store; both and the clock outlive the drain. Starts at
    /// once.
    LegacyDrain(Setup setup, DecisionLog& log, store::RecordBlockStore& blocks, const Clock& clock, Refuse refuse,
                Taken taken);
    /// Ends the thread; what is under way goes on with the next start.
    ~LegacyDrain();

    [[nodiscard]] LegacyDrainStats stats() const;
    /// One of a few fixed sentences about what is not as it should be; empty when all is well.
    [[nodiscard]] std::string complaint() const;

private:
    /// The chunk at hand.
    struct Work {
        std::string id;
        std::size_t next = 0;     ///< the first entry that was not dealt with
        std::uint64_t stored = 0; ///< records appended
        std::vector<bool> known;  ///< by entry: the log has it from a run before
    };

    Result<> serve(cluster::RedisLink& link, const std::stop_token& stop);
    Result<bool> mayGoOn();
    Result<bool> settle(LegacyList& list, const LegacyChunk& chunk, const std::stop_token& stop);
    Result<> begin(const LegacyChunk& chunk);
    Result<std::vector<bool>> knownOf(const LegacyChunk& chunk);
    Result<> put(const LegacyChunk& chunk, std::size_t place);
    /// Calls `work` until it succeeds; false when it is somebody else's turn meanwhile.
    Result<bool> insist(LegacyList& list, const std::stop_token& stop, const std::function<Result<>()>& work);
    Result<bool> prolong(LegacyList& list);
    void giveUp();

    const Setup m_setup;
    DecisionLog& m_log;
    store::RecordBlockStore& m_blocks;
    const Clock& m_clock;
    const Refuse m_refuse;
    const Taken m_taken;

    std::atomic<std::uint64_t> m_waiting = 0;
    std::atomic<std::uint64_t> m_tooLarge = 0;
    std::atomic<std::uint64_t> m_drained = 0;
    std::atomic<std::uint64_t> m_refused = 0;
    std::atomic<std::uint64_t> m_takenOver = 0;
    std::atomic<std::uint64_t> m_alreadyStored = 0;
    std::atomic<std::uint64_t> m_perhapsTwice = 0;
    std::atomic<bool> m_ours = false;
    std::atomic<bool> m_held = false;  ///< by the log's size
    std::atomic<bool> m_stuck = false; ///< what was taken cannot be stored

    // Of the thread.
    std::string m_logId;
    std::string m_newId; ///< what a chunk is called that is moved now; any other was left behind
    Work m_work;
    std::chrono::steady_clock::time_point m_looked{}; ///< at the log's size
    std::chrono::steady_clock::time_point m_prolonged{};
    cluster::RedisThread m_thread; ///< the last member: it uses the others
};

} // namespace iam::records
