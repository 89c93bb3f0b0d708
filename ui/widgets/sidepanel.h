// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>
#include <QPointer>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace iam::widgets {

/// The panel at the right of a page: a title, a close button, one widget. Esc asks to close.
class SidePanel : public QFrame {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);

    /// Shows `body` (owned from now on; the one before is deleted) and moves the focus to its first field.
    void open(const QString& title, QWidget* body);
    /// Deletes the body and hides.
    void close();
    void setTitle(const QString& title);
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QWidget* body() const { return m_body; }

Q_SIGNALS:
    /// It is shown now and was closed before.
    void opened();
    /// The user wants it closed; whoever opened it decides (there may be unsaved text) and calls close().
    void closeRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_title;
    QToolButton* m_close;
    QVBoxLayout* m_layout;
    QPointer<QWidget> m_body;
    QPointer<QWidget> m_focusBefore;
};

} // namespace iam::widgets
