// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pump/retentionwatch.h"
#include "records/pump/sinkrunner.h"
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace iam::records {

struct PumpConfig {
    std::string source; ///< "records", "legacy"
    std::string node;   ///< which server this is, for whoever reads the status
    /// For how long another pump waits after this one was last heard of; at least what a write may take, and 5 s.
    std::chrono::milliseconds term{10'000};
    std::chrono::milliseconds beat{1000}; ///< between renewals of the lease, and between reports
    RunnerPace pace;
    RetentionLimits retention; ///< the log's own, to tell when it comes near the records that wait
};

/// Brings the records of one decision log to all sinks, as the one pump that does: a thread for each sink, which goes
/// at its own pace, and one that keeps the lease and tells how it goes. Thread-safe.
class Pump {
public:
    /// What a pump works with, which outlives it.
    struct Parts {
        store::RecordBlockStore& log;
        store::PumpStore& store;
        DeadLetterFile& deadLetters;
        const MachineClock& machineClock;
        const Clock& clock;
    };
    Pump(PumpConfig config, Parts parts, std::vector<SinkSetup> sinks);
    /// stop()
    ~Pump();
    Pump(const Pump&) = delete;
    Pump& operator=(const Pump&) = delete;

    void start();
    /// Ends all threads, each after the write that is under way, and gives the lease back. Idempotent.
    void stop();

    [[nodiscard]] std::vector<contract::SinkStatus> status() const;
    /// Up to which sequence every sink has settled everything; 0 while that is not known of each.
    [[nodiscard]] std::uint64_t settledByAll() const;
    /// Why records may soon be removed before all sinks have them; empty: they will not.
    [[nodiscard]] std::string retentionWarning() const;
    [[nodiscard]] const std::string& source() const noexcept { return m_config.source; }
    /// Whether this is the one that pumps.
    [[nodiscard]] bool isActive() const { return m_lease.covers({}); }
    /// Sink::metrics() of all.
    [[nodiscard]] std::string sinkMetrics() const;

private:
    void keep();
    void renewLease();
    void watchRetention();

    const PumpConfig m_config;
    const Parts m_parts;
    ChunkReader m_reader;
    PumpLease m_lease;
    std::stop_source m_stop;
    std::atomic<std::uint64_t> m_lastSequence = 0;
    bool m_leaseFailing = false; ///< the keeping thread's
    mutable std::mutex m_mutex;
    std::string m_retentionWarning;
    std::vector<std::unique_ptr<SinkRunner>> m_runners;
    std::thread m_thread;
};

} // namespace iam::records
