// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/themefollower.h"
#include <QApplication>
#include <QEvent>

namespace iam::shell {

using widgets::ColorScheme;

ThemeFollower::ThemeFollower(QApplication& application, std::optional<ColorScheme> fixed, QObject* parent)
    : QObject(parent)
    , m_application(application)
    , m_fixed(fixed)
{
    if (m_fixed) {
        widgets::applyTheme(m_application, *m_fixed);
        return;
    }
    follow();
    m_application.installEventFilter(this);
}

/// Qt tells the desktop's choice of light or dark by its palette only (until 6.5): ours is taken off for a look at it.
void ThemeFollower::follow()
{
    m_applying = true;
    QGuiApplication::setPalette(QPalette());
    const QPalette desktop = QGuiApplication::palette();
    const bool dark = desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
    widgets::applyTheme(m_application, dark ? ColorScheme::Dark : ColorScheme::Light);
    m_applying = false;
}

bool ThemeFollower::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ThemeChange && !m_applying)
        QMetaObject::invokeMethod(this, &ThemeFollower::follow, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

Result<std::optional<ColorScheme>> themeFromText(const QString& text)
{
    if (text == u"system") return std::optional<ColorScheme>();
    if (text == u"light") return std::optional(ColorScheme::Light);
    if (text == u"dark") return std::optional(ColorScheme::Dark);
    if (text == u"high-contrast") return std::optional(ColorScheme::HighContrast);
    return fail(Code::Validation, "theme must be system, light, dark or high-contrast, not " + text.toStdString());
}

} // namespace iam::shell
