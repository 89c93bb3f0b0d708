// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace iam::cluster {

/// One thing that nginx -t or keepalived -t says.
struct ProgramMessage {
    enum class Weight {
        Error,
        Warning,   ///< it goes on, otherwise than the file says
        Machine,   ///< about this machine, not about the files
        Interface, ///< an interface is missing: about this machine, unless it has all of them
    };
    Weight weight = Weight::Error;
    std::string file; ///< empty: it names none
    int line = 0;     ///< from 1; 0: it names none
    std::string text; ///< one line, without file, line and final full stop
    bool aboutScriptSecurity = false;
    bool aboutScripts = false;
};

[[nodiscard]] std::vector<ProgramMessage> nginxMessages(const std::string& output);
/// What is harmless (an instance's own interface in track_interface) is left out.
[[nodiscard]] std::vector<ProgramMessage> keepalivedMessages(const std::string& output);

} // namespace iam::cluster
