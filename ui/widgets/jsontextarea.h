// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QPlainTextEdit>

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

/// The text area of JsonEditor: monospace, line numbers, colours, wavy underlines and a mark beside the number of a
/// faulty line. Tab and Shift+Tab always move the focus, so the keyboard is never caught; Ctrl+] and Ctrl+[ move the
/// selected lines in and out, Return keeps the indentation.
class JsonTextArea : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit JsonTextArea(QWidget* parent = nullptr);
    /// For text that is no JSON: without its colours.
    void setPlain();
    void setFaults(const QList<TextFault>& faults);
    /// Selects the fault, scrolls to it and takes the focus.
    void goTo(const TextFault& fault);
    [[nodiscard]] int lineNumberWidth() const;
    void paintLineNumbers(const QRect& area);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void markFaults();
    void indent(int direction);
    void breakLine();
    [[nodiscard]] QTextCursor cursorOf(const TextFault& fault) const;

    QList<TextFault> m_faults;
    QSet<int> m_faultyLines;
    LineNumbers* m_numbers;
    JsonHighlighter* m_highlighter;
};

} // namespace iam::widgets
