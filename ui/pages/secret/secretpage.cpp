// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretpage.h"
#include "client/whenready.h"
#include "pages/secret/newsecretdialog.h"
#include "pages/secret/secreteditor.h"
#include "widgets/confirmdialog.h"
#include "widgets/datatable.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>

namespace iam::pages {

using models::SecretListModel;

SecretPage::SecretPage(client::ApiClient& api, QWidget* parent)
    : OwnedPage(QStringLiteral("secrets"), api, parent)
    , m_client(api)
    , m_model(new SecretListModel(client::SecretClient(api), this))
{
    setTitle(tr("Secrets"), tr("Access keys: a program signs its authorization requests with one. The owner's policies "
                               "then decide."));
    setSearch(tr("Search names"));
    setMainAction(tr("&New secret"), QStringLiteral("list-add"));
    table()->setFirstColumns({150, 120, 300, 110, 160, 200, 160}, {});
    table()->setItemDelegateForColumn(SecretListModel::State,
                                      new widgets::StatusDelegate(SecretListModel::ToneRole, table()));
    connect(addRowAction(QStringLiteral("copyId"), tr("Copy &ID"), QStringLiteral("edit-copy"), 1, 1),
            &QPushButton::clicked, this, &SecretPage::copyId);
    connect(addRowAction(QStringLiteral("edit"), tr("&Edit…"), QStringLiteral("document-edit"), 1, 1),
            &QPushButton::clicked, this, [this] { openRow(table()->selectedRows().value(0, -1)); });
    connect(addRowAction(QStringLiteral("delete"), tr("&Delete…"), QStringLiteral("edit-delete"), 1, 100000),
            &QPushButton::clicked, this, [this] { removeRows(table()->selectedRows()); });
    setList(m_model, {tr("Loading secrets…"), tr("No secrets yet"),
                      tr("Create one: its ID and key let a program ask for decisions in the owner's name."),
                      tr("New secret"), tr("No secret has this in its name"),
                      tr("Search for less, or choose another owner."), tr("The secrets could not be loaded")});
}

void SecretPage::setListOwner(const std::optional<std::string>& owner)
{
    m_model->setOwner(owner);
}

void SecretPage::copyId()
{
    const int row = table()->selectedRows().value(0, -1);
    if (row < 0) return;
    QGuiApplication::clipboard()->setText(QString::fromStdString(m_model->at(row).secretId));
    showSuccess(tr("The secret ID of %1 was copied.").arg(QString::fromStdString(m_model->at(row).metadata.name)));
}

void SecretPage::openRow(int row)
{
    if (row < 0) return;
    const contract::Secret& secret = m_model->at(row);
    const client::OwnedName name = address(secret.username, secret.metadata.name);
    leaveEditor([this, name] { edit(name); });
}

void SecretPage::edit(const client::OwnedName& name)
{
    client::whenReady(m_client.get(name), this,
                      [this, name](const Result<client::Versioned<contract::Secret>>& secret) {
                          if (!secret) {
                              showError(secret.error());
                              return;
                          }
                          auto* editor = new SecretEditor(m_client, name, secret->value, secret->etag);
                          connect(editor, &SecretEditor::saved, this, [this, name] {
                              panel()->close();
                              showSuccess(tr("%1 was saved.").arg(shownName(name)));
                              refresh();
                          });
                          openPanel(tr("Edit secret %1").arg(shownName(name)), editor);
                      });
}

void SecretPage::startCreating()
{
    auto* editor = new SecretEditor(m_client, api(), administrator(), newOwner());
    connect(editor, &SecretEditor::created, this, [this](const contract::Secret& secret) {
        panel()->close();
        refresh();
        NewSecretDialog::show(this, secret);
    });
    openPanel(tr("New secret"), editor);
}

void SecretPage::removeRows(const QList<int>& rows)
{
    std::vector<client::OwnedName> names;
    QStringList lost;
    for (const int row : rows) {
        const contract::Secret& secret = m_model->at(row);
        names.push_back(address(secret.username, secret.metadata.name));
        lost << QStringLiteral("%1  –  %2").arg(shownName(names.back()), QString::fromStdString(secret.secretId));
    }
    if (names.empty()) return;
    const bool one = names.size() == 1;
    widgets::ConfirmDialog::Question question;
    question.title =
        one ? tr("Delete secret %1?").arg(shownName(names.front())) : tr("Delete %1 secrets?").arg(lost.size());
    question.lost = lost;
    question.consequence = tr("Programs that sign with it are refused from now on. The key cannot be brought back; a "
                              "new secret has another ID and another key.");
    question.accept = one ? tr("&Delete secret") : tr("&Delete %1 secrets").arg(lost.size());
    widgets::ConfirmDialog::ask(this, question, [this, names] {
        client::whenReady(m_client.remove(names), this,
                          [this](const Result<client::Removal<client::OwnedName>>& done) { reportRemoval(done); });
    });
}

} // namespace iam::pages
