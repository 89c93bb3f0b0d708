// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "http/limits.h"
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace iam::http {

class IoLoop;
class IoThread;
class Mailbox;
class Admission;
class BodyBudget;

/// The threads that own sockets: each a QThread with one epoll descriptor behind one QSocketNotifier. Shared by several
/// Servers, which die first. The limits hold for all of them together. Needs a QCoreApplication.
class IoThreads {
public:
    /// `count` 0: one for every two processors, at least one, at most eight. `clock` outlives this.
    IoThreads(const Limits& limits, unsigned count, const Clock& clock);
    /// No thread of its own: sockets are served by the event loop of the calling thread, to which the Servers belong
    /// too. For who answers seldom, from what that thread has: a request wakes one thread instead of two, three times.
    struct OnThisThread {};
    IoThreads(const Limits& limits, OnThisThread, const Clock& clock);
    /// Closes what is still open and ends the threads. Not from one of them.
    ~IoThreads();
    IoThreads(const IoThreads&) = delete;
    IoThreads& operator=(const IoThreads&) = delete;

    [[nodiscard]] const Limits& limits() const noexcept { return m_limits; }
    /// Open now, of all servers.
    [[nodiscard]] std::size_t connections() const noexcept;
    [[nodiscard]] unsigned count() const noexcept { return static_cast<unsigned>(m_mailboxes.size()); }

private:
    friend class Server;

    /// What was posted to a loop on the calling thread runs now.
    void runPostedHere();
    [[nodiscard]] std::uint64_t nextConnection() noexcept { return m_nextConnection.fetch_add(1); }

    const Limits m_limits;
    const Clock& m_clock;
    std::shared_ptr<BodyBudget> m_bodies;
    std::shared_ptr<Admission> m_admission;
    std::vector<std::unique_ptr<IoThread>> m_threads;
    std::unique_ptr<IoLoop> m_loop;                    ///< OnThisThread
    std::vector<std::shared_ptr<Mailbox>> m_mailboxes; ///< one for each loop
    std::atomic<std::uint64_t> m_nextConnection = 16;  // smaller numbers are the loops' own
};

} // namespace iam::http
