// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redisthread.h"
#include "records/doorbell.h"
#include "records/legacy/policytexts.h"
#include "records/recordqueue.h"
#include <deque>

namespace iam::records {

struct LegacyQueueConfig {
    std::size_t maxRecords = 16'384;         ///< that wait; further ones are dropped
    std::size_t maxBytes = 64 * 1024 * 1024; ///< likewise
    /// That stand in Redis, since the list has no end of its own: with more nothing is handed over until the pump takes
    /// some. 0: whatever stands there.
    std::uint64_t maxList = 1'000'000;
    std::chrono::milliseconds flushInterval{200}; ///< how long records are gathered
    std::chrono::milliseconds stopPatience{1000}; ///< how long a stop goes on handing over
};

struct LegacyQueueStats {
    bool up = false; ///< the connection to Redis stands
    std::size_t waiting = 0;
    std::uint64_t pushed = 0;
    std::uint64_t dropped = 0;    ///< too many waited
    std::uint64_t repeated = 0;   ///< pushed again, since nobody knows whether they arrived the first time
    std::uint64_t incomplete = 0; ///< pushed without the text of a policy that belongs to it
};

/// Hands every decision to the pump of the system this one replaces, in its form and through its Redis list
/// (legacylist.h), on a thread of its own. The decision never waits for it: what cannot be handed over in time is
/// dropped and counted. The decision log has it anyway. Any thread.
class LegacyQueue {
public:
    /// `policies` is used on the queue's thread only.
    LegacyQueue(cluster::RedisConfig redis, LegacyQueueConfig config, std::unique_ptr<PolicyTexts> policies);
    /// stop()
    ~LegacyQueue();

    /// Drops it when the queue is full. Never waits; a lock is taken, for a moment, by the one that fills a batch.
    void add(contract::DecisionRecord&& record);
    /// Hands over what waits, as far as Redis takes it in time, and ends the thread. Idempotent; nothing is added
    /// after it.
    void stop();

    [[nodiscard]] LegacyQueueStats stats() const;
    /// One of a few fixed sentences about what is not as it should be; empty when all is well.
    [[nodiscard]] std::string complaint() const;

private:
    static constexpr std::size_t mostInBatch = 256;
    static constexpr std::size_t bytesInBatch = 1024 * 1024;

    Result<> serve(cluster::RedisLink& link, const std::stop_token& stop);
    Result<> push(cluster::RedisLink& link);
    Result<> lookForRoom(cluster::RedisLink& link);
    [[nodiscard]] bool isFull(long long length) const;
    void fillBatch();
    void settled(std::size_t records, std::size_t bytes);

    struct Added {
        contract::DecisionRecord record;
        Added* next = nullptr; ///< the queue's
    };

    const LegacyQueueConfig m_config;
    const std::unique_ptr<PolicyTexts> m_policies;
    RecordQueue<Added> m_added;
    std::atomic<std::size_t> m_records = 0; ///< that wait, added and gathered
    std::atomic<std::size_t> m_bytes = 0;   ///< likewise
    std::atomic<bool> m_full = false;       ///< the list in Redis
    std::atomic<bool> m_stopped = false;
    std::atomic<std::uint64_t> m_pushed = 0;
    std::atomic<std::uint64_t> m_dropped = 0;
    std::atomic<std::uint64_t> m_repeated = 0;
    std::atomic<std::uint64_t> m_incomplete = 0;
    Doorbell m_bell; ///< wakes the thread
    std::mutex m_mutex;
    std::condition_variable m_empty; ///< for stop()

    // Of the thread.
    std::deque<contract::DecisionRecord> m_gathered;
    std::vector<std::string> m_batch; ///< in the old form
    std::size_t m_batchRecords = 0;   ///< that it was made of
    std::size_t m_batchBytes = 0;     ///< which these took
    std::uint64_t m_batchIncomplete = 0;
    bool m_unsure = false;         ///< the batch may be in Redis already
    cluster::RedisThread m_thread; ///< the last member: it uses the others
};

} // namespace iam::records
