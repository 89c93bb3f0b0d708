// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "unitfile.h"
#include <csignal>
#include <optional>
#include <sys/types.h>

namespace iam::lab {

/// Runs one service as its unit says, in place of systemd, for as long as the process lives: directories, environment,
/// user and capabilities, ExecStartPre=, ExecStart= (simple, exec, notify, forking with PIDFile=), ExecReload=,
/// ExecStop=, ExecStopPost=, Restart=, RestartSec=, the start limit, KillMode=, KillSignal=, TimeoutStopSec=. What
/// belongs to the service is whatever descends from this process. Sandboxing settings are not followed.
/// What happens is written to standard error, one line each, the present main process to `stateFile`.
class Supervisor {
public:
    Supervisor(UnitFile unit, std::string stateFile);

    /// Until the service was stopped (SIGTERM) or is not to be started again: 0, or 1 when it failed.
    int run();

private:
    enum class End { Clean, Failed, Abnormal }; ///< exit 0, another exit code, a signal

    bool prepareDirectories() const;
    bool runAll(const std::string& key, const std::map<std::string, std::string>& extra = {});
    pid_t spawn(const Command& command, bool asUser) const;
    bool start();
    /// Until the main process has ended: how.
    End waitForEnd();
    void reload();
    void stop();
    void killRest();
    [[nodiscard]] bool startAgain(End end);
    /// Takes all ended children; true when the main process was among them.
    bool reap();
    [[nodiscard]] std::optional<int> waitFor(pid_t child);
    void tell(const std::string& what) const;
    void writeState(const std::string& state) const;

    const UnitFile m_unit;
    const std::string m_stateFile;
    sigset_t m_signals{};
    pid_t m_main = 0;
    int m_status = 0; ///< of the main process, wait(2)
    bool m_stopping = false;
    std::vector<double> m_starts; ///< when, for the start limit
};

} // namespace iam::lab
