// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QWidget>

namespace iam::support {

/// The visible widget of that type and object name, in any window; nullptr when there is none (wait with QTRY_VERIFY).
template <class T>
T* visible(const char* name)
{
    const QString wanted = QString::fromLatin1(name);
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (!window->isVisible()) continue;
        if (window->objectName() == wanted)
            if (auto* found = qobject_cast<T*>(window)) return found;
        for (T* found : window->findChildren<T*>(wanted))
            if (found->isVisible()) return found;
    }
    return nullptr;
}

/// Presses with the mouse; the widget must be visible and enabled.
inline bool click(const char* name)
{
    auto* widget = visible<QWidget>(name);
    if (widget == nullptr || !widget->isEnabled()) return false;
    QTest::mouseClick(widget, Qt::LeftButton);
    return true;
}

/// Replaces the text of a line by keys.
inline bool type(const char* name, const QString& text)
{
    auto* line = visible<QLineEdit>(name);
    if (line == nullptr || !line->isEnabled()) return false;
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_Backspace);
    QTest::keyClicks(line, text);
    return true;
}

} // namespace iam::support
