// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "widgets/theme.h"
#include <QObject>
#include <optional>

class QApplication;

namespace iam::shell {

/// Gives the application our palettes: a fixed one, or the one that fits the desktop's, also when that changes later.
class ThemeFollower : public QObject {
    Q_OBJECT
public:
    /// Applies at once. Nothing: as the desktop has it.
    ThemeFollower(QApplication& application, std::optional<widgets::ColorScheme> fixed, QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QApplication& m_application;
    std::optional<widgets::ColorScheme> m_fixed;
    bool m_applying = false;
};

/// Reads "system", "light", "dark" or "high-contrast". Code::Validation for anything else.
[[nodiscard]] Result<std::optional<widgets::ColorScheme>> themeFromText(const QString& text);

} // namespace iam::shell
