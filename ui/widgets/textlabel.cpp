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
    own.setColor(QPalette::Active, QPalette::WindowText, wanted);
    own.setColor(QPalette::Inactive, QPalette::WindowText, wanted);
    setPalette(own);
}

} // namespace iam::widgets
