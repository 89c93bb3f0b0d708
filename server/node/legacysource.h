// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "node/serverconfig.h"
#include "records/decisionlog.h"
#include "records/legacy/legacydrain.h"
#include "records/pump/deadletterfile.h"
#include <QTimer>
#include <functional>
#include <memory>
#include <string>

namespace iam::node {

/// The records of the old system's list in Redis, as a decision log of their own that a pump can follow. One process at
/// a time. Belongs to a thread with an event loop.
class LegacySource {
public:
    /// The log lies in `folder`. What is no record becomes a dead letter. Everything outlives this.
    static Result<std::unique_ptr<LegacySource>> open(const ServerConfig& config, const std::string& folder,
                                                      records::DeadLetterFile& deadLetters, const Clock& clock);
    ~LegacySource();
    LegacySource(const LegacySource&) = delete;
    LegacySource& operator=(const LegacySource&) = delete;

    /// Begins to drain. `settled`: up to which sequence of the log every sink has settled everything.
    void start(std::function<std::uint64_t()> settled);
    /// Takes no more of the list, and stores what was taken. Blocks.
    void stop();

    [[nodiscard]] store::RecordBlockStore& blocks() { return *m_blocks; }
    [[nodiscard]] records::LegacyDrainStats stats() const;
    /// As LegacyDrain::complaint().
    [[nodiscard]] std::string complaint() const;

private:
    LegacySource(const ServerConfig& config, records::DeadLetterFile& deadLetters, const Clock& clock);
    void makeRoom();

    const ServerConfig& m_config;
    records::DeadLetterFile& m_deadLetters;
    const Clock& m_clock;
    std::unique_ptr<store::RecordBlockStore> m_blocks;
    std::unique_ptr<records::DecisionLog> m_log;
    std::unique_ptr<records::LegacyDrain> m_drain;
    WorkerPool m_pool;
    QTimer m_timer;
};

} // namespace iam::node
