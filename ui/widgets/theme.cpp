// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"
#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QProxyStyle>
#include <QStandardPaths>
#include <QStyleOption>

namespace iam::widgets {
namespace {

struct Colors {
    QRgb window, windowText, base, alternate, text, button, buttonText, accent, accentText, link, muted, line, toolTip;
};

Colors colorsOf(ColorScheme scheme)
{
    switch (scheme) {
    case ColorScheme::Dark:
        return {0xff1e2228, 0xffe6e8eb, 0xff16191d, 0xff1b1f24, 0xffe6e8eb, 0xff2b3038, 0xffe6e8eb,
                0xff2f68c8, 0xffffffff, 0xff8ab4ff, 0xffa2aab4, 0xff3a414b, 0xff2b3038};
    case ColorScheme::HighContrast:
        return {0xff000000, 0xffffffff, 0xff000000, 0xff101010, 0xffffffff, 0xff000000, 0xffffffff,
                0xffffd700, 0xff000000, 0xff7fd4ff, 0xffffffff, 0xffffffff, 0xff000000};
    case ColorScheme::Light:
        break;
    }
    return {0xfff5f6f8, 0xff1d2329, 0xffffffff, 0xfff7f8fa, 0xff1d2329, 0xfff0f2f5, 0xff1d2329,
            0xff1f5fbf, 0xffffffff, 0xff1a56b0, 0xff5b6470, 0xffd3d8df, 0xffffffff};
}

QColor mixed(const QColor& a, const QColor& b, double part)
{
    return QColor::fromRgbF(float(a.redF() * (1 - part) + b.redF() * part),
                            float(a.greenF() * (1 - part) + b.greenF() * part),
                            float(a.blueF() * (1 - part) + b.blueF() * part));
}

/// Fusion with room to breathe: text does not touch the edges of cells, lines and buttons, which are 30 px high.
class HouseStyle : public QProxyStyle {
public:
    HouseStyle()
        : QProxyStyle(QStringLiteral("Fusion"))
    {
    }

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        switch (metric) {
        case PM_FocusFrameHMargin:
            return 6;
        case PM_HeaderMargin:
            return 7;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }

    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override
    {
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        if (type == CT_ToolButton && hasIconAndText(option)) size.rwidth() += spacing::half;
        switch (type) {
        case CT_PushButton:
            size.rwidth() += 2 * spacing::unit;
            [[fallthrough]];
        case CT_LineEdit:
        case CT_ComboBox:
        case CT_SpinBox:
        case CT_ToolButton:
            if (type != CT_ToolButton || size.width() > 40) size.setHeight(std::max(size.height(), 30));
            return size;
        default:
            return size;
        }
    }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* more) const override
    {
        // Fusion takes a darker window colour, which cannot be seen on a dark one.
        if (hint == SH_Table_GridLineColor && option != nullptr)
            return static_cast<int>(lineColor(option->palette).rgb());
        return QProxyStyle::styleHint(hint, option, widget, more);
    }

    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override
    {
        if (element != CE_ToolButtonLabel || !hasIconAndText(option)) {
            QProxyStyle::drawControl(element, option, painter, widget);
            return;
        }
        // The icon would touch the left edge.
        auto label = *static_cast<const QStyleOptionToolButton*>(option);
        label.rect = visualRect(label.direction, option->rect, option->rect.adjusted(spacing::half, 0, 0, 0));
        QProxyStyle::drawControl(element, &label, painter, widget);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool focused = option->state & State_HasFocus;
        switch (element) {
        case PE_FrameLineEdit:
            if (!focused) drawBorder(painter, option);
            break;
        case PE_PanelButtonCommand:
        case PE_IndicatorCheckBox:
        case PE_Frame:
            drawBorder(painter, option);
            break;
        case PE_IndicatorRadioButton:
            drawBorder(painter, option, option->rect.width() / 2.0 - 1);
            break;
        default:
            break;
        }
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override
    {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        const bool box = control == CC_ComboBox || control == CC_SpinBox;
        if (box && !(option->state & State_HasFocus)) drawBorder(painter, option);
    }

    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override
    {
        const QRect rect = QProxyStyle::subElementRect(element, option, widget);
        return element == SE_LineEditContents ? rect.adjusted(spacing::half, 0, -spacing::half, 0) : rect;
    }

private:
    static bool hasIconAndText(const QStyleOption* option)
    {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        return button != nullptr && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon &&
               !button->text.isEmpty() && !button->icon.isNull();
    }

    /// Fusion's own outlines are darker than the window, so that they cannot be seen on a dark one.
    static void drawBorder(QPainter* painter, const QStyleOption* option, double radius = 2.5)
    {
        if (schemeOf(option->palette) == ColorScheme::Light) return;
        const QPalette& palette = option->palette;
        const double part = !(option->state & State_Enabled) ? 0.2 : 0.45;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), part));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter->restore();
    }
};

} // namespace

QPalette paletteFor(ColorScheme scheme)
{
    const Colors c = colorsOf(scheme);
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.windowText);
    palette.setColor(QPalette::Base, c.base);
    palette.setColor(QPalette::AlternateBase, c.alternate);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::Button, c.button);
    palette.setColor(QPalette::ButtonText, c.buttonText);
    palette.setColor(QPalette::BrightText, scheme == ColorScheme::Light ? 0xffb3261e : 0xffff9d94);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentText);
    palette.setColor(QPalette::Link, c.link);
    palette.setColor(QPalette::LinkVisited, c.link);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::ToolTipBase, c.toolTip);
    palette.setColor(QPalette::ToolTipText, c.text);
    const QColor button(c.button);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Light, button.lighter(130));
    palette.setColor(QPalette::Midlight, button.lighter(115));
    palette.setColor(QPalette::Dark, mixed(button, Qt::black, 0.35));
    palette.setColor(QPalette::Shadow, mixed(button, Qt::black, 0.6));
    if (scheme == ColorScheme::HighContrast)
        for (const auto role : {QPalette::Mid, QPalette::Light, QPalette::Midlight, QPalette::Dark, QPalette::Shadow})
            palette.setColor(role, Qt::white);
    const QColor faint = mixed(c.text, c.window, scheme == ColorScheme::HighContrast ? 0.35 : 0.5);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(c.accent, c.window, 0.6));
    return palette;
}

ColorScheme schemeOf(const QPalette& palette)
{
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    if (window == QColor(Qt::black)) return ColorScheme::HighContrast;
    return window.lightness() < 128 ? ColorScheme::Dark : ColorScheme::Light;
}

void applyTheme(QApplication& application, ColorScheme scheme)
{
    if (dynamic_cast<HouseStyle*>(application.style()) == nullptr) application.setStyle(new HouseStyle);
    // Some platforms (offscreen, bare window managers) do not tell Qt where icon themes are.
    QStringList paths = QIcon::themeSearchPaths();
    for (const QString& path : QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("icons"),
                                                         QStandardPaths::LocateDirectory))
        if (!paths.contains(path)) paths << path;
    QIcon::setThemeSearchPaths(paths);
    QIcon::setThemeName(scheme == ColorScheme::Light ? QStringLiteral("breeze") : QStringLiteral("breeze-dark"));
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    application.setFont(textFont(TextSize::Base));
    application.setPalette(paletteFor(scheme));
}

QFont textFont(TextSize size, bool bold)
{
    QFont font(QFontDatabase::systemFont(QFontDatabase::GeneralFont));
    if (QFontDatabase::hasFamily(QStringLiteral("Noto Sans")))
        font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"), font.family()});
    font.setPixelSize(size == TextSize::Small ? 11 : size == TextSize::Base ? 13 : 18);
    font.setBold(bold);
    return font;
}

QFont monospaceFont()
{
    QFont font(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    font.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono CJK SC"), font.family()});
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(13);
    return font;
}

QColor toneColor(Tone tone, const QPalette& palette)
{
    const ColorScheme scheme = schemeOf(palette);
    const bool light = scheme == ColorScheme::Light;
    switch (tone) {
    case Tone::Info:
        return light ? QColor(0xff1a56b0) : QColor(0xff8ab4ff);
    case Tone::Success:
        return light ? QColor(0xff1b6e3c) : QColor(0xff6fd08c);
    case Tone::Warning:
        return light ? QColor(0xff8a5300) : QColor(0xffffc04d);
    case Tone::Error:
        return light ? QColor(0xffb3261e) : QColor(0xffff9d94);
    case Tone::Neutral:
        break;
    }
    return mutedColor(palette);
}

QColor toneBackground(Tone tone, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    if (schemeOf(palette) == ColorScheme::HighContrast) return base;
    return mixed(base, toneColor(tone, palette), schemeOf(palette) == ColorScheme::Light ? 0.09 : 0.16);
}

QColor mutedColor(const QPalette& palette)
{
    return colorsOf(schemeOf(palette)).muted;
}

QColor lineColor(const QPalette& palette)
{
    return colorsOf(schemeOf(palette)).line;
}

QIcon icon(const QString& name)
{
    if (QIcon::hasThemeIcon(name)) return QIcon::fromTheme(name);
    const QString own = QStringLiteral(":/icons/%1.svg").arg(name);
    return QFile::exists(own) ? QIcon(own) : QIcon();
}

} // namespace iam::widgets
