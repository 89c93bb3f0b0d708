// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::cluster {

/// What the senses say. `askedAt` is always the moment before the question was put (steady clock), never when the
/// answer came: a delay can only make a word older. `since`: from when on it was so without a break; empty: not known,
/// because it was so already when it was looked at first.
using SteadyTime = std::chrono::steady_clock::time_point;

struct AddressWord {
    SteadyTime askedAt{};
    std::vector<std::string> interfaces; ///< that have the address; empty: absent
    bool linkUp = false;                 ///< the node's own interface is up and has a carrier
    std::optional<SteadyTime> since;     ///< of having the address or not

    [[nodiscard]] bool held() const noexcept { return !interfaces.empty(); }
};

/// MASTER, BACKUP, FAULT, STOP or UNKNOWN. STOP also when keepalived is dead without a word.
struct VrrpWord {
    SteadyTime askedAt{};
    std::string state = "UNKNOWN";
    std::string reason; ///< why UNKNOWN or STOP, in a few words: "keepalived is frozen"
    std::optional<SteadyTime> since;
};

/// What answered a check, or did not.
struct AnswerWord {
    SteadyTime askedAt{};
    bool answers = false;
    std::string reason; ///< when it does not: "no answer within 250 ms"
    std::optional<SteadyTime> since;
};

/// nginx' own counters (ngx_http_stub_status_module).
struct NginxCounters {
    SteadyTime askedAt{};
    std::uint64_t active = 0; ///< open connections, those that wait included
    std::uint64_t accepted = 0;
    std::uint64_t handled = 0;
    std::uint64_t requests = 0;
    std::uint64_t reading = 0;
    std::uint64_t writing = 0;
    std::uint64_t waiting = 0;
    std::optional<double> requestsPerSecond; ///< since the counters before; absent after nginx began anew
};

/// What a dump of keepalived's state holds of our instance.
struct KeepalivedState {
    SteadyTime askedAt{};
    std::string state; ///< "INIT", "BACKUP", "MASTER", "FAULT"
    bool vipSet = false;
    int priority = 0;          ///< in effect
    double lastTransition = 0; ///< seconds since 1970, as keepalived's wall clock has it
    std::uint64_t advertsReceived = 0;
    std::uint64_t advertsSent = 0;
    std::uint64_t becameMaster = 0;
    std::uint64_t releasedMaster = 0;
};

/// Requests of one domain that one upstream answered.
struct UpstreamCount {
    std::string domain;               ///< nginx' server_name
    std::string upstream;             ///< "10.0.4.20:8080"
    std::uint64_t recent = 0;         ///< of the last ten seconds
    std::uint64_t recentFailures = 0; ///< of these: no answer or 5xx; and those that another upstream had to answer
    std::uint64_t total = 0;          ///< since the agent started
    std::uint64_t totalFailures = 0;
    double recentSeconds = 0; ///< sum of the upstream's response times over the last ten seconds
};

/// One of our servers on this node. Numbers that nobody could read are absent, not zero.
struct ServiceWord {
    std::string name; ///< "apiserver", "authz-server"
    SteadyTime askedAt{};
    std::optional<bool> healthy;             ///< it answers /readyz in time, ready or not; empty: not asked yet
    std::optional<bool> ready;               ///< and says it can do all of its work
    std::vector<std::string> complaints;     ///< what /readyz says is missing: "database: storage is unavailable"
    std::optional<bool> database;            ///< as this server sees it; empty: it does not say
    std::optional<bool> redis;               ///< likewise; also empty where there is no Redis
    std::optional<double> requestsPerSecond; ///< over the last ten seconds; without those for health and metrics
    std::optional<double> p50Milliseconds;   ///< likewise; absent when there was none
    std::optional<double> p99Milliseconds;
    std::optional<std::uint64_t> errors; ///< 5xx answers since it started
};

} // namespace iam::cluster
