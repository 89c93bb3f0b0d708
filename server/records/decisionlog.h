// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "contract/records.h"
#include "records/blockcodec.h"
#include "records/doorbell.h"
#include "records/packedrecords.h"
#include "records/pendingrecords.h"
#include "records/recordqueue.h"
#include "records/sequencefile.h"
#include "records/spareitems.h"
#include "store/recordblockstore.h"
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace iam::records {

struct DecisionLogConfig {
    enum class Durability {
        Interval, ///< stored within a fraction of a second
        Sync,     ///< stored before the decision is answered
    };
    enum class OnFull {
        Drop,   ///< decisions go on; the oldest records in memory are dropped and counted
        Refuse, ///< append() fails while records cannot be stored
    };
    std::string sequencePath; ///< of the counter that tells what a crash lost; beside the database
    Durability durability = Durability::Interval;
    OnFull onFull = OnFull::Drop;
    std::size_t maxQueueBytes = 64 * 1024 * 1024;
    std::chrono::milliseconds linger{200}; ///< how long records are gathered
    /// So much is packed at a time before the linger is over, and so much of packed records stored. Unless the log is
    /// behind, others on the same processor may have it meanwhile, every few hundredths of a millisecond.
    std::size_t pieceBytes = 192 * 1024;
    std::size_t storeBytes = 192 * 1024;
    std::chrono::milliseconds maxBackOff{1000};   ///< between attempts while storing fails
    std::chrono::milliseconds stopPatience{3000}; ///< how long a stop goes on trying when storing fails
    std::size_t blockRecords = 512;
    std::chrono::days retention{30};                ///< 0: for ever
    std::uint64_t maxSize = std::uint64_t{1} << 30; ///< of the store in bytes; 0: no limit
};

struct DecisionLogHealth {
    bool storing = true;    ///< false: the last attempt failed, lastError says why
    std::string lastError;  ///< stays when it works again
    std::size_t queued = 0; ///< records in memory, waiting
    std::size_t queuedBytes = 0;
    std::uint64_t lastSequence = 0;
    std::uint64_t dropped = 0;         ///< since the start
    std::uint64_t refused = 0;         ///< since the start
    std::uint64_t lostAtLastCrash = 0; ///< found missing at this start
    std::uint64_t stored = 0;          ///< since the start
    std::uint64_t storedBytes = 0;     ///< of packed records, since the start
};

/// Takes the records of decisions and stores them in blocks. Thread-safe. append() packs the record and hands it over
/// without a lock, unless there is no room or the log's thread sleeps; compressing and storing happen on that thread. A
/// record is visible to DecisionReader when its block is stored.
class DecisionLog {
public:
    /// Goes on where the store ends and counts what the last run lost. The store and the clock outlive the log.
    /// Fails when the store cannot be read or the counter file cannot be used.
    static Result<std::unique_ptr<DecisionLog>> open(DecisionLogConfig config, store::RecordBlockStore& store,
                                                     const Clock& clock);
    /// stop()
    ~DecisionLog();
    DecisionLog(const DecisionLog&) = delete;
    DecisionLog& operator=(const DecisionLog&) = delete;

    /// Gives the record its sequence and queues it. `stored` is called exactly once if and only if append() succeeds,
    /// when the decision may be answered: at once on this thread (Interval), or after the commit on the log's thread
    /// (Sync), with Code::StorageUnavailable when that failed under OnFull::Refuse. Under OnFull::Refuse append() fails
    /// with Code::StorageUnavailable while storing fails, and with Code::ServerBusy when the queue is full; the caller
    /// then answers that instead of the decision. Fails after stop(). A failure leaves `stored` to the caller; the
    /// record is given up.
    Result<> append(contract::DecisionRecord&& record, Stored&& stored = {});

    /// Waits until everything appended before this call is stored; fails when an attempt to store fails meanwhile.
    Result<> flush();
    /// Stores what is queued and ends the thread. Idempotent. What cannot be stored in time is lost and counted at the
    /// next start.
    void stop();

    /// Removes what is older than the retention or beyond the size. Blocks; call it now and then from a worker.
    Result<store::RemovedRecords> applyRetention(TimePoint now);
    [[nodiscard]] DecisionLogHealth health() const;

private:
    DecisionLog(DecisionLogConfig config, store::RecordBlockStore& store, const Clock& clock, SequenceFile sequence);
    void start(std::uint64_t lastStored);
    Result<> admit(PendingRecords::Item& item);
    std::size_t dropOldest(std::size_t wanted, std::vector<Stored>& dropped);
    void collect() const;

    // What follows is the log's thread's (decisionlogthread.cpp), and with the lock.
    void work();
    void listen(std::unique_lock<std::mutex>& lock, std::optional<Doorbell::TimePoint> end);
    bool awaitRecords(std::unique_lock<std::mutex>& lock);
    Result<> workSome(std::unique_lock<std::mutex>& lock);
    Result<> workAll(std::unique_lock<std::mutex>& lock);
    Result<> pack(std::unique_lock<std::mutex>& lock, std::size_t maxBytes, Pace pace);
    Result<> store(std::unique_lock<std::mutex>& lock);
    void settle(std::unique_lock<std::mutex>& lock, PackedRecords stored);
    void recoverFrom(std::unique_lock<std::mutex>& lock, const Error& error);
    [[nodiscard]] bool nothingWaits() const;
    [[nodiscard]] std::size_t unpacked() const; ///< bytes
    [[nodiscard]] bool isBehind() const;

    static constexpr std::chrono::milliseconds firstBackOff{50};

    const DecisionLogConfig m_config;
    store::RecordBlockStore& m_store;
    const Clock& m_clock;

    const std::size_t m_batchBytes;
    const std::size_t m_pieceBytes;
    const std::size_t m_ringBytes; ///< the bell rings each time that many bytes came
    SequenceFile m_sequence;
    mutable RecordQueue<PendingRecords::Item> m_queue;
    SpareItems m_spares;
    std::atomic<std::size_t> m_held = 0; ///< bytes of records that are queued, pending or being stored
    std::atomic<bool> m_asleep = false;  ///< the log's thread waits for a record
    Doorbell m_bell;                     ///< wakes it
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_failing = false;

    mutable std::mutex m_mutex;        ///< guards what follows
    std::condition_variable m_settled; ///< for those that wait in flush()
    mutable PendingRecords m_pending;
    PackedRecords m_packed;
    std::uint64_t m_taken = 0; ///< records being packed or stored just now
    std::uint64_t m_settledThrough = 0;
    std::uint64_t m_failures = 0;
    int m_flushing = 0;
    Doorbell::TimePoint m_storeAt{}; ///< the linger's end
    std::chrono::milliseconds m_backOff{};
    std::chrono::steady_clock::time_point m_stopUntil{};
    std::string m_lastError;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_refused = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_stored = 0;
    std::uint64_t m_storedBytes = 0;

    BlockPacker m_packer; ///< the log's thread only
    std::thread m_thread;
};

} // namespace iam::records
