// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "pages/start/card.h"

class QProgressBar;
class QPushButton;

namespace iam::widgets {
class MessageBar;
}

namespace iam::pages {

/// While the bundled server starts or a kept session is taken up; says what went wrong when that fails.
class WaitingPage : public Card {
    Q_OBJECT
public:
    explicit WaitingPage(QWidget* parent = nullptr);
    void showWaiting(const QString& what);
    void showProblem(const QString& title, const QString& what, const QString& advice);

Q_SIGNALS:
    void retryRequested();
    void otherServerWanted();

private:
    QProgressBar* m_progress;
    widgets::MessageBar* m_messages;
    QPushButton* m_retry;
    QPushButton* m_other;
};

} // namespace iam::pages
