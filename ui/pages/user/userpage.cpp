// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userpage.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include "pages/user/passwordeditor.h"
#include "pages/user/userdetail.h"
#include "pages/user/usereditor.h"
#include "pages/user/userself.h"
#include "widgets/confirmdialog.h"
#include "widgets/datatable.h"
#include "widgets/messagebar.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include <QComboBox>
#include <QPushButton>

namespace iam::pages {

UserPage::UserPage(client::ApiClient& api, QWidget* parent)
    : ListPage(QStringLiteral("users"), api, parent)
    , m_client(api)
    , m_model(new models::UserListModel(client::UserClient(api), this))
    , m_self(new UserSelf(api, this))
    , m_which(new QComboBox(this))
{
    setTitle(tr("Users"), tr("Who may log in. A user owns secrets and policies; both must belong to the same user to "
                             "meet in a decision."));
    table()->setFirstColumns({140, 140, 210, 110, 100, 75, 160, 160}, {models::UserListModel::Created});
    table()->setItemDelegateForColumn(models::UserListModel::Status,
                                      new widgets::StatusDelegate(models::UserListModel::ToneRole, table()));
    using enum contract::WhichUsers;
    m_which->setObjectName(QStringLiteral("users.which"));
    m_which->setAccessibleName(tr("Which users are listed"));
    m_which->addItem(tr("Enabled users"), static_cast<int>(Enabled));
    m_which->addItem(tr("Disabled users"), static_cast<int>(Disabled));
    m_which->addItem(tr("All users"), static_cast<int>(All));
    addTool(m_which);
    connect(m_which, &QComboBox::currentIndexChanged, this,
            [this] { m_model->setWhich(static_cast<contract::WhichUsers>(m_which->currentData().toInt())); });
    connect(addRowAction(QStringLiteral("edit"), tr("&Edit…"), QStringLiteral("document-edit"), 1, 1),
            &QPushButton::clicked, this, [this] {
                const std::string name = nameAt(table()->selectedRows().value(0, -1));
                leaveEditor([this, name] { edit(name); });
            });
    connect(addRowAction(QStringLiteral("password"), tr("Change &password…"), QStringLiteral("lock"), 1, 1),
            &QPushButton::clicked, this, [this] {
                const std::string name = nameAt(table()->selectedRows().value(0, -1));
                leaveEditor([this, name] { changePassword(name); });
            });
    connect(addRowAction(QStringLiteral("delete"), tr("&Delete…"), QStringLiteral("edit-delete"), 1, 100000),
            &QPushButton::clicked, this, [this] { removeRows(table()->selectedRows()); });
    setList(m_model, {tr("Loading users…"), tr("No users yet"),
                      tr("Create the first user; then give it a secret to sign requests with, and a policy."),
                      tr("New user"), tr("No user has this in its name"), tr("Search for less, or clear the search."),
                      tr("The users could not be loaded")});
    setContent(m_self);
    m_self->hide();
    connect(m_self, &UserSelf::failed, this, [this](const Error& error) { showError(error); });
    connect(m_self, &UserSelf::editRequested, this,
            [this] { leaveEditor([this] { edit(username().toStdString()); }); });
    connect(m_self, &UserSelf::passwordRequested, this,
            [this] { leaveEditor([this] { changePassword(username().toStdString()); }); });
}

void UserPage::sessionSwitched()
{
    const bool all = administrator();
    table()->setVisible(all);
    m_self->setVisible(!all);
    m_which->setVisible(all);
    if (all) {
        setSearch(tr("Search names"));
        setMainAction(tr("&New user"), QStringLiteral("list-add"));
    }
    setSearchVisible(all);
    mainAction()->setVisible(all);
}

void UserPage::enter()
{
    ListPage::enter();
    if (!administrator()) refresh();
}

void UserPage::refresh()
{
    if (administrator() || username().isEmpty()) {
        ListPage::refresh();
        return;
    }
    showLoading(tr("Loading your entry…"));
    client::whenReady(m_client.get(username().toStdString()), this,
                      [this](const Result<client::Versioned<contract::User>>& user) {
                          if (user) {
                              m_self->showUser(user->value);
                              showContent();
                          } else {
                              const auto text = client::errorText(user.error());
                              showFailed(text.what, text.advice);
                          }
                      });
}

void UserPage::reset()
{
    ListPage::reset();
}

std::string UserPage::nameAt(int row) const
{
    return row >= 0 && row < m_model->rowCount() ? m_model->at(row).metadata.name : std::string();
}

void UserPage::openRow(int row)
{
    const std::string name = nameAt(row);
    if (name.empty()) return;
    if (!m_model->at(row).enabled()) { // nobody can ask for it by its name
        leaveEditor([this, user = m_model->at(row)] { showDetail(user); });
        return;
    }
    leaveEditor([this, name] {
        // The list does not say who is an administrator: the detail asks for the whole user.
        client::whenReady(m_client.get(name), this, [this](const Result<client::Versioned<contract::User>>& user) {
            if (user)
                leaveEditor([this, value = user->value] { showDetail(value); });
            else
                showError(user.error());
        });
    });
}

void UserPage::showDetail(const contract::User& user)
{
    auto* detail = new UserDetail(api(), user);
    const std::string name = user.metadata.name;
    const QString shown = QString::fromStdString(name);
    connect(detail, &UserDetail::editRequested, this, [this, name] { edit(name); });
    connect(detail, &UserDetail::passwordRequested, this, [this, name] { changePassword(name); });
    connect(detail, &UserDetail::secretsRequested, this, [this, shown] { Q_EMIT secretsRequested(shown); });
    connect(detail, &UserDetail::policiesRequested, this, [this, shown] { Q_EMIT policiesRequested(shown); });
    connect(detail, &UserDetail::enableRequested, this, [this, name] { setEnabled(name, true); });
    connect(detail, &UserDetail::disableRequested, this, [this, name] { askToDisable(name); });
    connect(detail, &UserDetail::unlockRequested, this, [this, name] { unlock(name); });
    connect(detail, &UserDetail::failed, this, [this](const Error& error) { showError(error); });
    openPanel(tr("User %1").arg(shown), detail);
}

void UserPage::askToDisable(const std::string& name)
{
    if (name == username().toStdString()) {
        messageBar()->showMessage(widgets::Tone::Warning, tr("You cannot disable yourself."),
                                  tr("Log in as another administrator."));
        return;
    }
    const QString shown = QString::fromStdString(name);
    widgets::ConfirmDialog::Question question;
    question.title = tr("Disable user %1?").arg(shown);
    question.lost = {shown};
    question.consequence =
        tr("Every log-in of this user ends, and it cannot log in again. What signs requests with its "
           "secrets is refused from now on. Enabling the user later makes its secrets valid again; "
           "its log-ins stay ended.");
    question.accept = tr("&Disable user");
    widgets::ConfirmDialog::ask(this, question, [this, name] { setEnabled(name, false); });
}

void UserPage::setEnabled(const std::string& name, bool enabled)
{
    client::whenReady(m_client.setEnabled(name, enabled), this, [this, enabled](const Result<contract::User>& user) {
        if (!user) {
            showError(user.error());
            return;
        }
        const QString shown = QString::fromStdString(user->metadata.name);
        showSuccess(enabled ? tr("%1 is enabled.").arg(shown) : tr("%1 is disabled.").arg(shown));
        leaveEditor([this, value = *user] { showDetail(value); });
        refresh();
    });
}

void UserPage::unlock(const std::string& name)
{
    client::whenReady(m_client.unlock(name), this, [this, name](const Result<void>& done) {
        if (done)
            showSuccess(tr("%1 may try to log in at once.").arg(QString::fromStdString(name)));
        else
            showError(done.error());
    });
}

void UserPage::edit(const std::string& name)
{
    if (name.empty()) return;
    client::whenReady(m_client.get(name), this, [this](const Result<client::Versioned<contract::User>>& user) {
        if (user)
            openEditor(user->value, user->etag);
        else
            showError(user.error());
    });
}

void UserPage::openEditor(const contract::User& user, const std::string& etag)
{
    auto* editor = new UserEditor(m_client, user, etag);
    connect(editor, &UserEditor::saved, this, [this](const contract::User& saved) {
        panel()->close();
        showSuccess(tr("%1 was saved.").arg(QString::fromStdString(saved.metadata.name)));
        refresh();
    });
    openPanel(tr("Edit %1").arg(QString::fromStdString(user.metadata.name)), editor);
}

void UserPage::startCreating()
{
    if (!administrator()) return;
    auto* editor = new UserEditor(m_client);
    connect(editor, &UserEditor::saved, this, [this](const contract::User& saved) {
        panel()->close();
        showSuccess(tr("User %1 was created.").arg(QString::fromStdString(saved.metadata.name)));
        refresh();
    });
    openPanel(tr("New user"), editor);
}

void UserPage::changePassword(const std::string& name)
{
    if (name.empty()) return;
    const bool own = name == username().toStdString();
    auto* editor = new PasswordEditor(m_client, name, own && !administrator());
    connect(editor, &PasswordEditor::changed, this, [this, name, own] {
        panel()->close();
        showSuccess(tr("The password of %1 was changed.").arg(QString::fromStdString(name)));
        if (own) Q_EMIT ownPasswordChanged();
    });
    openPanel(tr("Password of %1").arg(QString::fromStdString(name)), editor);
}

void UserPage::removeRows(const QList<int>& rows)
{
    std::vector<std::string> names;
    QStringList shown;
    for (const int row : rows) {
        if (nameAt(row) == username().toStdString()) {
            messageBar()->showMessage(
                widgets::Tone::Warning, tr("You cannot delete yourself."),
                tr("Take your own name out of the selection, or log in as another administrator."));
            return;
        }
        names.push_back(nameAt(row));
        shown << QString::fromStdString(names.back());
    }
    if (names.empty()) return;
    const bool one = names.size() == 1;
    widgets::ConfirmDialog::Question question;
    question.title = one ? tr("Delete user %1?").arg(shown.first()) : tr("Delete %1 users?").arg(shown.size());
    question.lost = shown;
    question.consequence = tr("All their secrets and policies are deleted too: what signs requests with these secrets "
                              "is refused from now on. This cannot be undone.");
    question.accept = one ? tr("&Delete user") : tr("&Delete %1 users").arg(shown.size());
    widgets::ConfirmDialog::ask(this, question, [this, names] {
        client::whenReady(m_client.remove(names), this, [this](const Result<client::Removal<std::string>>& done) {
            if (!done) {
                showError(done.error());
                return;
            }
            QStringList removed;
            QStringList failed;
            for (const std::string& name : done->removed) removed << QString::fromStdString(name);
            for (const auto& [name, error] : done->failed) failed << QString::fromStdString(name);
            showRemoval(removed, failed,
                        done->failed.empty() ? std::nullopt : std::optional(done->failed.front().second));
        });
    });
}

} // namespace iam::pages
