// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/bytestream.h"
#include <algorithm>
#include <thread>

namespace iam::records {

Result<> ByteStream::settle(Deadline until)
{
    using namespace std::chrono_literals;
    // No event tells that the queue is empty.
    for (std::chrono::microseconds pause = 100us;; pause = std::min<std::chrono::microseconds>(pause * 2, 20ms)) {
        const auto acknowledged = isAcknowledged();
        if (!acknowledged) return fail(acknowledged);
        // A connection that was reset has nothing to be acknowledged, either: so this comes second.
        if (auto sound = check(); !sound || *acknowledged) return sound;
        if (std::chrono::steady_clock::now() >= until)
            return fail(Code::StorageUnavailable, "what was sent is not acknowledged in time");
        std::this_thread::sleep_for(pause);
    }
}

} // namespace iam::records
