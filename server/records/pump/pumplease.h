// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/pump/machineclock.h"
#include "store/pumpstore.h"
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace iam::records {

/// This pump's right to be the one that pumps a source. Held until its term ends, whatever this process does meanwhile:
/// who finds a term too short for what it is about to do leaves it. Thread-safe.
class PumpLease {
public:
    /// Store and clock outlive the lease.
    PumpLease(store::PumpStore& store, const MachineClock& clock, std::string source, std::chrono::milliseconds term);
    /// drop()
    ~PumpLease();
    PumpLease(const PumpLease&) = delete;
    PumpLease& operator=(const PumpLease&) = delete;

    /// Takes or prolongs it; whether it is held now. Blocks.
    Result<bool> renew();
    /// Whether it is held and will be for so long.
    [[nodiscard]] bool covers(std::chrono::milliseconds time) const;
    /// Somebody else was found to have it.
    void lose() { m_until = 0; }
    /// Gives it back, so that another need not wait for the end of the term. Blocks.
    void drop();

    [[nodiscard]] const std::string& holder() const noexcept { return m_holder; }

private:
    store::PumpStore& m_store;
    const MachineClock& m_clock;
    const std::string m_source;
    const std::string m_holder; ///< random: processes come and go, and their numbers come again
    const std::chrono::milliseconds m_term;
    std::atomic<std::int64_t> m_until = 0; ///< of the machine's time, ms
};

} // namespace iam::records
