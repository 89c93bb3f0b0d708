// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/machineclock.h"
#include <ctime>
#include <fstream>

namespace iam::records {

SystemMachineClock::SystemMachineClock()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, m_boot);
}

store::MachineTime SystemMachineClock::now() const
{
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return {m_boot, std::chrono::seconds(time.tv_sec) + std::chrono::milliseconds(time.tv_nsec / 1'000'000)};
}

} // namespace iam::records
