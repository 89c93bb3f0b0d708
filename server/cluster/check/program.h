// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <chrono>
#include <string>
#include <vector>

namespace iam::cluster {

struct ProgramRun {
    int exitCode = 0; ///< 128 + the signal's number when one ended it
    bool timedOut = false;
    std::string output; ///< standard output and error as they came, at most 256 KiB
};

/// The absolute path of a program in /usr/sbin, /usr/bin, /sbin, /bin or /usr/local/sbin; empty when there is none.
[[nodiscard]] std::string findProgram(const std::string& name);

/// Runs a program without a shell, with an empty standard input and LC_ALL=C, and waits. What still runs after
/// `timeout` is killed with everything it started. Fails when it cannot be started at all. Waits in the calling thread;
/// the program has that thread's network.
Result<ProgramRun> runProgram(const std::vector<std::string>& arguments, std::chrono::milliseconds timeout);

} // namespace iam::cluster
