// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/loginlistclient.h"
#include <QWidget>

class QPushButton;

namespace iam::models {
class LoginListModel;
}
namespace iam::widgets {
class DataTable;
class TextLabel;
} // namespace iam::widgets

namespace iam::pages {

/// Where one user is logged in, and the buttons that end log-ins: some at once, all after asking.
class LoginList : public QWidget {
    Q_OBJECT
public:
    /// `owner` is the name to ask the server for, nothing for the caller's own; `shown` its name for people.
    LoginList(client::ApiClient& api, std::optional<std::string> owner, const QString& shown,
              QWidget* parent = nullptr);
    void refresh();

Q_SIGNALS:
    void failed(const iam::Error& error);

private:
    void showState();
    void endSelected();
    void askToEndAll();
    void done(const Result<void>& result);

    client::LoginListClient m_client;
    const std::optional<std::string> m_owner;
    const QString m_shown;
    models::LoginListModel* m_model;
    widgets::TextLabel* m_state;
    widgets::DataTable* m_table;
    QPushButton* m_end;
    QPushButton* m_endAll;
};

} // namespace iam::pages
