// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <chrono>
#include <string_view>

namespace iam::records {

using Deadline = std::chrono::steady_clock::time_point;

/// A connection that bytes go out on; what comes in is thrown away. It closes when it dies. One thread at a time.
/// Errors: Code::StorageUnavailable; the connection is of no use then.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Sends all of it.
    virtual Result<> write(std::string_view bytes, Deadline until) = 0;
    /// Fails when the other side has closed or reset the connection.
    virtual Result<> check() = 0;
    /// Whether the other side's system has acknowledged everything that was sent. (Whether the program there has read
    /// it is not to be known.)
    virtual Result<bool> isAcknowledged() = 0;

    /// Waits for that.
    Result<> settle(Deadline until);
};

} // namespace iam::records
