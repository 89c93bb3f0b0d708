// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/decision/decisionpage.h"
#include "pages/decision/decisiondetail.h"
#include "pages/recordfilterbar.h"
#include "widgets/datatable.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include <QScrollBar>
#include <QToolButton>

namespace iam::pages {

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
    : ListPage(QStringLiteral("decisions"), api, parent)
    , m_model(new DecisionListModel(client::RecordClient(api), this))
    , m_filter(new DecisionFilterBar(this))
    , m_follow(new QToolButton(this))
{
    setTitle(tr("Decisions"), tr("What clients asked, what the server answered, and why."));
    setSearch(tr("Search decisions"));
    m_follow->setObjectName(QStringLiteral("decisions.follow"));
    m_follow->setText(tr("&Follow"));
    m_follow->setAccessibleName(tr("Follow"));
    m_follow->setToolTip(tr("Show new decisions as they are made"));
    m_follow->setIcon(widgets::icon(QStringLiteral("media-playback-start")));
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setCheckable(true);
    m_follow->setMinimumHeight(30);
    m_follow->setFocusPolicy(Qt::TabFocus);
    addTool(m_follow);
    setFilter(m_filter);

    table()->setFirstColumns({150, 90, 80, 130, 80, 160, 240, 250}, {DecisionListModel::RequestId});
    table()->setItemDelegateForColumn(DecisionListModel::Outcome,
                                      new widgets::StatusDelegate(DecisionListModel::ToneRole, table()));
    setList(m_model,
            {.loading = tr("Loading decisions…"),
             .emptyTitle = tr("No decisions yet"),
             .emptyAdvice = tr("Sign a token with one of your secrets and ask POST /v1/authz: the answer stands "
                               "here within a second."),
             .emptyAction = {},
             .nothingTitle = tr("No decision fits"),
             .nothingAdvice = tr("Search for something else, or clear the filter."),
             .failedTitle = tr("The decisions could not be loaded")});
    connect(m_filter, &DecisionFilterBar::filterChanged, this, [this] { m_model->setFilter(m_filter->filter()); });
    connect(m_follow, &QToolButton::toggled, this, &DecisionPage::setFollowing);
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (panel()->isOpen()) showSelected();
    });
    keepPosition();
}

void DecisionPage::enter()
{
    const bool loaded = m_model->state() != models::ListState::Idle;
    ListPage::enter();
    if (loaded) m_model->refresh();
    m_model->setFollowing(m_follow->isChecked());
}

void DecisionPage::leave()
{
    m_model->setFollowing(false);
}

void DecisionPage::reset()
{
    m_follow->setChecked(false);
    ListPage::reset();
    m_filter->clear();
}

void DecisionPage::setFollowing(bool following)
{
    m_follow->setIcon(
        widgets::icon(following ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start")));
    m_model->setFollowing(following);
}

/// Whoever looks at the newest goes on seeing the newest; whoever reads further down is left where they are.
void DecisionPage::keepPosition()
{
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        QScrollBar* bar = table()->verticalScrollBar();
        if (first != 0 || bar->value() == 0) return;
        const int step = table()->verticalScrollMode() == QAbstractItemView::ScrollPerItem ? 1 : table()->rowHeight(0);
        const int value = bar->value() + (last - first + 1) * step;
        QMetaObject::invokeMethod(
            bar, [bar, value] { bar->setValue(value); }, Qt::QueuedConnection);
    });
}

void DecisionPage::openRow(int row)
{
    const contract::DecisionRecord& record = m_model->at(row);
    auto* detail = new DecisionDetail(record);
    connect(detail, &DecisionDetail::tryAgainRequested, this,
            [this, record] { Q_EMIT simulationRequested(requestOf(record), QString::fromStdString(record.owner)); });
    openPanel(tr("Decision"), detail);
}

void DecisionPage::showSelected()
{
    const int row = table()->currentRow();
    if (row < 0) return;
    QWidget* focus = focusWidget();
    openRow(row);
    if (focus != nullptr && focus == table()) table()->setFocus(); // the arrow keys go on from row to row
}

} // namespace iam::pages
