// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/primarybutton.h"
#include <QStyleOptionButton>

namespace iam::widgets {

void PrimaryButton::initStyleOption(QStyleOptionButton* option) const
{
    QPushButton::initStyleOption(option);
    if (!isEnabled()) return;
    option->palette.setColor(QPalette::Button, palette().color(QPalette::Highlight));
    option->palette.setColor(QPalette::ButtonText, palette().color(QPalette::HighlightedText));
    option->features &= ~QStyleOptionButton::ButtonFeatures(QStyleOptionButton::DefaultButton);
}

} // namespace iam::widgets
