// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textlabel.h"
#include <QEvent>

namespace iam::widgets {

TextLabel::TextLabel(TextSize size, bool muted, QWidget* parent)
    : QLabel(parent)
    , m_muted(muted)
{
    setTextFormat(Qt::PlainText);
    setFont(textFont(size, size == TextSize::Title));
    setWordWrap(true);
    takeColor();
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) takeColor();
}

void TextLabel::takeColor()
{
    QPalette own = palette();
    const QColor wanted = mutedColor(own);
    if (!m_muted || own.color(QPalette::Active, QPalette::WindowText) == wanted) return;
    for (const auto role : {QPalette::WindowText, QPalette::Text}) { // Text: on areas in the base colour
        own.setColor(QPalette::Active, role, wanted);
        own.setColor(QPalette::Inactive, role, wanted);
    }
    setPalette(own);
}

} // namespace iam::widgets
