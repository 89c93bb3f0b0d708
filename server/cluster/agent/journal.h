// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "cluster/agent/journalfiles.h"
#include "cluster/agent/journalfilter.h"
#include "cluster/agent/journalreader.h"
#include <atomic>
#include <memory>
#include <mutex>

namespace iam::cluster {

/// What an agent saw and concluded, kept as JSON lines that can be read without it: evidence lines (see
/// cluster/verdict/evidenceline.h) and events. Words of an observation are written when they change, everything about
/// once a second for some seconds around a change, and all once a minute. Events are on the disk when they are written,
/// other lines within about half a minute. Writing happens on a thread of its own; a disk that is full or hangs costs
/// lines, which are counted, and nothing else. Thread-safe.
class Journal {
public:
    struct Config {
        std::string directory;
        std::chrono::milliseconds retention = std::chrono::hours(24 * 30);
        std::uint64_t maxSize = std::uint64_t{1} << 30;
        std::string node;
        EvidenceHead cluster;
    };
    static constexpr std::size_t queueLimit = 4096;

    /// `clock` outlives this.
    static Result<std::unique_ptr<Journal>> open(Config config, const Clock& clock);
    /// Writes what waits; not longer than a second.
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Times are of the clock's steadyNow().
    void note(const Observation& observation, Observation::Time heard);
    void note(const contract::ClusterEvent& event);
    void note(const std::string& notice);

    /// Blocks, on the caller's thread.
    Result<JournalReading> events(const EventsFrom& from, std::size_t limit) const;
    [[nodiscard]] std::vector<contract::ClusterEvent> newest(std::size_t most) const;

    [[nodiscard]] std::uint64_t dropped() const noexcept { return m_dropped.load(); }
    [[nodiscard]] std::uint64_t written() const noexcept { return m_written.load(); }
    /// One sentence while lines cannot be written, else empty.
    [[nodiscard]] std::string complaint() const;

private:
    Journal(Config config, JournalFiles files, const Clock& clock);
    void post(std::string line, bool sync);
    void write(const std::string& line, bool sync);

    const Config m_config;
    const Clock& m_clock;
    const std::chrono::milliseconds m_origin; ///< of the time line: wall clock minus steady clock at the start
    JournalFiles m_files;                     ///< the worker's
    JournalFilter m_filter;                   ///< the caller's, who is one
    std::atomic<std::uint64_t> m_dropped = 0;
    std::atomic<std::uint64_t> m_written = 0;
    std::uint64_t m_droppedSaid = 0; ///< the worker's
    mutable std::mutex m_mutex;      ///< guards m_complaint
    std::string m_complaint;
    WorkerPool m_writer; ///< last: ends first
};

} // namespace iam::cluster
