// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace iam::widgets {

enum class ColorScheme { Light, Dark, HighContrast };

/// How something stands. Always shown as shape + word + colour.
enum class Tone { Neutral, Info, Success, Warning, Error };

/// The 8-px grid, in device-independent pixels.
namespace spacing {
inline constexpr int half = 4;
inline constexpr int unit = 8;
inline constexpr int wide = 16;
inline constexpr int page = 24;
} // namespace spacing

/// Three sizes in all: 13 px for text, 11 px for remarks, 18 px for a page's title.
enum class TextSize { Small, Base, Title };

/// Fusion with our palette, the base font and breeze (or breeze-dark) as icon theme. May be called again at any time;
/// open windows follow.
void applyTheme(QApplication& application, ColorScheme scheme);
[[nodiscard]] QPalette paletteFor(ColorScheme scheme);
/// Which of our palettes this is; for a foreign one light or dark by its window colour.
[[nodiscard]] ColorScheme schemeOf(const QPalette& palette);

[[nodiscard]] QFont textFont(TextSize size, bool bold = false);
/// For ids, keys and JSON, in the base size.
[[nodiscard]] QFont monospaceFont();

/// Text and shape colour of a tone on the window colour: contrast at least 4.5:1.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette& palette);
/// A quiet area behind a message of that tone; the palette's text is readable on it.
[[nodiscard]] QColor toneBackground(Tone tone, const QPalette& palette);
/// Text that matters less (remarks, times): contrast at least 4.5:1.
[[nodiscard]] QColor mutedColor(const QPalette& palette);
/// Lines between areas.
[[nodiscard]] QColor lineColor(const QPalette& palette);

/// The icon of that name from the icon theme, else ":/icons/<name>.svg".
[[nodiscard]] QIcon icon(const QString& name);

} // namespace iam::widgets
