// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "node/clockwatch.h"
#include "node/services.h"
#include <QTimer>
#include <atomic>

namespace iam::node {

/// What a server does by the clock, a look each second: catches up with the directory, writes what is gathered, throws
/// away what is old, and takes in new keys. Belongs to a thread with an event loop; the work is done by workers.
class Housekeeping {
public:
    /// All outlive the work that is under way; this does, too.
    Housekeeping(Services& services, WorkerPool& storage, WorkerPool& keys, const Clock& clock);

    void start();
    /// Nothing new is begun. What was begun goes on.
    void stop() { m_timer.stop(); }
    /// When each secret was last used. Blocks.
    void writeKeyUses();
    /// One sentence about the machine's clock; empty when all is well. Any thread.
    [[nodiscard]] std::string clockComplaint() const { return m_clockWatch.complaint(); }

private:
    void keepHouse();
    void keepData(std::uint64_t tick);
    void keepKeys();

    Services& m_services;
    WorkerPool& m_storage;
    WorkerPool& m_keys;
    const Clock& m_clock;
    ClockWatch m_clockWatch;
    QTimer m_timer;
    std::uint64_t m_ticks = 0;
    std::atomic<bool> m_keepingHouse = false;
    std::atomic<bool> m_keepingKeys = false;
    std::shared_ptr<const crypto::KeyRing> m_readWith; ///< by the directory; for the thread that keeps the keys
};

} // namespace iam::node
