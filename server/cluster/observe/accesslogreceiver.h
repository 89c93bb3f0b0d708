// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/result.h"
#include "cluster/observe/upstreamtally.h"
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <functional>
#include <memory>

namespace iam::cluster {

/// Receives nginx' access log as syslog lines on a unix datagram socket, and counts it. Lines are read in batches:
/// after some came, they are left to gather for up to 100 ms, as long as there is room for them. How many may wait is
/// the system's choice (net.unix.max_dgram_qlen, see unix(7)); with few (the kernel's own default is 10, systemd sets
/// 512) every line is read at once, and a burst may lose some: nginx does not wait for us.
class AccessLogReceiver : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives this.
    AccessLogReceiver(std::string path, const Clock& clock);
    /// Takes its socket away.
    ~AccessLogReceiver() override;

    /// Fails when something that is no socket, or a socket somebody listens to, is in the way. One that was left behind
    /// is replaced. Everybody on the machine may write to it: nginx' workers run as another user.
    Result<> start();
    /// Counts what is there right now.
    void drain();

    [[nodiscard]] const UpstreamTally& tally() const noexcept { return m_tally; }
    /// Since the start.
    [[nodiscard]] std::uint64_t lines() const noexcept { return m_lines; }
    /// Of these: not understood.
    [[nodiscard]] std::uint64_t unreadable() const noexcept { return m_unreadable; }
    /// How often there was no room for one more line when they were read: then some may be lost, without a number.
    [[nodiscard]] std::uint64_t timesFull() const noexcept { return m_timesFull; }

private:
    struct Batch;
    Result<> open();
    void lookAfterPath();
    void readOn();

    const std::string m_path;
    const Clock& m_clock;
    FileDescriptor m_socket;
    std::uint64_t m_inode = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<Batch> m_batch;
    QTimer m_gather;
    QTimer m_resync;
    std::chrono::milliseconds m_patience{100};
    std::size_t m_room = 10; ///< lines that may wait
    UpstreamTally m_tally;
    std::uint64_t m_lines = 0;
    std::uint64_t m_unreadable = 0;
    std::uint64_t m_timesFull = 0;
    bool m_complained = false;
};

} // namespace iam::cluster
