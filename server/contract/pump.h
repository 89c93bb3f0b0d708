// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::contract {

/// How far one sink has come in one decision log. sequence − since = taken + deadLettered + filtered + all holes.
struct SinkPosition {
    std::string log;            ///< which log the numbers are of: it may be begun anew
    std::uint64_t since = 0;    ///< where counting began
    std::uint64_t sequence = 0; ///< everything up to it is settled
    std::uint64_t taken = 0;
    std::uint64_t deadLettered = 0;
    std::uint64_t filtered = 0;
    std::map<std::string, std::uint64_t> holes; ///< records that could not be had, by cause
    bool operator==(const SinkPosition&) const = default;
};

/// How a sink of the pump does.
struct SinkStatus {
    std::string source; ///< "records", "legacy"
    std::string sink;
    std::string type;
    std::string state; ///< "running", "retrying", "standby" (another pump is at work), "stopped"
    SinkPosition position;
    std::uint64_t lagRecords = 0;
    std::chrono::milliseconds lag{}; ///< age of the oldest record that waits
    std::uint64_t retries = 0;       ///< since the pump started
    std::string lastError;           ///< stays when it works again
    std::optional<TimePoint> lastErrorAt{};
    TimePoint written{};                  ///< when the pump said so
    std::string node{};                   ///< the server whose pump said so
    std::optional<TimePoint> takenAt{};   ///< when the sink last took a record, since the pump started
    std::optional<TimePoint> nextTryAt{}; ///< when "retrying"
    std::string deadLetterFile{};         ///< on that server
    std::chrono::milliseconds age{};      ///< of `written`, by the clock of whoever answers
    bool operator==(const SinkStatus&) const = default;
};

/// GET /v1/pump: {"items":[…]}, times in RFC 3339, lag and age in ms. Reading follows codec.h; unknown members are
/// ignored.
std::string encodeSinkStatuses(const std::vector<SinkStatus>& sinks);
Result<std::vector<SinkStatus>> decodeSinkStatuses(std::string_view body);

} // namespace iam::contract
