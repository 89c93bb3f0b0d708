// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/vrrpopinion.h"

namespace iam::cluster {

void VrrpOpinion::hearLine(const std::string& says, const KeepalivedLook& look, SteadyTime at,
                           std::optional<SteadyTime> since)
{
    m_state = says == "DELETED" ? "STOP" : says;
    m_since = since;
    m_lineAt = at;
    m_of = look.process;
    m_frozen = {};
}

void VrrpOpinion::hearDump(const KeepalivedState& state, const ProcessIdentity& process)
{
    m_frozen = {};
    if (m_lineAt && *m_lineAt >= state.askedAt) return;
    if (state.state == "INIT" || (state.state == m_state && m_of == process)) return;
    m_state = state.state;
    m_since.reset();
    m_of = process;
}

void VrrpOpinion::hearMissed(const ProcessIdentity& process)
{
    m_frozen = process;
}

bool VrrpOpinion::judge(const KeepalivedLook& look, SteadyTime at)
{
    using Kind = KeepalivedLook::Kind;
    const bool running = look.kind == Kind::Running;
    const bool known = running && knows(look.process);
    const bool frozen = look.kind == Kind::Stopped || (running && m_frozen == look.process);

    VrrpWord next;
    next.askedAt = at;
    next.since = at;
    if (frozen) {
        next.reason = "keepalived does not react";
    } else if (known) {
        next.state = m_state;
        next.since = m_since;
    } else if (running) {
        next.reason = "keepalived has not said its state yet";
    } else if (look.kind == Kind::Gone || m_state == "STOP") {
        next.state = "STOP";
        next.reason = "keepalived is not running";
        if (m_state == "STOP") next.since = m_since;
    } else {
        next.reason = "keepalived is not running, or its pid file is elsewhere";
    }

    const bool first = !m_word;
    const bool changed = first || m_word->state != next.state;
    const bool woke = !first && m_word->reason == "keepalived does not react";
    if (!changed)
        next.since = m_word->since;
    else if (first && next.since == at)
        next.since.reset();
    else if (woke)
        next.since = at;
    m_word = next;
    return changed;
}

} // namespace iam::cluster
