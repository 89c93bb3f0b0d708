// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/primarybutton.h"
#include <QStyleOptionButton>
#include <QStylePainter>

namespace iam::widgets {

void PrimaryButton::paintEvent(QPaintEvent* event)
{
    if (!isEnabled()) {
        QPushButton::paintEvent(event);
        return;
    }
    QStyleOptionButton option;
    initStyleOption(&option);
    QStylePainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    // Flat and never lighter than the accent, so that the text stays readable.
    painter.setBrush(isDown() ? accent.darker(125) : underMouse() ? accent.darker(112) : accent);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::HighlightedText), 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 2, 2);
    }
    if (!option.icon.isNull()) { // icon themes draw for a plain button
        QPixmap pixmap = option.icon.pixmap(option.iconSize, devicePixelRatioF());
        QPainter tint(&pixmap);
        tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
        tint.fillRect(pixmap.rect(), palette().color(QPalette::HighlightedText));
        tint.end();
        option.icon = QIcon(pixmap);
    }
    option.palette.setColor(QPalette::ButtonText, palette().color(QPalette::HighlightedText));
    painter.drawControl(QStyle::CE_PushButtonLabel, option);
}

} // namespace iam::widgets
