// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace iam::widgets {

/// One line that is masked until "show" is pressed. As an input it takes a password; as a display it is read-only and
/// can be copied, and says so when that was done. The text is not offered to input methods' memories nor to undo.
class SecretField : public QWidget {
    Q_OBJECT
public:
    enum class Purpose { Input, Display };
    explicit SecretField(Purpose purpose, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    /// Empties the field and its clipboard copy, when the clipboard still holds it and `clearClipboard`.
    void wipe(bool clearClipboard = false);
    void setRevealed(bool revealed);
    [[nodiscard]] bool revealed() const;
    /// False: no show button, for what need not be masked but copied.
    void setRevealable(bool revealable);
    /// Object name and accessible name of the line, and those of its buttons derived from them.
    void setNames(const QString& objectName, const QString& accessibleName);
    [[nodiscard]] QLineEdit* line() const { return m_line; }

Q_SIGNALS:
    void textChanged(const QString& text);
    void copied();

private:
    void copy();

    QLineEdit* m_line;
    QToolButton* m_reveal;
    QToolButton* m_copy;
};

} // namespace iam::widgets
