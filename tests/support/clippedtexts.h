// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

namespace iam::support {

/// Every visible text of the window that does not fit its widget, with the widget's name; empty: all of it can be read.
/// Cells of tables are left out: they are elided on purpose and have tool tips.
inline QStringList clippedTexts(const QWidget* window)
{
    QStringList out;
    const auto report = [&out](const QWidget* widget, const QString& text, int has, int needs) {
        out.append(QStringLiteral("%1 “%2” has %3 px of %4").arg(widget->objectName(), text).arg(has).arg(needs));
    };
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        if (!widget->isVisible()) continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            if (label->text().isEmpty() || label->textFormat() == Qt::RichText) continue;
            const QRect area = label->contentsRect();
            const QRect needed = label->fontMetrics().boundingRect(
                QRect(0, 0, area.width(), 1 << 16), label->wordWrap() ? int(Qt::TextWordWrap) : 0, label->text());
            if (needed.width() > area.width() + 1) report(label, label->text(), area.width(), needed.width());
            if (needed.height() > area.height() + 2) report(label, label->text(), area.height(), needed.height());
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            if (button->text().isEmpty()) continue;
            const int needed = button->sizeHint().width();
            if (button->width() + 1 < needed) report(button, button->text(), button->width(), needed);
        } else if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
            const int needed = line->fontMetrics().horizontalAdvance(line->placeholderText());
            const int room = line->width() - 10;
            if (qobject_cast<const QAbstractSpinBox*>(line->parentWidget())) {
                const int text = line->fontMetrics().horizontalAdvance(line->text());
                if (text > line->width()) report(line->parentWidget(), line->text(), line->width(), text);
            }
            if (line->text().isEmpty() && needed > room) report(line, line->placeholderText(), room, needed);
            const bool inside = qobject_cast<const QAbstractSpinBox*>(line->parentWidget()) ||
                                qobject_cast<const QComboBox*>(line->parentWidget());
            if (!inside && line->height() + 1 < line->sizeHint().height())
                report(line, QStringLiteral("(height)"), line->height(), line->sizeHint().height());
        } else if (const auto* combo = qobject_cast<const QComboBox*>(widget)) {
            const int needed = combo->fontMetrics().horizontalAdvance(combo->currentText());
            const int room = combo->width() - 24; // frame and arrow
            if (needed > room) report(combo, combo->currentText(), room, needed);
        }
    }
    return out;
}

} // namespace iam::support
