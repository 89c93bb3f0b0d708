// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/pump.h"
#include "records/pump/backoff.h"
#include "records/pump/batch.h"
#include "records/pump/chunkreader.h"
#include "records/pump/deadletterfile.h"
#include "records/pump/pumplease.h"
#include "records/sinks/sink.h"
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace iam::records {

/// A sink and what it is given.
struct SinkSetup {
    SinkConfig config;
    RecordShape shape;
    std::unique_ptr<Sink> sink;
};

struct RunnerPace {
    std::chrono::milliseconds leastBackOff{200};
    std::chrono::milliseconds mostBackOff{30'000};
    std::chrono::milliseconds idle{200}; ///< between two looks for new records
    std::size_t batch = 4096;            ///< records that are written at once
};

/// Brings the records of one source to one sink, on a thread of its own: by sequence, each at least once. A position
/// moves only after the sink took the records or the dead-letter file has them. While the lease is not held, or would
/// end before a write does, nothing is written.
class SinkRunner {
public:
    /// What a runner works with, which outlives it.
    struct Parts {
        ChunkReader& reader;
        store::PumpStore& store;
        PumpLease& lease;
        DeadLetterFile& deadLetters;
        const Clock& clock;
    };
    SinkRunner(std::string source, SinkSetup setup, Parts parts, RunnerPace pace);
    /// finish()
    ~SinkRunner();
    SinkRunner(const SinkRunner&) = delete;
    SinkRunner& operator=(const SinkRunner&) = delete;

    void start();
    /// Does not wait.
    void askToStop();
    /// Ends the thread, after a write that is under way. Idempotent.
    void finish();

    /// `lastSequence` is the log's end. From any thread.
    [[nodiscard]] contract::SinkStatus status(std::uint64_t lastSequence) const;
    [[nodiscard]] const SinkConfig& config() const noexcept { return m_config; }
    [[nodiscard]] const Sink& sink() const noexcept { return *m_sink; }

private:
    void work();
    void step();
    bool loadPosition();
    bool followsLog(const Chunk& chunk);
    void deliver(const Chunk& chunk);
    void settle(const Batch& batch);
    void bury(const Batch& batch, const Error& refusal);
    void advance(const Batch& batch, std::uint64_t taken, std::uint64_t deadLettered);
    bool save();
    void stumble(const Error& error);
    void recover();
    void show(const char* state);
    void showOldest(const Chunk& chunk);
    void noteTaken();
    [[nodiscard]] bool mayWrite() const;

    const std::string m_source;
    const SinkConfig m_config;
    const std::unique_ptr<Sink> m_sink;
    const Parts m_parts;
    const RunnerPace m_pace;
    std::stop_source m_stop;

    // The thread's own.
    std::optional<contract::SinkPosition> m_position; ///< nothing: to be read again
    bool m_unsaved = false;
    std::size_t m_batchSize;
    BackOff m_backOff;
    BatchMaker m_batches;
    bool m_stumbling = false;

    mutable std::mutex m_mutex; ///< guards what follows
    contract::SinkStatus m_status;
    std::optional<TimePoint> m_oldest; ///< of the records that wait
    std::thread m_thread;
};

} // namespace iam::records
