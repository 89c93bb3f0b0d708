// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/jsontextarea.h"
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QTimer;

namespace iam::widgets {

class StatusMark;

/// A JSON editor with its faults marked where they are and listed in words below; a click or Return in the list goes
/// there. It knows no schema: whoever owns it listens to edited(), checks and calls setFaults().
class JsonEditor : public QWidget {
    Q_OBJECT
public:
    /// Object names: "<name>.text", "<name>.faults", "<name>.format", "<name>.verdict".
    explicit JsonEditor(const QString& name, QWidget* parent = nullptr);
    /// Replaces the text in one step that can be undone.
    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    void setReadOnly(bool readOnly);
    /// What setFaults({}) says: "The rule is valid", say.
    void setGoodWord(const QString& word);
    void setFaults(const QList<TextFault>& faults);
    [[nodiscard]] const QList<TextFault>& faults() const { return m_faults; }
    [[nodiscard]] JsonTextArea* area() const { return m_area; }
    /// A widget above the text, left of "Format".
    void addTool(QWidget* tool);
    /// The first fault, if any.
    void goToFirstFault();

Q_SIGNALS:
    /// 150 ms after the last change by keyboard, at once after setText() and "Format".
    void edited();

private:
    void format();
    void goToListed(int row);

    QList<TextFault> m_faults;
    QHBoxLayout* m_tools;
    QPushButton* m_format;
    JsonTextArea* m_area;
    StatusMark* m_mark;
    QLabel* m_verdict;
    QListWidget* m_list;
    QTimer* m_delay;
    QString m_goodWord;
};

} // namespace iam::widgets
