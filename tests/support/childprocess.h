// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <sys/types.h>
#include <vector>

namespace iam::test {

/// This program once more, with other arguments, to be killed at any moment. What it writes to its standard output can
/// be read; what it says on standard error is nobody's.
class ChildProcess {
public:
    /// Aborts when it cannot be started.
    explicit ChildProcess(std::vector<std::string> arguments);
    /// kill()
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// SIGKILL, and waits for the end. What it wrote before can still be read. Idempotent.
    void kill();
    /// Waits for so many bytes; false when it is dead and there are fewer.
    bool read(void* bytes, std::size_t size) const;
    /// Waits for the one byte by which it says that it has begun; aborts when it is dead.
    void awaitReady() const;

private:
    pid_t m_pid = 0;
    int m_pipe = -1;
};

/// In the child: says so. False when nobody listens.
bool sayReady();

} // namespace iam::test
