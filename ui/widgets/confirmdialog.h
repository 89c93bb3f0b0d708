// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>
#include <QStringList>
#include <functional>

class QPushButton;

namespace iam::widgets {

/// Asks once before something is lost, naming it. Opens without a nested event loop and deletes itself. The safe
/// button has the focus. Object names: "confirm" (dialog), "confirm.accept", "confirm.cancel".
class ConfirmDialog : public QDialog {
    Q_OBJECT
public:
    struct Question {
        QString title;       ///< "Delete 2 users?"
        QString consequence; ///< what stops working, and that it cannot be undone
        QStringList lost;    ///< the names of what will be lost; the first twelve are shown, the rest counted
        QString accept;      ///< "Delete 2 users": a verb and its object, never "Yes"
    };
    /// `accepted` runs when the user agrees and `parent` still lives.
    static ConfirmDialog* ask(QWidget* parent, const Question& question, std::function<void()> accepted);

private:
    ConfirmDialog(QWidget* parent, const Question& question);
};

} // namespace iam::widgets
