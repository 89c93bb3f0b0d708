// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace iam::widgets {

class StatusMark;

/// Stands where a page's content will be: loading, empty (teaches the next step) or failed (says what to do).
class StatePane : public QWidget {
    Q_OBJECT
public:
    explicit StatePane(QWidget* parent = nullptr);
    void showLoading(const QString& what);
    void showEmpty(const QString& title, const QString& advice, const QString& actionText);
    void showFailed(const QString& title, const QString& advice, const QString& actionText);
    [[nodiscard]] QPushButton* action() const { return m_action; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString advice() const;

private:
    void set(Tone tone, const QString& title, const QString& advice, const QString& actionText, bool busy);

    StatusMark* m_mark;
    QLabel* m_title;
    QLabel* m_advice;
    QPushButton* m_action;
    QProgressBar* m_progress;
};

} // namespace iam::widgets
