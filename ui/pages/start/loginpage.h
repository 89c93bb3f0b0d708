// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "pages/start/card.h"
#include <QUrl>

class QLineEdit;
class QPushButton;
class QRadioButton;

namespace iam::widgets {
class FormField;
class MessageBar;
class SecretField;
} // namespace iam::widgets

namespace iam::pages {

/// Asks for name and password, and for which server. Also stands over a page whose session has expired: then the name
/// is fixed, since what waits there was typed by that user.
class LogInPage : public Card {
    Q_OBJECT
public:
    enum class Purpose { Start, Expired };
    explicit LogInPage(Purpose purpose, QWidget* parent = nullptr);

    void setUserName(const QString& name);
    /// Which server is asked; an empty URL is the bundled one.
    void setServer(const QUrl& url);
    /// Puts the focus where the address of another server is typed.
    void chooseElsewhere();
    void setBusy(bool busy);
    /// Calm: why a log-in is asked for.
    void showNotice(const QString& what, const QString& advice = {});
    void showProblem(const QString& what, const QString& advice);
    /// Forgets the password.
    void wipe();
    /// Moves the focus to the first field that is empty.
    void focusFirstField();

Q_SIGNALS:
    void logInRequested(const QString& name, const iam::SecretString& password);
    /// Empty: the bundled server.
    void serverChosen(const QUrl& url);
    void logOutRequested();

private:
    void buildServerChoice();
    void check();
    void submit();
    void chooseServer();
    [[nodiscard]] QUrl typedUrl() const;

    const Purpose m_purpose;
    QUrl m_server;
    widgets::MessageBar* m_messages;
    QLineEdit* m_name;
    widgets::SecretField* m_password;
    QPushButton* m_logIn;
    QRadioButton* m_bundled = nullptr;
    QRadioButton* m_remote = nullptr;
    QLineEdit* m_url = nullptr;
    widgets::FormField* m_urlField = nullptr;
    bool m_busy = false;
};

} // namespace iam::pages
