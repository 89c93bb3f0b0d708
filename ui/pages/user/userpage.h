// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include "models/userlistmodel.h"
#include "pages/listpage.h"

class QComboBox;

namespace iam::pages {

class UserSelf;

/// The users of the server, for administrators. Others see their own entry and why.
class UserPage : public ListPage {
    Q_OBJECT
public:
    explicit UserPage(client::ApiClient& api, QWidget* parent = nullptr);
    void enter() override;
    void refresh() override;
    void reset() override;

Q_SIGNALS:
    /// "Show this user's secrets", "… policies": for whoever navigates.
    void secretsRequested(const QString& owner);
    void policiesRequested(const QString& owner);
    /// The caller's own password was changed: the session is no longer good.
    void ownPasswordChanged();

protected:
    void sessionSwitched() override;
    [[nodiscard]] bool listAllowed() const override { return administrator(); }
    void openRow(int row) override;
    void removeRows(const QList<int>& rows) override;
    void startCreating() override;

private:
    void showDetail(const contract::User& user);
    void edit(const std::string& name);
    void changePassword(const std::string& name);
    void askToDisable(const std::string& name);
    void setEnabled(const std::string& name, bool enabled);
    void unlock(const std::string& name);
    void openEditor(const contract::User& user, const std::string& etag);
    [[nodiscard]] std::string nameAt(int row) const;

    client::UserClient m_client;
    models::UserListModel* m_model;
    UserSelf* m_self;
    QComboBox* m_which;
};

} // namespace iam::pages
