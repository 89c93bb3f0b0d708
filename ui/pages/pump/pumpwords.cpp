// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/pump/pumpwords.h"
#include "client/errortext.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "models/sinklistmodel.h"
#include "widgets/agetext.h"
#include <QCoreApplication>
#include <algorithm>

namespace iam::pages {

using contract::SinkStatus;
using models::countText;
using models::durationText;
using models::healthOf;
using models::lagOf;
using models::PumpState;
using models::SinkHealth;
using models::sinkName;
using models::toText;
using std::chrono::milliseconds;
using widgets::Tone;
using Remark = widgets::RemarkList::Remark;

namespace {

struct PumpText {
    Q_DECLARE_TR_FUNCTIONS(PumpText)
};

using Sinks = std::vector<const SinkStatus*>;

milliseconds heardOf(const PumpState& state)
{
    return state.heard.value_or(milliseconds(0));
}

/// Those that do so, the one with the greatest lag first.
Sinks thoseThat(const PumpState& state, SinkHealth health)
{
    Sinks found;
    for (const SinkStatus& sink : state.sinks)
        if (healthOf(sink, heardOf(state)) == health) found.push_back(&sink);
    std::stable_sort(found.begin(), found.end(), [&state](const SinkStatus* a, const SinkStatus* b) {
        return lagOf(*a, heardOf(state)) > lagOf(*b, heardOf(state));
    });
    return found;
}

int count(const Sinks& sinks)
{
    return static_cast<int>(sinks.size());
}

/// "1,204 records wait, the oldest for 3 min 20 s."
QString waitingText(const SinkStatus& sink, milliseconds heard)
{
    if (sink.lagRecords == 0) return PumpText::tr("Nothing waits.");
    const milliseconds lag = lagOf(sink, heard);
    return lag.count() == 0 ? PumpText::tr("Records that wait: %1.").arg(countText(sink.lagRecords))
                            : PumpText::tr("Records that wait: %1, the oldest for %2.")
                                  .arg(countText(sink.lagRecords), durationText(lag));
}

QString nextTryText(const SinkStatus& sink, milliseconds heard)
{
    const auto in = models::nextTryIn(sink, heard);
    if (!in) return {};
    if (in->count() == 0) return PumpText::tr("It is being tried now.");
    return PumpText::tr("Next try in %1 s.").arg(std::chrono::ceil<std::chrono::seconds>(*in).count());
}

QString sentences(const QStringList& parts)
{
    QString text;
    for (const QString& part : parts) {
        if (part.isEmpty()) continue;
        text = text.isEmpty() ? part : PumpText::tr("%1 %2", "two whole sentences").arg(text, part);
    }
    return text;
}

QString failureTitle(const SinkStatus& sink)
{
    if (!sink.takenAt) return PumpText::tr("%1 takes no records").arg(sinkName(sink));
    return PumpText::tr("%1 has not taken a record since %2").arg(sinkName(sink), widgets::timeText(*sink.takenAt));
}

QString behindTitle(const SinkStatus& sink, milliseconds heard)
{
    return PumpText::tr("%1 is behind: %2 records, %3")
        .arg(sinkName(sink), countText(sink.lagRecords), durationText(lagOf(sink, heard)));
}

QString errorOf(const SinkStatus& sink)
{
    //: %1: why, in the words of the server
    return sink.lastError.empty() ? QString() : PumpText::tr("Because: %1.").arg(toText(sink.lastError));
}

PumpWords uncertainWords(const PumpState& state)
{
    const client::ErrorText why = state.error ? client::errorText(*state.error) : client::ErrorText();
    const QString heard =
        state.heard ? PumpText::tr("What stands below was heard %1 ago.").arg(durationText(*state.heard)) : QString();
    return {Tone::Neutral, PumpText::tr("It is not known whether everything arrives"),
            sentences({state.error ? why.what : PumpText::tr("The server does not answer."), heard})};
}

PumpWords absentWords(const PumpState& state, const Sinks& stopped, const Sinks& silent)
{
    const SinkStatus& sink = silent.empty() ? *stopped.front() : *silent.front();
    const QString since = widgets::timeText(sink.written);
    const QString node = toText(sink.node);
    const auto most =
        std::max_element(state.sinks.begin(), state.sinks.end(),
                         [](const SinkStatus& a, const SinkStatus& b) { return a.lagRecords < b.lagRecords; });
    const QString waits = most->lagRecords == 0
                              ? PumpText::tr("Then nothing waited; what was decided since does.")
                              : PumpText::tr("Then %1 records waited; what was decided since waits, too.")
                                    .arg(countText(most->lagRecords));
    return {
        Tone::Error, PumpText::tr("No pump is at work: nothing arrives"),
        sentences({silent.empty() ? PumpText::tr("The one on %1 was stopped at %2.").arg(node, since)
                                  : PumpText::tr("Nothing was heard of the one on %1 since %2, and nobody holds its "
                                                 "lease: it has ended, or its disk takes no more.")
                                        .arg(node, since),
                   waits, PumpText::tr("Start the server with the role pump again, before retention removes it.")})};
}

PumpWords failingWords(const PumpState& state, const Sinks& failing)
{
    const SinkStatus& worst = *failing.front();
    const milliseconds heard = heardOf(state);
    const QString title =
        failing.size() == 1 ? failureTitle(worst) : PumpText::tr("%n sinks take no records", nullptr, count(failing));
    const QString text = sentences({errorOf(worst), waitingText(worst, heard), nextTryText(worst, heard)});
    return {Tone::Error, title,
            failing.size() == 1 ? text : PumpText::tr("%1: %2", "a sink, how it does").arg(sinkName(worst), text)};
}

PumpWords behindWords(const PumpState& state, const Sinks& behind)
{
    const milliseconds heard = heardOf(state);
    const QString worst = behindTitle(*behind.front(), heard);
    if (behind.size() == 1)
        return {Tone::Warning, worst,
                PumpText::tr("It takes records, more slowly than they are made. Nothing is lost while retention keeps "
                             "them.")};
    return {Tone::Warning, PumpText::tr("%n sinks are behind", nullptr, count(behind)), worst};
}

PumpWords arrivingWords(const PumpState& state)
{
    std::uint64_t waiting = 0;
    for (const SinkStatus& sink : state.sinks) waiting = std::max(waiting, sink.lagRecords);
    const auto number = static_cast<int>(state.sinks.size());
    return {Tone::Success,
            number == 1 ? PumpText::tr("%1 is up to date").arg(sinkName(state.sinks.front()))
                        : PumpText::tr("All %n sinks are up to date", nullptr, number),
            waiting == 0 ? PumpText::tr("Nothing waits.")
                         : PumpText::tr("Records on their way: %1.").arg(countText(waiting))};
}

/// The sink that the headline speaks of alone; nullptr: of all, or of the pump.
const SinkStatus* headlined(const PumpState& state)
{
    for (const SinkHealth health : {SinkHealth::Failing, SinkHealth::Behind})
        if (const Sinks sinks = thoseThat(state, health); !sinks.empty())
            return sinks.size() == 1 ? sinks.front() : nullptr;
    return nullptr;
}

} // namespace

PumpWords pumpWords(const PumpState& state)
{
    if (isUncertain(state)) return uncertainWords(state);
    const Sinks stopped = thoseThat(state, SinkHealth::Stopped);
    const Sinks silent = thoseThat(state, SinkHealth::Silent);
    if (!stopped.empty() || !silent.empty()) return absentWords(state, stopped, silent);
    if (const Sinks failing = thoseThat(state, SinkHealth::Failing); !failing.empty())
        return failingWords(state, failing);
    if (const Sinks behind = thoseThat(state, SinkHealth::Behind); !behind.empty()) return behindWords(state, behind);
    if (!thoseThat(state, SinkHealth::Starting).empty())
        return {Tone::Neutral, PumpText::tr("The pump begins"), PumpText::tr("It has not come to every sink yet.")};
    return arrivingWords(state);
}

QList<Remark> pumpRemarks(const PumpState& state)
{
    const milliseconds heard = heardOf(state);
    const SinkStatus* told = headlined(state);
    QList<Remark> out;
    const bool certain = !isUncertain(state);
    for (const SinkStatus* sink : thoseThat(state, SinkHealth::Failing))
        if (certain && sink != told)
            out.append({Tone::Error, sentences({failureTitle(*sink) + PumpText::tr("."), errorOf(*sink)})});
    for (const SinkStatus* sink : thoseThat(state, SinkHealth::Behind))
        if (certain && sink != told) out.append({Tone::Warning, behindTitle(*sink, heard) + PumpText::tr(".")});
    for (const SinkStatus& sink : state.sinks) {
        if (sink.position.deadLettered > 0)
            out.append(
                {Tone::Warning, PumpText::tr("%1 refused %2 records, which are dead letters: open the sink to see "
                                             "where they lie.")
                                    .arg(sinkName(sink), countText(sink.position.deadLettered))});
        QStringList holes;
        for (const auto& [cause, records] : sink.position.holes)
            if (records > 0) holes.append(PumpText::tr("%1 %2").arg(countText(records), models::holeText(cause)));
        if (!holes.isEmpty())
            out.append(
                {Tone::Warning,
                 PumpText::tr("%1 never got these records: %2.").arg(sinkName(sink), holes.join(PumpText::tr(", ")))});
    }
    return out;
}

QString pumpedBy(const PumpState& state)
{
    if (state.sinks.empty()) return {};
    const auto newest =
        std::max_element(state.sinks.begin(), state.sinks.end(),
                         [](const SinkStatus& a, const SinkStatus& b) { return a.written < b.written; });
    const milliseconds heard = heardOf(state);
    const QString age = durationText(models::reportAge(*newest, heard));
    const QString node = newest->node.empty() ? QStringLiteral("–") : toText(newest->node);
    return models::withoutPump(healthOf(*newest, heard))
               ? PumpText::tr("Nobody holds the lease; the last one was the pump on %1, heard %2 ago.").arg(node, age)
               : PumpText::tr("The pump on %1 holds the lease; told %2 ago.").arg(node, age);
}

QString sinkSentence(const SinkStatus& sink, milliseconds heard)
{
    switch (healthOf(sink, heard)) {
    case SinkHealth::UpToDate:
        return PumpText::tr("It is up to date.");
    case SinkHealth::Behind:
        return behindTitle(sink, heard) + PumpText::tr(".");
    case SinkHealth::Failing:
        return sentences({failureTitle(sink) + PumpText::tr("."), nextTryText(sink, heard)});
    case SinkHealth::Starting:
        return PumpText::tr("The pump has not come to it yet.");
    case SinkHealth::Stopped:
        return PumpText::tr("The pump was stopped at %1.").arg(widgets::timeText(sink.written));
    case SinkHealth::Silent:
        return PumpText::tr("Nothing was heard of the pump since %1.").arg(widgets::timeText(sink.written));
    }
    return {};
}

} // namespace iam::pages
