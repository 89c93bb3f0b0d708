// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include "pages/editorpane.h"

namespace iam::widgets {
class SecretField;
}

namespace iam::pages {

/// Changes a password: one's own with the old one, as administrator that of others without it.
class PasswordEditor : public EditorPane {
    Q_OBJECT
public:
    PasswordEditor(client::UserClient client, std::string name, bool withOld, QWidget* parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void save();

    client::UserClient m_client;
    std::string m_name;
    widgets::SecretField* m_old = nullptr;
    widgets::SecretField* m_new;
    widgets::SecretField* m_repeat;
};

} // namespace iam::pages
