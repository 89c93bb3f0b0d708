// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/secret.h"
#include <QDialog>

class QCheckBox;
class QPushButton;

namespace iam::widgets {
class SecretField;
}

namespace iam::pages {

/// Shows the ID and key of a new or rotated secret, once: the server never tells the key again. Closes only after the
/// user said that it is stored. What is on the screen is wiped with it.
class NewSecretDialog : public QDialog {
    Q_OBJECT
public:
    enum class Occasion { Created, Rotated };
    static NewSecretDialog* show(QWidget* parent, const contract::Secret& secret, Occasion occasion);
    void reject() override;

private:
    NewSecretDialog(const contract::Secret& secret, Occasion occasion, QWidget* parent);
    void copyJson();

    widgets::SecretField* m_id;
    widgets::SecretField* m_key;
    QPushButton* m_copyJson;
    QCheckBox* m_stored;
};

} // namespace iam::pages
