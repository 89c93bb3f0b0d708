// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/statusmark.h"
#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace iam::widgets {

/// One message next to its cause, with at most one action ("Retry", "Undo"). Hidden while there is none. A new message
/// replaces the old one. Screen readers are told at once. Success leaves by itself after 6 s unless the mouse or the
/// keyboard is on it; the others stay until they are closed, acted upon or replaced.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// `text` is plain text: what happened. `advice`: what to do, on a line of its own.
    void showMessage(Tone tone, const QString& text, const QString& advice = {});
    /// As above with a button; pressing it emits actionTriggered() and hides the bar.
    void showMessage(Tone tone, const QString& text, const QString& advice, const QString& actionText);
    void clear();
    [[nodiscard]] bool hasMessage() const;
    [[nodiscard]] Tone tone() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString advice() const;

Q_SIGNALS:
    void actionTriggered();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void leaveUnlessUsed();

    StatusMark* m_mark;
    QLabel* m_text;
    QLabel* m_advice;
    QPushButton* m_action;
    QToolButton* m_close;
    class QTimer* m_leave;
};

} // namespace iam::widgets
