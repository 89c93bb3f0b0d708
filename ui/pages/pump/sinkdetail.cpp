// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/pump/sinkdetail.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "models/sinklistmodel.h"
#include "pages/liststate.h"
#include "pages/pump/pumpwords.h"
#include "widgets/agetext.h"
#include "widgets/facts.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include "widgets/valuetable.h"
#include <QVBoxLayout>

namespace iam::pages {

using contract::SinkStatus;
using models::countText;
using models::durationText;
using models::toText;
using std::chrono::milliseconds;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

void setText(QLabel* label, const QString& text)
{
    if (label->text() != text) label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString momentText(const std::optional<TimePoint>& time)
{
    return time ? widgets::timeText(*time) : QString();
}

} // namespace

SinkDetail::SinkDetail(const QString& key, QWidget* parent)
    : QWidget(parent)
    , m_key(key)
    , m_mark(new widgets::StatusMark(Tone::Neutral, this))
    , m_sentence(new TextLabel(TextSize::Base, false, this))
    , m_error(new TextLabel(TextSize::Base, false, this))
    , m_numbers(new widgets::ValueTable(QStringLiteral("pump.sink.numbers"), {tr("What became of them"), tr("Records")},
                                        this))
    , m_facts(new widgets::Facts(this))
    , m_file(new TextLabel(TextSize::Base, false, this))
    , m_advice(new TextLabel(TextSize::Base, true, this))
{
    setObjectName(QStringLiteral("pump.sink"));
    m_sentence->setObjectName(QStringLiteral("pump.sink.state"));
    m_error->setObjectName(QStringLiteral("pump.sink.error"));
    m_file->setObjectName(QStringLiteral("pump.sink.deadLetterFile"));
    m_advice->setObjectName(QStringLiteral("pump.sink.deadLetterAdvice"));
    m_facts->setObjectName(QStringLiteral("pump.sink.facts"));
    for (QLabel* label : {m_sentence, m_error, m_file, m_advice})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_file->setFont(widgets::monospaceFont());
    m_numbers->setAccessibleName(tr("What became of the records"));
    auto* state = new QHBoxLayout;
    state->setSpacing(spacing::unit);
    state->addWidget(m_mark, 0, Qt::AlignTop);
    state->addWidget(m_sentence, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide, spacing::half, spacing::wide, 12);
    column->setSpacing(spacing::unit);
    column->addLayout(state);
    column->addWidget(m_error);
    column->addSpacing(spacing::unit);
    column->addWidget(addHeading(tr("Records since counting began")));
    column->addWidget(m_numbers);
    column->addSpacing(spacing::unit);
    column->addWidget(m_facts);
    column->addSpacing(spacing::unit);
    column->addWidget(addHeading(tr("Dead letters")));
    column->addWidget(m_file);
    column->addWidget(m_advice);
    column->addStretch(1);
    setFocusProxy(m_numbers);
}

QLabel* SinkDetail::addHeading(const QString& text)
{
    auto* heading = new TextLabel(TextSize::Base, false, this);
    heading->setFont(widgets::textFont(TextSize::Base, true));
    heading->setText(text);
    return heading;
}

void SinkDetail::present(const SinkStatus& sink, milliseconds heard, bool uncertain)
{
    const auto tone = static_cast<Tone>(models::toneOf(models::healthOf(sink, heard)));
    m_mark->setTone(uncertain ? Tone::Neutral : tone);
    setText(m_sentence,
            uncertain ? tr("Not known: the server does not answer. As last heard:") + u' ' + sinkSentence(sink, heard)
                      : sinkSentence(sink, heard));
    presentNumbers(sink);
    presentFacts(sink, heard);
    presentDeadLetters(sink);
}

/// What a person can add up, ending with the sum.
void SinkDetail::presentNumbers(const SinkStatus& sink)
{
    QList<widgets::ValueTable::Row> rows;
    std::uint64_t sum = 0;
    const auto add = [&](const QString& name, std::uint64_t records, std::optional<Tone> tone = {}) {
        sum += records;
        rows.append({{name, records > 0 ? tone : std::nullopt, {}}, {countText(records), {}, {}}});
    };
    const contract::SinkPosition& position = sink.position;
    add(tr("taken by the sink"), position.taken);
    add(tr("filtered out"), position.filtered);
    add(tr("dead letters"), position.deadLettered, Tone::Warning);
    for (const auto& [cause, records] : position.holes)
        add(tr("missing: %1").arg(models::holeText(cause)), records, Tone::Warning);
    if (position.holes.empty()) add(tr("missing"), 0);
    add(tr("waiting"), sink.lagRecords);
    const std::uint64_t made = models::produced(sink);
    const bool fits = sum == made;
    rows.append({{fits ? tr("together: all that were made") : tr("together, but %1 were made").arg(countText(made)),
                  fits ? Tone::Success : Tone::Error,
                  {}},
                 {countText(sum), {}, {}}});
    m_numbers->setRows(rows);
    m_numbers->setFixedHeight(m_numbers->heightOf(static_cast<int>(rows.size())));
}

void SinkDetail::presentFacts(const SinkStatus& sink, milliseconds heard)
{
    setText(m_error,
            sink.lastError.empty()
                ? QString()
                : (sink.lastErrorAt ? tr("Last error, %1: %2").arg(momentText(sink.lastErrorAt), toText(sink.lastError))
                                    : tr("Last error: %1").arg(toText(sink.lastError))));
    const auto next = models::nextTryIn(sink, heard);
    m_facts->set(tr("Type"), toText(sink.type));
    m_facts->set(tr("Records of"), sink.source == "legacy" ? tr("the old system's list") : tr("this server"));
    m_facts->set(tr("Lag"), sink.lagRecords == 0 ? tr("none") : durationText(models::lagOf(sink, heard)));
    //: when the sink last took a record
    m_facts->set(tr("Last taken"), sink.takenAt ? momentText(sink.takenAt) : tr("not since the pump started"));
    m_facts->set(tr("Failed tries"), countText(sink.retries));
    m_facts->set(tr("Next try"), next ? momentText(sink.nextTryAt) : QString());
    m_facts->set(tr("Pump on"), toText(sink.node));
    m_facts->set(tr("Told"), tr("%1 ago").arg(durationText(models::reportAge(sink, heard))));
    //: a place in the log: a number that rises with each record
    m_facts->set(tr("Counted from"), countText(sink.position.since + 1));
    m_facts->set(tr("Settled up to"), countText(sink.position.sequence));
}

void SinkDetail::presentDeadLetters(const SinkStatus& sink)
{
    setText(m_file, toText(sink.deadLetterFile));
    const QString node = toText(sink.node);
    if (sink.position.deadLettered == 0)
        return setText(m_advice,
                       tr("None. A record that this sink can never take would be put into this file on %1.").arg(node));
    setText(m_advice,
            tr("This file on %1 has a line of JSON for each of them, with the reason and the whole record. Read the "
               "reasons (jq -r .reason), mend the cause, and bring the records to their place by hand: the pump goes "
               "on without them.")
                .arg(node));
}

} // namespace iam::pages
