// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "http/limits.h"
#include <memory>
#include <vector>

namespace iam::http {

class IoThread;
class Admission;
class BodyBudget;

/// The threads that own sockets: each a QThread with one epoll descriptor behind one QSocketNotifier. Shared by several
/// Servers, which die first. The limits hold for all of them together. Needs a QCoreApplication.
class IoThreads {
public:
    /// `count` 0: one per processor, at most eight. `clock` outlives this.
    IoThreads(const Limits& limits, unsigned count, const Clock& clock);
    /// Closes what is still open and ends the threads.
    ~IoThreads();
    IoThreads(const IoThreads&) = delete;
    IoThreads& operator=(const IoThreads&) = delete;

    [[nodiscard]] const Limits& limits() const noexcept { return m_limits; }
    [[nodiscard]] unsigned count() const noexcept { return static_cast<unsigned>(m_threads.size()); }

private:
    friend class Server;

    const Limits m_limits;
    std::shared_ptr<BodyBudget> m_bodies;
    std::shared_ptr<Admission> m_admission;
    std::vector<std::unique_ptr<IoThread>> m_threads;
    std::size_t m_next = 0;
};

} // namespace iam::http
