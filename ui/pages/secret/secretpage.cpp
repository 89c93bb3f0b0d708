// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretpage.h"
#include "client/whenready.h"
#include "pages/secret/newsecretdialog.h"
#include "pages/secret/rotatedialog.h"
#include "pages/secret/secretdetail.h"
#include "pages/secret/secreteditor.h"
#include "pages/secret/secretwords.h"
#include "widgets/agedelegate.h"
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
    table()->setFirstColumns({150, 110, 300, 120, 110, 160, 200, 160}, {});
    table()->setItemDelegateForColumn(SecretListModel::State,
                                      new widgets::StatusDelegate(SecretListModel::ToneRole, table()));
    table()->setItemDelegateForColumn(SecretListModel::LastUsed, new widgets::AgeDelegate(table()));
    connect(addRowAction(QStringLiteral("copyId"), tr("Copy &ID"), QStringLiteral("edit-copy"), 1, 1),
            &QPushButton::clicked, this, &SecretPage::copyId);
    connect(addRowAction(QStringLiteral("edit"), tr("&Edit…"), QStringLiteral("document-edit"), 1, 1),
            &QPushButton::clicked, this, [this] {
                const client::OwnedName name = nameAt(table()->selectedRows().value(0, -1));
                leaveEditor([this, name] { edit(name); });
            });
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

client::OwnedName SecretPage::nameAt(int row) const
{
    if (row < 0 || row >= m_model->rowCount()) return {};
    const contract::Secret& secret = m_model->at(row);
    return address(secret.username, secret.metadata.name);
}

void SecretPage::openRow(int row)
{
    const client::OwnedName name = nameAt(row);
    leaveEditor([this, name] { read(name, [this, name](const Read& secret) { showDetail(name, secret); }); });
}

void SecretPage::read(const client::OwnedName& name, std::function<void(const Read&)> next)
{
    if (name.name.empty()) return;
    client::whenReady(m_client.get(name), this, [this, next = std::move(next)](const Result<Read>& secret) {
        if (secret)
            next(*secret);
        else
            showError(secret.error());
    });
}

void SecretPage::showDetail(const client::OwnedName& name, const Read& secret)
{
    auto* detail = new SecretDetail(secret.value);
    connect(detail, &SecretDetail::editRequested, this, [this, name] { edit(name); });
    connect(detail, &SecretDetail::rotateRequested, this, [this, name, etag = secret.etag] { rotate(name, etag); });
    connect(detail, &SecretDetail::enableRequested, this,
            [this, name, etag = secret.etag](bool enabled) { setEnabled(name, etag, enabled); });
    connect(detail, &SecretDetail::endPreviousRequested, this, [this, name, secret] { endPrevious(name, secret); });
    openPanel(tr("Secret %1").arg(shownName(name)), detail);
}

void SecretPage::edit(const client::OwnedName& name)
{
    read(name, [this, name](const Read& secret) {
        auto* editor = new SecretEditor(m_client, name, secret.value, secret.etag);
        connect(editor, &SecretEditor::saved, this, [this, name] {
            panel()->close();
            showSuccess(tr("%1 was saved.").arg(shownName(name)));
            refresh();
        });
        openPanel(tr("Edit secret %1").arg(shownName(name)), editor);
    });
}

void SecretPage::rotate(const client::OwnedName& name, const std::string& etag)
{
    RotateDialog::ask(this, shownName(name), [this, name, etag](contract::SecretRotation rotation) {
        client::whenReady(m_client.rotate(name, rotation, etag), this, [this, name](const Result<Read>& rotated) {
            showChanged(name, rotated, tr("%1 has a new key.").arg(shownName(name)));
            if (rotated) NewSecretDialog::show(this, rotated->value, NewSecretDialog::Occasion::Rotated);
        });
    });
}

void SecretPage::setEnabled(const client::OwnedName& name, const std::string& etag, bool enabled)
{
    client::whenReady(
        m_client.setEnabled(name, enabled, etag), this, [this, name, enabled](const Result<Read>& secret) {
            showChanged(
                name, secret,
                enabled ? tr("%1 is enabled.").arg(shownName(name))
                        : tr("%1 is disabled: requests signed with it are refused from now on.").arg(shownName(name)));
        });
}

void SecretPage::endPrevious(const client::OwnedName& name, const Read& secret)
{
    if (!secret.value.previous) return;
    const contract::PreviousKey& previous = *secret.value.previous;
    widgets::ConfirmDialog::Question question;
    question.title = tr("End the old key of %1?").arg(shownName(name));
    question.lost = {QString::fromStdString(previous.secretId)};
    question.consequence =
        tr("Last used: %1. Programs that still sign with it are refused from now on; it cannot be brought back.")
            .arg(useText(previous.lastUse, SystemClock().now()));
    question.accept = tr("&End old key");
    widgets::ConfirmDialog::ask(this, question, [this, name, etag = secret.etag] {
        client::whenReady(m_client.endPrevious(name, etag), this, [this, name](const Result<Read>& ended) {
            showChanged(name, ended, tr("The old key of %1 has ended.").arg(shownName(name)));
        });
    });
}

void SecretPage::showChanged(const client::OwnedName& name, const Result<Read>& secret, const QString& message)
{
    if (secret) {
        showDetail(name, *secret);
        showSuccess(message);
    } else {
        showError(secret.error());
        // What is shown may be what somebody else changed.
        if (secret.error().code == Code::ObjectChanged)
            read(name, [this, name](const Read& now) { showDetail(name, now); });
    }
    refresh();
}

void SecretPage::startCreating()
{
    auto* editor = new SecretEditor(m_client, api(), administrator(), newOwner());
    connect(editor, &SecretEditor::created, this, [this](const contract::Secret& secret) {
        panel()->close();
        refresh();
        NewSecretDialog::show(this, secret, NewSecretDialog::Occasion::Created);
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
