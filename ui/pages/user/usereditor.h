// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include "pages/editorpane.h"

class QCheckBox;
class QLineEdit;

namespace iam::widgets {
class SecretField;
}

namespace iam::pages {

/// Makes a user, or changes one. The fields are checked by contract/validation.h as the user types.
class UserEditor : public EditorPane {
    Q_OBJECT
public:
    /// A new user.
    UserEditor(client::UserClient client, QWidget* parent = nullptr);
    /// Changes `user` as read with `etag`.
    UserEditor(client::UserClient client, contract::User user, std::string etag, QWidget* parent = nullptr);

Q_SIGNALS:
    void saved(const contract::User& user);

private:
    void addContactFields();
    void fill(const contract::User& user);
    [[nodiscard]] contract::User typed() const;
    void save();
    void readTheirs();

    client::UserClient m_client;
    contract::User m_user;
    std::string m_etag;
    bool m_fresh;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_nickname = nullptr;
    QLineEdit* m_email = nullptr;
    QLineEdit* m_phone = nullptr;
    widgets::SecretField* m_password = nullptr;
    QCheckBox* m_administrator = nullptr;
    contract::User m_theirs;
    std::string m_theirEtag;
};

} // namespace iam::pages
