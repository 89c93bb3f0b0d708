// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "pages/start/card.h"

class QPushButton;

namespace iam::widgets {
class FormField;
class MessageBar;
class SecretField;
class StrengthMeter;
} // namespace iam::widgets

namespace iam::pages {

/// Before the bundled server runs for the first time: asks for the administrator's password, twice.
class FirstRunPage : public Card {
    Q_OBJECT
public:
    explicit FirstRunPage(QWidget* parent = nullptr);
    /// The server is being made with the password; nothing can be typed meanwhile.
    void setBusy(bool busy);
    void showProblem(const QString& what, const QString& advice);
    /// Forgets what was typed.
    void wipe();

Q_SIGNALS:
    void passwordChosen(const iam::SecretString& password);
    /// The user wants a server elsewhere instead.
    void otherServerWanted();

private:
    void check();
    void choose();

    widgets::MessageBar* m_messages;
    widgets::SecretField* m_password;
    widgets::SecretField* m_repeat;
    widgets::FormField* m_passwordField;
    widgets::FormField* m_repeatField;
    widgets::StrengthMeter* m_meter;
    QPushButton* m_start;
    QPushButton* m_other;
};

} // namespace iam::pages
