// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/keepaliveddump.h"
#include "cluster/observe/keepalivedplaces.h"
#include "cluster/observe/notifyfifo.h"
#include "cluster/observe/vrrpopinion.h"

namespace iam::cluster {

/// The state of this node's keepalived: its notify FIFO tells every change, its process is looked at twice a second,
/// and every five seconds (every second while the state is not known) it is asked to write its state down.
class VrrpWatch : public QObject {
    Q_OBJECT
public:
    /// `instance`: the VRRP instance that matters. `clock` outlives this.
    VrrpWatch(std::string fifo, std::string instance, KeepalivedPlaces places, std::string procFolder,
              const Clock& clock);

    /// Fails with what NotifyFifo::start() fails with.
    Result<> start();
    /// Looks now; the word is as of this moment.
    void look();
    /// The newest; empty before start().
    [[nodiscard]] const std::optional<VrrpWord>& word() const noexcept { return m_opinion.word(); }
    /// The newest dump; empty until there was one.
    [[nodiscard]] const std::optional<KeepalivedState>& dump() const noexcept { return m_state; }

Q_SIGNALS:
    /// The first word, and every one whose state differs from the one before.
    void stateChanged(const iam::cluster::VrrpWord& word);
    /// Another master of lower priority was heard: there were two.
    void secondMasterHeard();

private:
    [[nodiscard]] KeepalivedLook lookAtProcess();
    void hearLine(const NotifyNote& note);
    void hearDump(const KeepalivedState& state);
    void judge(const KeepalivedLook& look, SteadyTime at);
    void askForDump();

    const std::string m_instance;
    const KeepalivedPlaces m_places;
    const std::string m_procFolder;
    const Clock& m_clock;
    NotifyFifo m_fifo;
    KeepalivedDump m_dump;
    VrrpOpinion m_opinion;
    std::optional<ProcessIdentity> m_process; ///< seen last
    std::optional<KeepalivedState> m_state;
    QTimer m_lookTimer;
    QTimer m_dumpTimer;
    int m_dumpTicks = 0;
};

} // namespace iam::cluster
