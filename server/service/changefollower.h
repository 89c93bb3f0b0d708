// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "service/accessdirectory.h"
#include <condition_variable>
#include <thread>

namespace iam::service {

/// Brings what other servers stored into the directory: when told, and every now and then untold. Reading everything
/// has a thread of its own, so that it does not delay the rest. Any thread.
class ChangeFollower {
public:
    /// Everything is read at most once in this time, however often somebody asks.
    static constexpr std::chrono::milliseconds refreshGap = std::chrono::seconds(1);

    /// `poll`: how long to go without looking; zero: only when told. The directory outlives this.
    ChangeFollower(AccessDirectory& directory, std::chrono::milliseconds poll);
    /// Ends both threads.
    ~ChangeFollower();

    /// Catches up soon, unless the change is in force already (0: not known). Does not wait.
    void catchUp(std::uint64_t change);
    /// Reads everything anew soon. Does not wait.
    void refreshAll();

private:
    void follow(const std::stop_token& stop);
    void renew(const std::stop_token& stop);

    AccessDirectory& m_directory;
    const std::chrono::milliseconds m_poll;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_behind = false;
    bool m_unsure = false;
    std::jthread m_follower;
    std::jthread m_renewer;
};

} // namespace iam::service
