// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/pump.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace iam::store {

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
    /// The same for whoever has one: for somebody who knows that no other pump of this store lives any more.
    virtual Result<> dropLeases() = 0;

    virtual Result<std::optional<contract::SinkPosition>> position(const std::string& source,
                                                                   const std::string& sink) = 0;
    /// Kept when this returns, whatever becomes of the process (a crash of the machine may take the last ones back:
    /// then their records come again). Code::ObjectChanged, and nothing is stored, when somebody other than `holder`
    /// took the lease last.
    virtual Result<> save(const std::string& source, const std::string& sink, const std::string& holder,
                          const contract::SinkPosition& position) = 0;

    /// What reports() gives of the source from now on.
    virtual Result<> report(const std::string& source, const std::vector<contract::SinkStatus>& sinks) = 0;
    /// By source, then sink, with the positions as save() left them; one that was never saved is empty. What a sink
    /// has settled since the report waits no more.
    virtual Result<std::vector<contract::SinkStatus>> reports() = 0;
};

} // namespace iam::store
