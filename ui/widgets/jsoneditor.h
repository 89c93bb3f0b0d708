// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QPlainTextEdit>

class QLabel;
class QListWidget;
class QToolButton;

namespace iam::widgets {

class JsonHighlighter;
class LineNumbers;

/// A fault in a text: where (UTF-16 positions) and in words. A length of 0 marks the character at `start`, or the end.
struct TextFault {
    int start = 0;
    int length = 0;
    QString words;
    bool operator==(const TextFault&) const = default;
};

/// The text area of JsonEditor: monospace, line numbers, colours, wavy underlines. Tab and Shift+Tab always move the
/// focus, so the keyboard is never caught; Ctrl+] and Ctrl+[ move the selected lines in and out, Return keeps the
/// indentation.
class JsonTextArea : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit JsonTextArea(QWidget* parent = nullptr);
    void setFaults(const QList<TextFault>& faults);
    [[nodiscard]] int lineNumberWidth() const;
    void paintLineNumbers(QPaintEvent* event);
    /// Moves the cursor to the fault, selects it and takes the focus.
    void goTo(const TextFault& fault);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void markFaults();
    void indent(int direction);

    QList<TextFault> m_faults;
    LineNumbers* m_numbers;
    JsonHighlighter* m_highlighter;
};

/// A JSON editor with its faults marked where they are (wavy underline, mark beside the line number) and listed in
/// words below; a click or Return in the list goes there. It knows no schema: whoever owns it listens to textEdited(),
/// checks and calls setFaults().
class JsonEditor : public QWidget {
    Q_OBJECT
public:
    explicit JsonEditor(const QString& name, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    void setReadOnly(bool readOnly);
    void setFaults(const QList<TextFault>& faults);
    [[nodiscard]] const QList<TextFault>& faults() const { return m_faults; }
    [[nodiscard]] JsonTextArea* area() const { return m_area; }
    /// A widget beside "Format" above the text: a template chooser, say.
    void addTool(QWidget* tool);

    /// White space set anew: four spaces a level, one member or element a line, short lists of plain values on one
    /// line. Everything else stays byte for byte, also in text that is not JSON.
    [[nodiscard]] static QString formatted(const QString& text);

Q_SIGNALS:
    /// 150 ms after the last change, and at once after setText().
    void textEdited();

private:
    void goToListed(int row);

    QList<TextFault> m_faults;
    class QHBoxLayout* m_tools;
    JsonTextArea* m_area;
    QToolButton* m_format;
    QLabel* m_verdict;
    QListWidget* m_list;
    class QTimer* m_delay;
};

} // namespace iam::widgets
