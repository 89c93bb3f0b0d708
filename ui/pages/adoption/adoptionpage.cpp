// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptionpage.h"
#include "client/errortext.h"
#include "models/adoptionfindingmodel.h"
#include "models/adoptiontext.h"
#include "models/celltext.h"
#include "pages/adoption/adoptiondecision.h"
#include "pages/adoption/adoptionplaceform.h"
#include "pages/adoption/adoptionreportview.h"
#include "pages/adoption/adoptionrunview.h"
#include "pages/adoption/adoptionwayview.h"
#include "pages/adoption/steprail.h"
#include "widgets/confirmdialog.h"
#include "widgets/headline.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include "widgets/sidepanel.h"
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>

namespace iam::pages {

using models::AdoptionReport;
using models::AdoptionWork;
using widgets::Tone;
using Act = AdoptionWork::Act;
using Phase = AdoptionWork::Phase;
namespace spacing = widgets::spacing;

AdoptionPage::AdoptionPage(models::AdoptionProgram& program, QWidget* parent)
    : PageScaffold(QStringLiteral("adoption"), parent)
    , m_work(new AdoptionWork(program, this))
    , m_findings(new models::AdoptionFindingModel(this))
    , m_rail(new StepRail({tr("What happens"), tr("Database"), tr("Report"), tr("Way"), tr("Outcome")}, this))
    , m_stack(new QStackedWidget(this))
    , m_place(new AdoptionPlaceForm(this))
    , m_report(new AdoptionReportView(*m_findings, *messageBar(), this))
    , m_way(new AdoptionWayView(this))
    , m_run(new AdoptionRunView(*m_work, this))
    , m_close(new QToolButton(this))
    , m_back(addButton("back", new QPushButton(tr("&Back"), this)))
    , m_giveBack(addButton("giveBack", new QPushButton(tr("&Give it back…"), this)))
    , m_next(addButton("next", new widgets::PrimaryButton(this)))
{
    setTitle(tr("Take over an old system"),
             tr("Move the users, secrets and policies of a marmotedu/iam installation here, or share them with it."));
    setAutoFillBackground(true);
    buildFrame();
    connect(m_back, &QPushButton::clicked, this, &AdoptionPage::goBack);
    connect(m_next, &QPushButton::clicked, this, &AdoptionPage::goNext);
    connect(m_giveBack, &QPushButton::clicked, this, &AdoptionPage::askToGiveBack);
    connect(m_close, &QToolButton::clicked, this, &AdoptionPage::closeRequested);
    connect(m_place, &AdoptionPlaceForm::changed, this, &AdoptionPage::showButtons);
    connect(m_place, &AdoptionPlaceForm::submitted, this, [this] {
        if (m_next->isEnabled()) goNext();
    });
    connect(m_way, &AdoptionWayView::changed, this, &AdoptionPage::showButtons);
    connect(m_report, &AdoptionReportView::findingOpened, this, &AdoptionPage::openFinding);
    connect(panel(), &widgets::SidePanel::closeRequested, panel(), &widgets::SidePanel::close);
    connect(m_work, &AdoptionWork::changed, this, [this] {
        if (m_step == Outcome) m_run->show(m_database);
        showButtons();
    });
    connect(m_work, &AdoptionWork::ended, this, &AdoptionPage::takeEnd);
    goTo(Intro);
}

QPushButton* AdoptionPage::addButton(const char* name, QPushButton* button)
{
    button->setObjectName(QStringLiteral("adoption.") + QString::fromLatin1(name));
    button->setMinimumHeight(32);
    return button;
}

QWidget* AdoptionPage::buildIntro()
{
    auto* intro = new QWidget(this);
    intro->setObjectName(QStringLiteral("adoption.intro"));
    auto* points = new widgets::RemarkList(QStringLiteral("adoption.intro.points"), intro);
    points->setMaximumWidth(640);
    points->setRemarks(
        {{Tone::Info, tr("First the database is checked. That reads every row and changes nothing; an account with no "
                         "right but SELECT will do.")},
         {Tone::Info, tr("The report counts what is there and names what cannot be taken over as it is: names that are "
                         "there twice, shadows that cannot be read, passwords that fit nobody. You decide what becomes "
                         "of each.")},
         {Tone::Info, tr("Then you choose. Sharing lets the old servers and ours work side by side. Taking it over for "
                         "good moves the rows to our tables.")},
         {Tone::Success, tr("Before anything is changed a dump is taken. The work goes on wherever it was ended, even "
                            "when the console or the machine goes away, and the database can be given back.")},
         {Tone::Neutral, tr("The server that this console is logged in to has no part in it.")}});
    auto* column = new QVBoxLayout(intro);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(points);
    column->addStretch(1);
    return intro;
}

void AdoptionPage::buildFrame()
{
    m_close->setObjectName(QStringLiteral("adoption.close"));
    m_close->setText(tr("&Close"));
    m_close->setAccessibleName(tr("Close; back to the console"));
    m_close->setIcon(widgets::icon(QStringLiteral("window-close")));
    m_close->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_close->setMinimumHeight(30);
    addTool(m_close);
    m_stack->setObjectName(QStringLiteral("adoption.stack"));
    for (QWidget* view : std::initializer_list<QWidget*>{buildIntro(), m_place, m_report, m_way, m_run})
        m_stack->addWidget(view);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::unit);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_giveBack);
    buttons->addWidget(m_next);
    auto* right = new QVBoxLayout;
    right->setSpacing(spacing::wide);
    right->addWidget(m_stack, 1);
    right->addLayout(buttons);
    auto* content = new QWidget(this);
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, spacing::unit, 0, 0);
    row->addWidget(m_rail);
    row->addLayout(right, 1);
    setContent(content);
}

bool AdoptionPage::isWorking() const
{
    return m_work->isBusy() && m_work->act() != Act::Check;
}

void AdoptionPage::takeFocus()
{
    if (m_step == Place)
        m_place->focusFirstField();
    else
        m_next->setFocus();
}

void AdoptionPage::goTo(Step step)
{
    m_step = step;
    panel()->close();
    messageBar()->clear();
    m_rail->setCurrent(step);
    m_stack->setCurrentIndex(step);
    if (step == Way) m_way->show(m_database, *m_work->report(), m_findings->undecided());
    if (step == Outcome) m_run->show(m_database);
    showButtons();
    takeFocus();
}

void AdoptionPage::showButtons()
{
    const bool busy = m_work->isBusy();
    const auto& report = m_work->report();
    m_back->setVisible(m_step != Intro && !(m_step == Outcome && busy));
    m_back->setText(m_step == Place && busy ? tr("&Stop") : m_step == Outcome ? tr("To the &report") : tr("&Back"));
    m_giveBack->hide();
    m_close->setEnabled(!isWorking());
    QString next = tr("&Next");
    bool possible = true;
    switch (m_step) {
    case Intro:
        break;
    case Place:
        next = busy ? tr("Checking…") : tr("&Check the database");
        possible = !busy && m_place->isComplete();
        break;
    case Report:
        possible = report && (report->form == AdoptionReport::Form::Old || report->takenOver || report->begun());
        if (report && report->goingBack()) possible = true;
        break;
    case Way: {
        const bool begun = report && report->begun();
        const bool share = m_way->way() == models::AdoptionWay::Share;
        next = share ? tr("&Done") : begun ? tr("&Go on…") : tr("&Take it over…");
        possible = m_way->isReady() && !(begun && report->goingBack());
        m_giveBack->setVisible(begun);
        break;
    }
    case Outcome:
        return showOutcomeButtons();
    }
    m_next->setText(next);
    m_next->setAccessibleName(QString(next).remove(u'&'));
    m_next->setEnabled(possible);
}

void AdoptionPage::showOutcomeButtons()
{
    const bool busy = m_work->isBusy();
    const Phase phase = m_work->phase();
    const bool toGoOn = m_work->act() != Act::Check && (phase == Phase::Failed || phase == Phase::Stopped);
    const bool back = m_work->act() == Act::Back;
    m_giveBack->setVisible(!busy && (m_work->act() == Act::Check || (!back && phase != Phase::Idle)));
    m_next->setText(busy     ? tr("&Stop after this step")
                    : toGoOn ? (back ? tr("&Try again to give it back") : tr("&Go on"))
                             : tr("&Done"));
    m_next->setAccessibleName(m_next->text().remove(u'&'));
    m_next->setEnabled(phase != Phase::Stopping);
}

void AdoptionPage::goNext()
{
    switch (m_step) {
    case Intro:
        return goTo(Place);
    case Place:
        return check();
    case Report:
        // What was taken over to the end can only be given back.
        return goTo(m_work->report()->form == AdoptionReport::Form::Old || m_work->report()->begun() ? Way : Outcome);
    case Way:
        if (m_way->way() == models::AdoptionWay::Share) return Q_EMIT closeRequested();
        return askToFinish();
    case Outcome:
        break;
    }
    if (m_work->isBusy()) return m_work->stop();
    const bool toGoOn = m_work->phase() == Phase::Failed || m_work->phase() == Phase::Stopped;
    if (toGoOn && m_work->act() != Act::Check) return run(m_work->act());
    Q_EMIT closeRequested();
}

void AdoptionPage::goBack()
{
    switch (m_step) {
    case Place:
        if (m_work->isBusy()) return m_work->stop();
        return goTo(Intro);
    case Outcome: // things have changed since
        goTo(Place);
        return check();
    default:
        return goTo(static_cast<Step>(m_step - 1));
    }
}

void AdoptionPage::check()
{
    messageBar()->clear();
    m_database = m_place->place();
    m_place->remember();
    m_place->setBusy(true);
    m_work->start({.act = Act::Check, .place = m_database, .dataFolder = m_way->dataFolder()});
}

void AdoptionPage::takeEnd()
{
    m_place->setBusy(false);
    if (m_work->act() != Act::Check) return;
    if (m_work->phase() == Phase::Done) {
        m_findings->setReport(*m_work->report());
        m_report->show(*m_work->report());
        return goTo(Report);
    }
    if (m_work->phase() == Phase::Stopped)
        return messageBar()->showMessage(Tone::Info, tr("The check was stopped. Nothing was changed."));
    QStringList lines{client::serverText(m_work->problem().toStdString())};
    for (const FieldFault& fault : m_work->faults())
        lines.append(models::toText(fault.field) + QStringLiteral(": ") + client::serverText(fault.message));
    messageBar()->showMessage(Tone::Error, tr("The database could not be checked."), lines.join(u'\n'));
    m_place->focusFirstField();
}

void AdoptionPage::openFinding(int row)
{
    panel()->open(models::findingTitle(m_findings->at(row)), new AdoptionDecision(*m_findings, row));
}

void AdoptionPage::askToFinish()
{
    const AdoptionReport& report = *m_work->report();
    QStringList changes;
    QStringList tables;
    for (const AdoptionReport::Table& table : report.tables)
        tables.append(tr("%1 %2").arg(models::toText(table.name), QString::number(table.rows)));
    if (!report.begun()) changes.append(tr("Rows that move to our tables: %1").arg(tables.join(tr(", "))));
    if (m_findings->decided() > 0)
        changes.append(tr("Rows that are changed as decided in the report: %1").arg(m_findings->decided()));
    if (m_findings->dropped() > 0) changes.append(tr("Of these, left out: %1").arg(m_findings->dropped()));
    widgets::ConfirmDialog::ask(
        this,
        {.title = tr("Take over “%1”?").arg(m_database.database),
         .consequence = tr("First a dump is taken, to %1. From the fourth step on the old servers cannot write any "
                           "more. It can be stopped between steps, and given back as long as the old tables are kept.")
                            .arg(m_way->backupFolder()),
         .lost = changes,
         .accept = tr("&Take it over")},
        [this] { run(Act::Finish); });
}

void AdoptionPage::askToGiveBack()
{
    widgets::ConfirmDialog::ask(
        this,
        {.title = tr("Give “%1” back to the old system?").arg(m_database.database),
         .consequence = tr("Our servers must be stopped. What was changed since is written into the old tables first, "
                           "and what they cannot hold is named before anything is changed. A dump is taken, to %1.")
                            .arg(m_way->backupFolder()),
         .lost = {tr("Our tables are removed, with versions, log-ins and records of changes")},
         .accept = tr("&Give it back")},
        [this] { run(Act::Back); });
}

void AdoptionPage::run(Act act)
{
    const bool lock = m_run->locksAccounts();
    // What was begun goes on by what was decided then.
    const bool stored = act != Act::Finish || m_work->isDone(models::decisionsStep);
    m_way->remember();
    m_work->start({.act = act,
                   .place = m_database,
                   .dataFolder = m_way->dataFolder(),
                   .backupFolder = m_way->backupFolder(),
                   .decisions = stored ? QByteArray() : m_findings->decisionFile(),
                   .lockAccounts = lock});
    goTo(Outcome);
}

} // namespace iam::pages
