// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/change/changepage.h"
#include "models/changetext.h"
#include "pages/change/changedetail.h"
#include "pages/recordfilterbar.h"
#include "widgets/datatable.h"
#include "widgets/statusmark.h"

namespace iam::pages {

using contract::RecordFilter;
using models::ChangeListModel;

namespace {

QList<RecordFilterBar::Choice> choicesOf(const QString& all, std::span<const char* const> words,
                                         QString (*toWord)(const std::string&), RecordFilterBar::Text member)
{
    QList<RecordFilterBar::Choice> choices{{all, {}}};
    for (const char* word : words)
        choices.append({toWord(word), [member, word](RecordFilter& wanted) { wanted.*member = word; }});
    return choices;
}

} // namespace

ChangePage::ChangePage(client::ApiClient& api, QWidget* parent)
    : RecordPage(QStringLiteral("changes"), tr("Show new changes as they are made"), api, parent)
    , m_model(new ChangeListModel(client::RecordClient(api), this))
{
    setTitle(tr("Changes"), tr("Who changed what and when, with what it was before and after."));
    setSearch(tr("Search changes"));
    auto* filter = new RecordFilterBar(QStringLiteral("changes"), this);
    filter->addChoice(QStringLiteral("kind"), tr("Kind"),
                      choicesOf(tr("every kind"), models::changeKinds(), models::kindWord, &RecordFilter::kind));
    filter->addChoice(
        QStringLiteral("action"), tr("What was done"),
        choicesOf(tr("every action"), models::changeActions(), models::actionWord, &RecordFilter::action));
    filter->addField(QStringLiteral("actor"), tr("Who did it"), &RecordFilter::actor);
    filter->addField(QStringLiteral("name"), tr("Name"), &RecordFilter::name);
    filter->addField(QStringLiteral("owner"), tr("Owner"), &RecordFilter::owner);

    table()->setFirstColumns(
        {215, 100, 145, 70, 130, 90, 150, 120, 250, 240, 240},
        {ChangeListModel::Address, ChangeListModel::RequestId, ChangeListModel::Before, ChangeListModel::After});
    table()->setItemDelegateForColumn(ChangeListModel::Action,
                                      new widgets::StatusDelegate(ChangeListModel::ToneRole, table()));
    setRecords(m_model, filter,
               {.loading = tr("Loading changes…"),
                .emptyTitle = tr("No changes yet"),
                .emptyAdvice = tr("Create a user, a secret or a policy: who did it, when, and what it was before "
                                  "and after stands here at once."),
                .emptyAction = {},
                .nothingTitle = tr("No change fits"),
                .nothingAdvice = tr("Search for something else, or clear the filter."),
                .failedTitle = tr("The changes could not be loaded")});
}

void ChangePage::openRow(int row)
{
    const contract::ChangeRecord& change = m_model->at(row);
    auto* detail = new ChangeDetail(change);
    connect(detail, &ChangeDetail::copied, this, &ChangePage::showSuccess);
    connect(detail, &ChangeDetail::historyRequested, this, [this, change] { showHistory(change); });
    openPanel(tr("Change"), detail);
}

void ChangePage::showHistory(const contract::ChangeRecord& change)
{
    RecordFilter wanted;
    wanted.kind = change.kind;
    wanted.name = change.name;
    if (!change.owner.empty()) wanted.owner = change.owner;
    clearSearch();
    filterBar()->setFilter(wanted);
}

} // namespace iam::pages
