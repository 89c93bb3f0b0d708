// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/policypage.h"
#include "client/whenready.h"
#include "pages/policy/policyeditor.h"
#include "pages/policy/policyversions.h"
#include "widgets/confirmdialog.h"
#include "widgets/datatable.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include <QPushButton>

namespace iam::pages {

using models::PolicyListModel;

PolicyPage::PolicyPage(client::ApiClient& api, QWidget* parent)
    : OwnedPage(QStringLiteral("policies"), api, parent)
    , m_client(api)
    , m_model(new PolicyListModel(client::PolicyClient(api), this))
{
    setTitle(tr("Policies"), tr("Rules that allow or deny. A request is allowed when at least one of its owner's "
                                "policies allows it and none denies it."));
    setSearch(tr("Search names"));
    setMainAction(tr("&New policy"), QStringLiteral("list-add"));
    auto* simulator = new QPushButton(widgets::icon(QStringLiteral("help-hint")), tr("S&imulator"), this);
    simulator->setObjectName(QStringLiteral("policies.simulator"));
    simulator->setAccessibleName(tr("Simulator"));
    simulator->setToolTip(tr("How would these policies decide a request, and why?"));
    simulator->setMinimumHeight(30);
    addTool(simulator);
    connect(simulator, &QPushButton::clicked, this, [this] { leaveEditor([this] { openSimulator(); }); });
    table()->setFirstColumns({150, 110, 90, 180, 150, 210, 200, 160}, {});
    table()->setItemDelegateForColumn(PolicyListModel::Effect,
                                      new widgets::StatusDelegate(PolicyListModel::ToneRole, table()));
    connect(addRowAction(QStringLiteral("edit"), tr("&Edit…"), QStringLiteral("document-edit"), 1, 1),
            &QPushButton::clicked, this, [this] { openRow(table()->selectedRows().value(0, -1)); });
    connect(addRowAction(QStringLiteral("history"), tr("&History"), QStringLiteral("appointment-new"), 1, 1),
            &QPushButton::clicked, this, [this] {
                const int row = table()->selectedRows().value(0, -1);
                if (row < 0) return;
                const contract::Policy& policy = m_model->at(row);
                const client::OwnedName name = address(policy.username, policy.metadata.name);
                leaveEditor([this, name] { showVersions(name); });
            });
    connect(addRowAction(QStringLiteral("delete"), tr("&Delete…"), QStringLiteral("edit-delete"), 1, 100000),
            &QPushButton::clicked, this, [this] { removeRows(table()->selectedRows()); });
    setList(m_model, {tr("Loading policies…"), tr("No policies yet"),
                      tr("Without a policy every request of this owner is denied. Start from a template."),
                      tr("New policy"), tr("No policy has this in its name"),
                      tr("Search for less, or choose another owner."), tr("The policies could not be loaded")});
}

void PolicyPage::setListOwner(const std::optional<std::string>& owner)
{
    m_model->setOwner(owner);
}

void PolicyPage::openRow(int row)
{
    if (row < 0) return;
    const contract::Policy& policy = m_model->at(row);
    const client::OwnedName name = address(policy.username, policy.metadata.name);
    leaveEditor([this, name] { edit(name); });
}

void PolicyPage::edit(const client::OwnedName& name)
{
    client::whenReady(m_client.get(name), this,
                      [this, name](const Result<client::Versioned<contract::Policy>>& policy) {
                          if (!policy) {
                              showError(policy.error());
                              return;
                          }
                          auto* editor = new PolicyEditor(m_client, name, policy->value, policy->etag);
                          connect(editor, &PolicyEditor::historyRequested, this,
                                  [this, name] { leaveEditor([this, name] { showVersions(name); }); });
                          openEditor(tr("Edit policy %1").arg(shownName(name)), editor);
                      });
}

void PolicyPage::showVersions(const client::OwnedName& name)
{
    auto* versions = new PolicyVersions(m_client, name, shownName(name));
    connect(versions, &PolicyVersions::restored, this, [this, name](quint64 number) {
        showSuccess(tr("Policy %1 is again what it was in version %2. It is in force within a second.")
                        .arg(shownName(name), QString::number(number)));
        refresh();
    });
    openPanel(tr("History of policy %1").arg(shownName(name)), versions);
}

void PolicyPage::simulate(const Simulation& simulation)
{
    leaveEditor([this, simulation] {
        m_simulation = simulation;
        openSimulator();
    });
}

void PolicyPage::openSimulator()
{
    const Simulation first = m_simulation.value_or(Simulation{{}, newOwner()});
    auto* simulator = new Simulator(m_client, api(), administrator(), first);
    connect(simulator, &EditorPane::saveRequested, this, [this, simulator] { m_simulation = simulator->simulation(); });
    connect(simulator, &Simulator::policyRequested, this, [this](const QString& owner, const QString& policy) {
        edit(address(owner.toStdString(), policy.toStdString()));
    });
    openPanel(tr("Simulator"), simulator);
    if (m_simulation) simulator->ask();
}

void PolicyPage::reset()
{
    m_simulation.reset();
    OwnedPage::reset();
}

void PolicyPage::startCreating()
{
    openEditor(tr("New policy"), new PolicyEditor(m_client, api(), administrator(), newOwner()));
}

void PolicyPage::openEditor(const QString& title, PolicyEditor* editor)
{
    connect(editor, &PolicyEditor::saved, this, [this](const contract::Policy& saved) {
        panel()->close();
        showSuccess(tr("Policy %1 was saved. It is in force within a second.")
                        .arg(shownName(address(saved.username, saved.metadata.name))));
        refresh();
    });
    openPanel(title, editor);
}

void PolicyPage::removeRows(const QList<int>& rows)
{
    std::vector<client::OwnedName> names;
    QStringList lost;
    for (const int row : rows) {
        const contract::Policy& policy = m_model->at(row);
        names.push_back(address(policy.username, policy.metadata.name));
        lost << tr("%1  –  %2")
                    .arg(shownName(names.back()), m_model->index(row, PolicyListModel::Effect).data().toString());
    }
    if (names.empty()) return;
    const bool one = names.size() == 1;
    widgets::ConfirmDialog::Question question;
    question.title =
        one ? tr("Delete policy %1?").arg(shownName(names.front())) : tr("Delete %1 policies?").arg(lost.size());
    question.lost = lost;
    question.consequence = tr("What an allowing policy allowed is denied from now on, unless another one allows it; "
                              "what a denying policy held back may become allowed. This cannot be undone.");
    question.accept = one ? tr("&Delete policy") : tr("&Delete %1 policies").arg(lost.size());
    widgets::ConfirmDialog::ask(this, question, [this, names] {
        client::whenReady(m_client.remove(names), this,
                          [this](const Result<client::Removal<client::OwnedName>>& done) { reportRemoval(done); });
    });
}

} // namespace iam::pages
