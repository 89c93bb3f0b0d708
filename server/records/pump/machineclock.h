// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "store/pumpstore.h"

namespace iam::records {

/// Where MachineTime comes from. Thread-safe.
class MachineClock {
public:
    virtual ~MachineClock() = default;
    [[nodiscard]] virtual store::MachineTime now() const = 0;
};

/// CLOCK_BOOTTIME (clock_gettime(2)), which counts while the machine is suspended, too, and nobody sets.
class SystemMachineClock final : public MachineClock {
public:
    SystemMachineClock();
    [[nodiscard]] store::MachineTime now() const override;

private:
    std::string m_boot; ///< empty where the kernel does not tell: then the time since the start has to do
};

} // namespace iam::records
