// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <mutex>
#include <string>

namespace iam::lab {

/// Makes this thread live in a network namespace (setns(2)); its sockets stay there for ever. Ends the program with a
/// message when that is refused.
void enterSpace(const std::string& path);

/// Milliseconds since 1970.
[[nodiscard]] double wallMilliseconds();

/// Standard output, one whole line at a time, from any thread.
class Lines {
public:
    void write(const std::string& line);

private:
    std::mutex m_mutex;
};

} // namespace iam::lab
