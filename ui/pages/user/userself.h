// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include <QWidget>

class QVBoxLayout;

namespace iam::pages {

/// One's own entry, for users who may not see the list.
class UserSelf : public QWidget {
    Q_OBJECT
public:
    explicit UserSelf(client::ApiClient& api, QWidget* parent = nullptr);
    void showUser(const contract::User& user);

Q_SIGNALS:
    void editRequested();
    void passwordRequested();
    void failed(const iam::Error& error);

private:
    client::ApiClient& m_api;
    QVBoxLayout* m_column;
    QWidget* m_facts;
    QWidget* m_logins;
};

} // namespace iam::pages
