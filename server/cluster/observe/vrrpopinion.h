// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/keepalivedprocess.h"
#include "cluster/observe/words.h"

namespace iam::cluster {

/// Makes one word of what is known of keepalived: what it said of itself last holds as long as the process that said it
/// runs and reacts. Pure.
class VrrpOpinion {
public:
    /// keepalived's own line: MASTER BACKUP FAULT STOP DELETED. `process`: that runs while it is read; `since`: empty
    /// when the line may be old.
    void hearLine(const std::string& says, const KeepalivedLook& look, SteadyTime at, std::optional<SteadyTime> since);
    /// A dump of that process. What was said in a line since it was asked for is newer.
    void hearDump(const KeepalivedState& state, const ProcessIdentity& process);
    /// The process does not react.
    void hearMissed(const ProcessIdentity& process);

    /// The process was looked at; what is held now. True when the state changed, or is the first.
    bool judge(const KeepalivedLook& look, SteadyTime at);
    [[nodiscard]] const std::optional<VrrpWord>& word() const noexcept { return m_word; }
    /// Whether the running process has said its state.
    [[nodiscard]] bool knows(const ProcessIdentity& process) const { return !m_state.empty() && m_of == process; }

private:
    std::string m_state; ///< as said last; empty: never
    std::optional<SteadyTime> m_since;
    std::optional<SteadyTime> m_lineAt;
    ProcessIdentity m_of; ///< who said it
    ProcessIdentity m_frozen;
    std::optional<VrrpWord> m_word;
};

} // namespace iam::cluster
