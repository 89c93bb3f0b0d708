// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/facts.h"
#include "widgets/textlabel.h"
#include <QGridLayout>

namespace iam::widgets {

Facts::Facts(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing::wide);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, 96);
    m_grid->setColumnStretch(1, 1);
}

void Facts::add(const QString& name, const QString& value, Style style, const QString& toolTip)
{
    const int row = m_grid->rowCount();
    auto* key = new TextLabel(TextSize::Base, true, this);
    key->setText(name);
    key->setWordWrap(false);
    auto* text = new TextLabel(TextSize::Base, false, this);
    if (style == Style::Monospace) text->setFont(monospaceFont());
    text->setToolTip(toolTip.toHtmlEscaped());
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    show(text, name, value);
    m_values.insert(name, text);
    m_grid->addWidget(key, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_grid->addWidget(text, row, 1, Qt::AlignTop);
}

void Facts::set(const QString& name, const QString& value)
{
    if (QLabel* text = m_values.value(name))
        show(text, name, value);
    else
        add(name, value);
}

void Facts::show(QLabel* label, const QString& name, const QString& value)
{
    const QString text = value.isEmpty() ? QStringLiteral("–") : value;
    if (label->text() == text) return;
    label->setText(text);
    label->setAccessibleName(name + QStringLiteral(": ") + text);
}

} // namespace iam::widgets
