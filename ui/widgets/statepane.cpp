// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statepane.h"
#include "widgets/primarybutton.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

namespace iam::widgets {

StatePane::StatePane(QWidget* parent)
    : QWidget(parent)
    , m_mark(new StatusMark(Tone::Neutral, this))
    , m_title(new TextLabel(TextSize::Base, false, this))
    , m_advice(new TextLabel(TextSize::Base, true, this))
    , m_action(new PrimaryButton(this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(QStringLiteral("state"));
    m_title->setObjectName(QStringLiteral("state.title"));
    m_title->setFont(textFont(TextSize::Base, true));
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setObjectName(QStringLiteral("state.advice"));
    m_advice->setAlignment(Qt::AlignHCenter);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setFixedWidth(440);
    m_title->setFixedWidth(440);
    m_action->setObjectName(QStringLiteral("state.action"));
    m_progress->setObjectName(QStringLiteral("state.progress"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(200, 6);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(spacing::unit);
    column->addStretch(2);
    column->addWidget(m_mark, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_advice, 0, Qt::AlignHCenter);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
}

void StatePane::set(Tone tone, const QString& title, const QString& advice, const QString& actionText, bool busy)
{
    m_mark->setTone(tone);
    m_mark->setVisible(tone == Tone::Error);
    m_title->setText(title);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    m_progress->setVisible(busy);
    // A layout gives a centred label the height of one line only.
    for (QLabel* label : {m_title, m_advice}) label->setFixedHeight(std::max(0, label->heightForWidth(label->width())));
    setAccessibleName(title);
    setAccessibleDescription(advice);
}

void StatePane::showLoading(const QString& what)
{
    set(Tone::Neutral, what, {}, {}, true);
}
void StatePane::showEmpty(const QString& title, const QString& advice, const QString& actionText)
{
    set(Tone::Neutral, title, advice, actionText, false);
}
void StatePane::showFailed(const QString& title, const QString& advice, const QString& actionText)
{
    set(Tone::Error, title, advice, actionText, false);
}
QString StatePane::title() const
{
    return m_title->text();
}
QString StatePane::advice() const
{
    return m_advice->text();
}

} // namespace iam::widgets
