// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>

namespace iam::cluster {

/// One process, told from a later one of the same number by its start.
struct ProcessIdentity {
    pid_t pid = 0;
    std::uint64_t started = 0; ///< clock ticks after boot (proc(5), stat, field 22)
    bool operator==(const ProcessIdentity&) const = default;
};

/// What a pid file and /proc say of keepalived.
struct KeepalivedLook {
    enum class Kind {
        Running,
        Stopped, ///< by a signal, or a debugger: it is there and does nothing
        Gone,    ///< the pid file names no keepalived
        NoFile,  ///< no pid file: it ended in an orderly way, or never ran, or keeps it elsewhere
    };
    Kind kind = Kind::NoFile;
    ProcessIdentity process; ///< of Running and Stopped
};

/// Costs some ten microseconds and needs no permission. A process that cannot be looked at closely, but exists, counts
/// as running. `lastSeen`: looked at instead where there is no pid file, since whoever watches over keepalived may take
/// the file of a dead one away.
[[nodiscard]] KeepalivedLook lookAtKeepalived(const std::string& procFolder, const std::string& pidFile,
                                              const std::optional<ProcessIdentity>& lastSeen);

/// Whether the process is ready for that signal: handles, blocks (to read it from a descriptor) or ignores it. To
/// others a real-time signal is deadly (signal(7)).
[[nodiscard]] bool bearsSignal(const std::string& procFolder, const ProcessIdentity& process, int signal);

} // namespace iam::cluster
