// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptionreportview.h"
#include "client/errortext.h"
#include "models/adoptionfindingmodel.h"
#include "models/celltext.h"
#include "models/listmodel.h"
#include "widgets/datatable.h"
#include "widgets/headline.h"
#include "widgets/messagebar.h"
#include "widgets/textlabel.h"
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QSortFilterProxyModel>

namespace iam::pages {

using models::AdoptionFindingModel;
using models::AdoptionReport;
using models::toText;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

constexpr int weakCost = 10; // bcrypt's; below, guessing is cheap

QString number(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

} // namespace

AdoptionReportView::AdoptionReportView(AdoptionFindingModel& findings, widgets::MessageBar& messages, QWidget* parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_messages(messages)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_headline(new widgets::Headline(QStringLiteral("adoption.verdict"), this))
    , m_remarks(new widgets::RemarkList(QStringLiteral("adoption.remarks"), this))
    , m_count(new widgets::TextLabel(widgets::TextSize::Base, true, this))
    , m_search(new QLineEdit(this))
    , m_list(new widgets::DataTable(QStringLiteral("adoption.findings"), this))
{
    setObjectName(QStringLiteral("adoption.report"));
    m_sorted->setSourceModel(&m_findings);
    m_sorted->setSortRole(Qt::EditRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setDynamicSortFilter(false); // what is decided does not run away
    m_list->setAccessibleName(tr("Findings; Return opens one"));
    m_list->setFirstColumns({140, 150, 84, 110, 230, 200}, {});
    m_list->setModel(m_sorted);
    m_list->setItemDelegateForColumn(AdoptionFindingModel::State,
                                     new widgets::StatusDelegate(models::ListModel::ToneRole, m_list));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_headline);
    column->addWidget(m_remarks);
    column->addWidget(buildBar());
    column->addWidget(m_list, 1);
    column->addStretch(0);
    connect(m_list, &widgets::DataTable::rowActivated, this,
            [this](int row) { Q_EMIT findingOpened(m_sorted->mapToSource(m_sorted->index(row, 0)).row()); });
    connect(&m_findings, &AdoptionFindingModel::decisionsChanged, this, &AdoptionReportView::showHeadline);
    connect(m_list, &widgets::DataTable::exported, this, [this](const QString& file, int rows) {
        m_messages.showMessage(Tone::Success, tr("%1 rows were written to %2.").arg(QString::number(rows), file));
    });
    connect(m_list, &widgets::DataTable::exportFailed, this, [this](const QString& file, const QString& reason) {
        m_messages.showMessage(Tone::Error, tr("%1 could not be written: %2").arg(file, reason));
    });
}

QWidget* AdoptionReportView::buildBar()
{
    auto* bar = new QWidget(this);
    m_count->setObjectName(QStringLiteral("adoption.findings.count"));
    m_count->setWordWrap(false);
    m_search->setObjectName(QStringLiteral("adoption.findings.search"));
    m_search->setPlaceholderText(tr("Search the findings"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setFixedHeight(30);
    m_search->setMaximumWidth(320);
    auto* more = new QPushButton(tr("&List"), bar);
    more->setObjectName(QStringLiteral("adoption.findings.more"));
    more->setAccessibleName(tr("List: copy, export, columns, decisions"));
    more->setIcon(widgets::icon(QStringLiteral("application-menu")));
    more->setMenu(m_list->listMenu());
    m_list->listMenu()->addAction(widgets::icon(QStringLiteral("document-save")), tr("&Save the decisions…"), this,
                                  &AdoptionReportView::chooseToSave);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, spacing::half, 0, 0);
    row->setSpacing(spacing::unit);
    row->addWidget(m_search, 1);
    row->addWidget(m_count, 1);
    row->addWidget(more);
    connect(m_search, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    return bar;
}

void AdoptionReportView::show(const AdoptionReport& report)
{
    m_report = report;
    const bool old = report.form == AdoptionReport::Form::Old;
    const bool rows = old && !report.findings.empty();
    m_remarks->setVisible(old);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_list, m_search->parentWidget()}) widget->setVisible(rows);
    m_sorted->sort(AdoptionFindingModel::State);
    showHeadline();
    if (old) showCounts();
}

void AdoptionReportView::showHeadline()
{
    using Form = AdoptionReport::Form;
    const QString place = toText(m_report.place);
    m_count->setText(tr("%1 findings").arg(m_findings.rowCount()));
    if (m_report.goingBack())
        return m_headline->present(Tone::Warning, tr("Giving this database back was begun"),
                                   tr("It has to be brought to its end before anything else. (%1)").arg(place));
    if (m_report.begun())
        return m_headline->present(Tone::Info, tr("Taking this database over was begun"),
                                   tr("%1 of %2 steps are done. It can go on from there, or be given back. (%3)")
                                       .arg(m_report.steps.size())
                                       .arg(models::lastStepThere)
                                       .arg(place));
    if (m_report.form == Form::Ours && m_report.takenOver)
        return m_headline->present(
            Tone::Success, tr("This database was taken over"),
            tr("The old tables are kept as adopted_…, so it can be given back. (%1)").arg(place));
    if (m_report.form == Form::Ours)
        return m_headline->present(Tone::Info, tr("This database has our form already"),
                                   tr("There is nothing to take over, and nothing to give back. (%1)").arg(place));
    if (m_report.form == Form::Empty)
        return m_headline->present(Tone::Warning, tr("This database is empty"),
                                   tr("There is nothing to take over. Is it the right one? (%1)").arg(place));
    if (m_report.form == Form::Unknown)
        return m_headline->present(
            Tone::Error, tr("This is no database of the old system"),
            tr("Its tables user, secret, policy and policy_audit are not all there. (%1)").arg(place));
    const int open = m_findings.undecided();
    const int decided = m_findings.decided();
    if (open > 0)
        m_headline->present(Tone::Error, tr("Rows that stand in the way: %1").arg(open),
                            tr("Open each of them and decide. To share the database nothing need be decided."));
    else if (decided > 0)
        m_headline->present(Tone::Warning, tr("Rows that cannot be taken over as they are: %1").arg(decided),
                            tr("What will be done stands in the last column. Open a row to decide otherwise."));
    else
        m_headline->present(Tone::Success, tr("Nothing stands in the way"), place);
}

void AdoptionReportView::showCounts()
{
    QStringList rows;
    QStringList kinds;
    for (const AdoptionReport::Table& table : m_report.tables) {
        rows.append(tr("%1 %2").arg(toText(table.name), number(table.rows)));
        kinds.append(toText(table.engine) + u' ' + toText(table.collation));
    }
    kinds.removeDuplicates();
    const auto& passwords = m_report.passwords;
    std::uint64_t weak = 0;
    QStringList costs;
    for (const auto& [cost, count] : passwords.bcryptCosts) {
        if (cost < weakCost) weak += count;
        costs.append(tr("%1 × cost %2").arg(number(count), QString::number(cost)));
    }
    QList<widgets::RemarkList::Remark> remarks;
    remarks.append({Tone::Info, tr("Rows: %1. (%2)").arg(rows.join(tr(", ")), kinds.join(tr(", ")))});
    remarks.append(
        {m_report.administrators == 0 ? Tone::Warning : Tone::Info,
         tr("%1 administrators may log in; %2 users are disabled, %3 never logged in.")
             .arg(number(m_report.administrators), number(m_report.disabledUsers), number(m_report.neverLoggedIn))});
    remarks.append({weak > 0 ? Tone::Warning : Tone::Info, tr("Passwords: %1; %2 are weak, %3 fit nobody.")
                                                               .arg(costs.isEmpty() ? tr("none") : costs.join(tr(", ")),
                                                                    number(weak), number(passwords.unusable))});
    remarks.append({passwords.untouchedForThreeYears > 0 ? Tone::Warning : Tone::Info,
                    tr("At least a year old: %1, at least three years: %2. (A password is at least as old as its row; "
                       "when it was set is not stored.)")
                        .arg(number(passwords.untouchedForAYear), number(passwords.untouchedForThreeYears))});
    if (m_report.textsBeyondThreeBytes > 0)
        remarks.append({Tone::Warning, tr("%1 texts hold characters that the old tables could not take back.")
                                           .arg(number(m_report.textsBeyondThreeBytes))});
    for (const std::string& note : m_report.notes) remarks.append({Tone::Warning, client::serverText(note)});
    m_remarks->setRemarks(remarks);
}

void AdoptionReportView::saveDecisions(const QString& path)
{
    QSaveFile file(path);
    const QByteArray text = m_findings.decisionFile();
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        m_messages.showMessage(Tone::Success, tr("Saved as %1.").arg(path),
                               tr("“iam-server adopt --finish --decisions” takes that file."));
    else
        m_messages.showMessage(Tone::Error, tr("%1 could not be written: %2").arg(path, file.errorString()));
}

void AdoptionReportView::chooseToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the decisions"), {}, tr("Decisions (*.yaml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(QStringLiteral("decisions.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, &AdoptionReportView::saveDecisions);
    dialog->open();
}

} // namespace iam::pages
