// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>

namespace iam::http {

/// Plain counters, for metrics and tests; answers are counted by RequestCounters. Thread-safe, never reset; `connections`, `inFlight` go up and down.
struct Stats {
    using Counter = std::atomic<std::uint64_t>;

    Counter connections = 0; ///< open now
    Counter inFlight = 0;    ///< requests whose handler has not answered
    Counter accepted = 0;
    Counter refusedConnections = 0; ///< newcomers beyond Limits::connections
    Counter refusedSilent = 0;      ///< connections that lost their place among Limits::silentPerAddress
    Counter refusedMalformed = 0;
    Counter refusedHeader = 0;
    Counter refusedBody = 0;
    Counter refusedSlow = 0;  ///< 408, and idle ends before a first request
    Counter refusedBusy = 0;  ///< 503: too many bodies or too many requests in flight
    Counter acceptPauses = 0; ///< out of descriptors or memory: newcomers wait
    Counter writeStalls = 0;
    Counter tlsFailures = 0;
};

} // namespace iam::http
