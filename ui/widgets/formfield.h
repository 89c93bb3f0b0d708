// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QLabel;

namespace iam::widgets {

class StatusMark;

/// A labelled field: the label above, a line below it that holds the hint or, in its place, what is wrong. The line is
/// always there, so nothing jumps. A screen reader gets label and line as name and description of the editor.
class FormField : public QWidget {
    Q_OBJECT
public:
    /// `label` may have a mnemonic (&). `editor` becomes a child.
    FormField(const QString& label, QWidget* editor, QWidget* parent = nullptr);
    void setHint(const QString& hint);
    /// Empty: nothing is wrong.
    void setFault(const QString& sentence);
    [[nodiscard]] QString fault() const { return m_fault; }
    [[nodiscard]] QWidget* editor() const { return m_editor; }

private:
    void refresh();

    QLabel* m_label;
    QWidget* m_editor;
    StatusMark* m_mark;
    QLabel* m_line;
    QString m_hint;
    QString m_fault;
};

} // namespace iam::widgets
