// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptionrunview.h"
#include "client/errortext.h"
#include "models/adoptiontext.h"
#include "models/celltext.h"
#include "pages/adoption/configurationbox.h"
#include "widgets/headline.h"
#include "widgets/textlabel.h"
#include "widgets/valuetable.h"
#include <QCheckBox>
#include <QProgressBar>
#include <QVBoxLayout>

namespace iam::pages {

using models::AdoptionWork;
using models::toText;
using widgets::Tone;
using Phase = AdoptionWork::Phase;
using Act = AdoptionWork::Act;
namespace spacing = widgets::spacing;

namespace {

/// A clause of the program as a sentence in the reader's language.
QString sentence(const QString& clause)
{
    QString text = client::serverText(clause.toStdString());
    if (text.isEmpty()) return text;
    text[0] = text[0].toUpper();
    const bool ended = text.endsWith(u'.') || text.endsWith(u'。') || text.endsWith(u')');
    return ended ? text : AdoptionRunView::tr("%1.").arg(text);
}

} // namespace

AdoptionRunView::AdoptionRunView(const AdoptionWork& work, QWidget* parent)
    : QWidget(parent)
    , m_work(work)
    , m_headline(new widgets::Headline(QStringLiteral("adoption.outcome"), this))
    , m_progress(new QProgressBar(this))
    , m_steps(new widgets::ValueTable(QStringLiteral("adoption.run.steps"),
                                      {tr("Step"), tr("State"), tr("What is done"), tr("Result")}, this))
    , m_faults(
          new widgets::ValueTable(QStringLiteral("adoption.run.faults"), {tr("What"), tr("Stands in the way")}, this))
    , m_lock(new QCheckBox(tr("Give it back all the same, and &lock users whose password was set here"), this))
    , m_advice(new widgets::TextLabel(widgets::TextSize::Base, false, this))
    , m_configuration(new ConfigurationBox(QStringLiteral("adoption.run.configuration"), this))
{
    setObjectName(QStringLiteral("adoption.run"));
    m_progress->setObjectName(QStringLiteral("adoption.run.progress"));
    m_progress->setAccessibleName(tr("Steps that are done"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_steps->setAccessibleName(tr("Steps"));
    m_faults->setAccessibleName(tr("What stands in the way"));
    m_lock->setObjectName(QStringLiteral("adoption.run.lock"));
    m_lock->setAccessibleName(QString(m_lock->text()).remove(u'&'));
    m_advice->setObjectName(QStringLiteral("adoption.run.advice"));
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_headline);
    column->addWidget(m_progress);
    column->addWidget(m_steps, 2);
    column->addWidget(m_faults, 1);
    column->addWidget(m_lock);
    column->addWidget(m_advice);
    column->addWidget(m_configuration);
    column->addStretch(0);
}

bool AdoptionRunView::locksAccounts() const
{
    return m_lock->isVisibleTo(this) && m_lock->isChecked();
}

void AdoptionRunView::show(const models::AdoptionPlace& place)
{
    showHeadline();
    showSteps();
    showFaults();
    const bool done = m_work.phase() == Phase::Done && m_work.act() == Act::Finish;
    m_configuration->setVisible(done);
    if (done) m_configuration->show(place, models::AdoptionWay::Finish);
    m_advice->setText(advice());
    m_advice->setVisible(!m_advice->text().isEmpty());
}

void AdoptionRunView::showHeadline()
{
    const bool back = m_work.act() == Act::Back;
    const QString count = tr("%1 of %2 steps are done.").arg(m_work.stepsDone()).arg(m_work.steps().size());
    switch (m_work.phase()) {
    case Phase::Running:
        return m_headline->present(Tone::Info, back ? tr("Giving the database back…") : tr("Taking the database over…"),
                                   tr("It may be stopped between two steps, and goes on from there another time."));
    case Phase::Stopping:
        return m_headline->present(Tone::Info, tr("Stopping…"), tr("The step that is under way is done to its end."));
    case Phase::Stopped:
        return m_headline->present(
            Tone::Warning, tr("Stopped between two steps"),
            count + u' ' + tr("It can go on from there, or be given back. Until then the old servers may only read."));
    case Phase::Failed:
        return m_headline->present(Tone::Error, back ? tr("It was not given back") : tr("It was not taken over"),
                                   sentence(m_work.problem()));
    case Phase::Done:
    case Phase::Idle:
        break;
    }
    if (m_work.act() == Act::Check)
        return m_headline->present(Tone::Success, tr("This database was taken over"),
                                   tr("The old tables are kept as adopted_…, so it can be given back."));
    m_headline->present(
        Tone::Success, back ? tr("The database has the old form again") : tr("The database is taken over"),
        back ? tr("The old servers can work on it as before; what was changed since is in their tables.")
             : tr("Our servers can start on it now."));
}

void AdoptionRunView::showSteps()
{
    using State = AdoptionWork::Step::State;
    QList<widgets::ValueTable::Row> rows;
    for (const AdoptionWork::Step& step : m_work.steps()) {
        const bool waits = step.state == State::Waiting;
        const Tone tone = waits ? Tone::Neutral : step.state == State::Running ? Tone::Info : Tone::Success;
        const QString state = waits                             ? tr("waits")
                              : step.state == State::Running    ? tr("under way")
                              : step.state == State::DoneBefore ? tr("done before")
                                                                : tr("done");
        rows.append({{QString::number(rows.size() + 1), {}, {}},
                     {state, tone, {}},
                     {models::stepText(step.number, client::serverText(step.words.toStdString())), {}, step.words},
                     {client::serverText(step.note.toStdString()), {}, step.note}});
    }
    for (const QString& line : m_work.told()) {
        const QString words = client::serverText(line.toStdString());
        rows.append({{QStringLiteral("–"), {}, {}}, {tr("done"), Tone::Success, {}}, {words, {}, line}, {{}, {}, {}}});
    }
    m_steps->setRows(rows);
    m_steps->setVisible(!rows.isEmpty());
    m_progress->setVisible(m_work.isBusy() && !m_work.steps().isEmpty());
    m_progress->setRange(0, static_cast<int>(m_work.steps().size()));
    m_progress->setValue(m_work.stepsDone());
}

void AdoptionRunView::showFaults()
{
    QList<widgets::ValueTable::Row> rows;
    for (const FieldFault& fault : m_work.faults())
        rows.append({{toText(fault.field), {}, {}}, {client::serverText(fault.message), Tone::Error, {}}});
    m_faults->setRows(rows);
    m_faults->setVisible(!rows.isEmpty());
    m_lock->setVisible(m_work.act() == Act::Back && m_work.phase() == Phase::Failed && !rows.isEmpty());
}

QString AdoptionRunView::advice() const
{
    if (m_work.phase() == Phase::Failed)
        return tr("Nothing is lost: what is done stays done, and the next try goes on from there.");
    if (m_work.phase() != Phase::Done || m_work.act() != Act::Finish) return {};
    return tr(
        "Stop the old servers, or point them elsewhere. When you are sure, “iam-server adopt --forget” removes the "
        "old tables; until then the database can be given back, here or with “iam-server adopt --back”.");
}

} // namespace iam::pages
