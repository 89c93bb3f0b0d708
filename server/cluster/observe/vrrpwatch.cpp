// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/vrrpwatch.h"
#include <QPointer>

namespace iam::cluster {
namespace {

constexpr std::chrono::milliseconds lookPeriod{500};
constexpr std::chrono::milliseconds dumpPeriodWhileUnknown{1000};
constexpr int ticksWhileKnown = 5;

} // namespace

VrrpWatch::VrrpWatch(std::string fifo, std::string instance, KeepalivedPlaces places, std::string procFolder,
                     const Clock& clock)
    : m_instance(std::move(instance))
    , m_places(std::move(places))
    , m_procFolder(std::move(procFolder))
    , m_clock(clock)
    , m_fifo(std::move(fifo), clock)
    , m_dump(m_places.dumpFolder, m_instance, m_procFolder, clock)
{
    connect(&m_fifo, &NotifyFifo::lineRead, this, &VrrpWatch::hearLine);
    connect(&m_dump, &KeepalivedDump::stateRead, this, &VrrpWatch::hearDump);
    connect(&m_dump, &KeepalivedDump::missed, this, [this] {
        if (m_process) m_opinion.hearMissed(*m_process);
        judge(lookAtProcess(), m_clock.steadyNow());
    });
    connect(&m_lookTimer, &QTimer::timeout, this, &VrrpWatch::look);
    connect(&m_dumpTimer, &QTimer::timeout, this, &VrrpWatch::askForDump);
}

Result<> VrrpWatch::start()
{
    const QPointer<VrrpWatch> alive(this);
    if (auto done = m_fifo.start(); !done) return done;
    if (alive) look();
    if (!alive) return {};
    m_lookTimer.start(lookPeriod);
    m_dumpTimer.start(dumpPeriodWhileUnknown);
    askForDump();
    return {};
}

void VrrpWatch::look()
{
    const SteadyTime at = m_clock.steadyNow();
    const QPointer<VrrpWatch> alive(this);
    m_fifo.drain();
    if (alive) judge(lookAtProcess(), at);
}

KeepalivedLook VrrpWatch::lookAtProcess()
{
    const KeepalivedLook look = lookAtKeepalived(m_procFolder, m_places.vrrpPidFile, m_process);
    if (look.kind == KeepalivedLook::Kind::Running) m_process = look.process;
    return look;
}

void VrrpWatch::hearLine(const NotifyNote& note)
{
    const NotifyLine& line = note.line;
    if (line.kind != "INSTANCE" || line.name != m_instance) return;
    if (line.says == "MASTER_RX_LOWER_PRI") {
        Q_EMIT secondMasterHeard();
    } else if (!line.says.ends_with("_PRIORITY")) {
        const KeepalivedLook look = lookAtProcess();
        m_opinion.hearLine(line.says, look, note.at, note.waited ? std::nullopt : std::optional(note.at));
        judge(look, note.at);
    }
}

void VrrpWatch::hearDump(const KeepalivedState& state)
{
    const QPointer<VrrpWatch> alive(this);
    m_state = state;
    m_fifo.drain(); // a line that waits is newer than the dump
    if (!alive || !m_process) return;
    m_opinion.hearDump(state, *m_process);
    judge(lookAtProcess(), m_clock.steadyNow());
}

void VrrpWatch::judge(const KeepalivedLook& look, SteadyTime at)
{
    if (m_opinion.judge(look, at)) Q_EMIT stateChanged(*m_opinion.word());
}

void VrrpWatch::askForDump()
{
    if (!m_process) return;
    if (m_opinion.knows(*m_process) && ++m_dumpTicks < ticksWhileKnown) return;
    m_dumpTicks = 0;
    m_dump.ask(*m_process);
}

} // namespace iam::cluster
