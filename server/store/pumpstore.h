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
#include <vector>

namespace iam::store {

/// How far one sink has come in one log. sequence − since = taken + deadLettered + filtered + all holes.
struct SinkPosition {
    std::string log;            ///< RecordsAfter::log that the numbers are of
    std::uint64_t since = 0;    ///< where counting began
    std::uint64_t sequence = 0; ///< everything up to it is settled
    std::uint64_t taken = 0;
    std::uint64_t deadLettered = 0;
    std::uint64_t filtered = 0;
    std::map<std::string, std::uint64_t> holes; ///< records that could not be had, by cause
    bool operator==(const SinkPosition&) const = default;

    [[nodiscard]] std::uint64_t holesInAll() const
    {
        std::uint64_t sum = 0;
        for (const auto& [cause, records] : holes) sum += records;
        return sum;
    }
};

/// How a sink does, for those that look on from another process.
struct SinkReport {
    std::string source;
    std::string sink;
    std::string type;
    std::string state; ///< "running", "retrying", "stopped"
    SinkPosition position;
    std::uint64_t lagRecords = 0;
    std::chrono::milliseconds lag{};
    std::uint64_t retries = 0; ///< since the pump started
    std::string lastError;     ///< stays when it works again
    std::optional<TimePoint> lastErrorAt{};
    TimePoint written{}; ///< when the pump said so
    bool operator==(const SinkReport&) const = default;
};

/// A moment that all processes of this machine agree on, whatever is done to its clock.
struct MachineTime {
    std::string boot;                  ///< which start of the machine (random(4): boot_id)
    std::chrono::milliseconds since{}; ///< its start
};

/// Where pumps keep how far they are, and who of them is at work. Any thread; every call blocks. Errors:
/// Code::StorageUnavailable, Code::Database.
class PumpStore {
public:
    virtual ~PumpStore() = default;

    /// Makes `holder` the one who pumps the source until `now` + `term`, or prolongs that. False: somebody else is, and
    /// his term has not ended. A term from before the machine's last start has.
    virtual Result<bool> takeLease(const std::string& source, const std::string& holder, const MachineTime& now,
                                   std::chrono::milliseconds term) = 0;
    /// Ends it at once when it is the holder's.
    virtual Result<> dropLease(const std::string& source, const std::string& holder) = 0;

    virtual Result<std::optional<SinkPosition>> position(const std::string& source, const std::string& sink) = 0;
    /// On the disk when this returns. Code::ObjectChanged, and nothing is stored, when somebody other than `holder`
    /// took the lease last.
    virtual Result<> save(const std::string& source, const std::string& sink, const std::string& holder,
                          const SinkPosition& position) = 0;

    /// In the place of all reports of the source; their positions count nothing here.
    virtual Result<> report(const std::string& source, const std::vector<SinkReport>& reports) = 0;
    /// By source, then sink, with the positions as save() left them.
    virtual Result<std::vector<SinkReport>> reports() = 0;
};

} // namespace iam::store
