// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/loginlist.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include "models/loginlistmodel.h"
#include "widgets/confirmdialog.h"
#include "widgets/datatable.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>

namespace iam::pages {

using models::ListState;
using models::LoginListModel;

LoginList::LoginList(client::ApiClient& api, std::optional<std::string> owner, const QString& shown, QWidget* parent)
    : QWidget(parent)
    , m_client(api)
    , m_owner(std::move(owner))
    , m_shown(shown)
    , m_model(new LoginListModel(m_client, m_owner, this))
    , m_state(new widgets::TextLabel(widgets::TextSize::Base, true, this))
    , m_table(new widgets::DataTable(QStringLiteral("logins"), this))
    , m_end(new QPushButton(widgets::icon(QStringLiteral("window-close")), tr("End selected"), this))
    , m_endAll(new QPushButton(widgets::icon(QStringLiteral("system-log-out")), tr("End all…"), this))
{
    setObjectName(QStringLiteral("logins"));
    m_state->setObjectName(QStringLiteral("logins.state"));
    m_table->setAccessibleName(tr("Log-ins"));
    m_table->setFirstColumns({150, 150, 150, 160}, {LoginListModel::Ends});
    m_table->setModel(m_model);
    m_table->setMinimumHeight(130);
    m_end->setObjectName(QStringLiteral("logins.end"));
    m_end->setAccessibleName(tr("End the selected log-ins"));
    m_end->setEnabled(false);
    m_endAll->setObjectName(QStringLiteral("logins.endAll"));
    m_endAll->setAccessibleName(tr("End all log-ins"));
    auto* title = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    title->setText(tr("Logged in from"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_end);
    buttons->addWidget(m_endAll);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::spacing::half);
    column->addWidget(title);
    column->addWidget(m_state);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    connect(m_model, &models::ListModel::stateChanged, this, &LoginList::showState);
    connect(m_table, &widgets::DataTable::selectionCountChanged, m_end,
            [this](int rows) { m_end->setEnabled(rows > 0); });
    connect(m_table, &widgets::DataTable::deleteRequested, this, &LoginList::endSelected);
    connect(m_end, &QPushButton::clicked, this, &LoginList::endSelected);
    connect(m_endAll, &QPushButton::clicked, this, &LoginList::askToEndAll);
    showState();
    refresh();
}

void LoginList::refresh()
{
    m_model->refresh();
}

void LoginList::showState()
{
    const ListState state = m_model->state();
    const bool rows = state == ListState::Ready;
    m_table->setVisible(rows);
    m_end->setVisible(rows);
    m_endAll->setVisible(rows || state == ListState::Empty); // tokens of other servers are in no list
    m_state->setVisible(!rows);
    if (state == ListState::Failed && m_model->error()) {
        const auto text = client::errorText(*m_model->error());
        m_state->setText(m_model->error()->code == Code::PageNotFound ? tr("This server does not list log-ins.")
                                                                      : text.what + u' ' + text.advice);
    } else {
        m_state->setText(state == ListState::Empty ? tr("Not logged in anywhere.") : tr("Loading…"));
    }
}

void LoginList::endSelected()
{
    std::vector<std::string> ids;
    for (const int row : m_table->selectedRows()) ids.push_back(m_model->at(row).id);
    if (ids.empty()) return;
    client::whenReady(m_client.end(ids, m_owner), this, [this](const Result<void>& result) { done(result); });
}

void LoginList::askToEndAll()
{
    widgets::ConfirmDialog::Question question;
    question.title = tr("End all log-ins of %1?").arg(m_shown);
    question.consequence = tr("Every console, program and browser that is logged in as this user is refused from now "
                              "on, and must log in again. Secrets go on working.");
    question.accept = tr("&End all log-ins");
    widgets::ConfirmDialog::ask(this, question, [this] {
        client::whenReady(m_client.endAll(m_owner), this, [this](const Result<void>& result) { done(result); });
    });
}

void LoginList::done(const Result<void>& result)
{
    if (!result) Q_EMIT failed(result.error());
    refresh();
}

} // namespace iam::pages
