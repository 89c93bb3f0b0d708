// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstddef>

namespace iam::http {

/// Which body limit and which cap on running requests a route has.
enum class LimitClass {
    Probe,    ///< health, version: nearly no body, answered however busy the server is
    Normal,   ///< reads and changes of objects
    Login,    ///< costs a password hash: few at a time
    Decision, ///< answered from memory: many at a time
};

/// What one client, and all together, may cost. Every limit is the largest value still allowed.
struct Limits {
    std::size_t header = 16 * 1024;            ///< request line and fields, to the empty line; more: 431
    std::size_t body = 5 * 1024 * 1024;        ///< one body; more: 413
    std::size_t probeBody = 64 * 1024;         ///< one body for a LimitClass::Probe route
    std::size_t allBodies = 256 * 1024 * 1024; ///< bodies held at one moment, also while their handler runs; more: 503
    std::chrono::milliseconds headerTime{
        std::chrono::seconds(10)}; ///< first byte to empty line, and accept to first request
    std::size_t bodyRate = 1024;   ///< bytes a second, averaged over bodyGrace; less: 408
    std::chrono::milliseconds bodyGrace{std::chrono::seconds(10)};
    std::chrono::milliseconds idleTime{std::chrono::seconds(60)};   ///< between two requests
    std::chrono::milliseconds writeStall{std::chrono::seconds(10)}; ///< client takes nothing of its answer
    std::chrono::milliseconds lingerTime{
        std::chrono::seconds(5)}; ///< reading on, unheard, so that an error answer arrives

    std::size_t connections = 10'000; ///< open at once; a newcomer beyond is turned away
    /// Connections of one address that have not yet sent one whole request. As many again are let in on probation:
    /// they have `probationTime` to send one, and the oldest of them makes room for the next. So whoever opens
    /// connections and says nothing cannot lock out a client that does speak, even from the same address.
    std::size_t silentPerAddress = 64;
    std::chrono::milliseconds probationTime{std::chrono::seconds(1)};

    /// Requests of one connection waiting for their answers; then reading pauses. One: what is answered at once is
    /// pipelined all the same, and a client that takes no answers costs the memory of one, not of many.
    std::size_t pipeline = 1;
    std::size_t outBuffer = 256 * 1024; ///< answers not yet taken by the client; then reading pauses

    std::size_t streamBuffer = 64 * 1024; ///< of a body that goes on, not yet taken by the client; more: it is dropped

    std::size_t normalInFlight = 1024; ///< requests that wait for a handler, per class; more: 503
    std::size_t loginInFlight = 64;
    std::size_t decisionInFlight = 8192;
};

} // namespace iam::http
