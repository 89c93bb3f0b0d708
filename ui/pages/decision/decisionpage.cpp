// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/decision/decisionpage.h"
#include "pages/decision/decisiondetail.h"
#include "pages/recordfilterbar.h"
#include "widgets/datatable.h"
#include "widgets/statusmark.h"

namespace iam::pages {

using contract::RecordFilter;
using models::DecisionListModel;

namespace {

/// As the client sent it: the server adds the owner's name to the context.
contract::DecisionRequest requestOf(const contract::DecisionRecord& record)
{
    contract::DecisionRequest request{record.subject, record.action, record.resource, {}};
    auto context = contract::parseJson(record.context);
    if (!context || context->object() == nullptr) return request;
    request.context = std::move(*context);
    std::erase_if(*request.context.object(), [](const auto& member) { return member.first == "username"; });
    return request;
}

} // namespace

DecisionPage::DecisionPage(client::ApiClient& api, QWidget* parent)
    : RecordPage(QStringLiteral("decisions"), tr("Show new decisions as they are made"), api, parent)
    , m_model(new DecisionListModel(client::RecordClient(api), this))
{
    setTitle(tr("Decisions"), tr("What clients asked, what the server answered, and why."));
    setSearch(tr("Search decisions"));
    auto* filter = new RecordFilterBar(QStringLiteral("decisions"), this);
    filter->addChoice(QStringLiteral("outcome"), tr("Outcome"),
                      {{tr("allowed and denied"), {}},
                       {tr("only allowed"), [](RecordFilter& wanted) { wanted.allowed = true; }},
                       {tr("only denied"), [](RecordFilter& wanted) { wanted.allowed = false; }}});
    filter->addField(QStringLiteral("owner"), tr("Owner"), &RecordFilter::owner);
    filter->addField(QStringLiteral("subject"), tr("Subject"), &RecordFilter::subject);
    filter->addField(QStringLiteral("action"), tr("Action"), &RecordFilter::action);
    filter->addField(QStringLiteral("resource"), tr("Resource"), &RecordFilter::resource);

    table()->setFirstColumns({150, 90, 80, 130, 80, 160, 240, 250}, {DecisionListModel::RequestId});
    table()->setItemDelegateForColumn(DecisionListModel::Outcome,
                                      new widgets::StatusDelegate(DecisionListModel::ToneRole, table()));
    setRecords(m_model, filter,
               {.loading = tr("Loading decisions…"),
                .emptyTitle = tr("No decisions yet"),
                .emptyAdvice = tr("Sign a token with one of your secrets and ask POST /v1/authz: the answer stands "
                                  "here within a second."),
                .emptyAction = {},
                .nothingTitle = tr("No decision fits"),
                .nothingAdvice = tr("Search for something else, or clear the filter."),
                .failedTitle = tr("The decisions could not be loaded")});
}

void DecisionPage::openRow(int row)
{
    const contract::DecisionRecord& record = m_model->at(row);
    auto* detail = new DecisionDetail(record);
    connect(detail, &DecisionDetail::tryAgainRequested, this,
            [this, record] { Q_EMIT simulationRequested(requestOf(record), QString::fromStdString(record.owner)); });
    openPanel(tr("Decision"), detail);
}

} // namespace iam::pages
