// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebar.h"
#include "widgets/textlabel.h"
#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace iam::widgets {

using namespace std::chrono_literals;

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_mark(new StatusMark(Tone::Neutral, this))
    , m_text(new TextLabel(TextSize::Base, false, this))
    , m_advice(new TextLabel(TextSize::Base, true, this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
    , m_leave(new QTimer(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_text->setObjectName(QStringLiteral("messageBar.text"));
    m_advice->setObjectName(QStringLiteral("messageBar.advice"));
    for (QLabel* label : {m_text, m_advice}) label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setObjectName(QStringLiteral("messageBar.action"));
    m_close->setObjectName(QStringLiteral("messageBar.close"));
    m_close->setAutoRaise(true);
    m_close->setText(QStringLiteral("✕"));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setFocusPolicy(Qt::TabFocus);

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_advice);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, spacing::unit, spacing::unit, spacing::unit);
    row->setSpacing(spacing::unit);
    row->addWidget(m_mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_action, 0, Qt::AlignTop);
    row->addWidget(m_close, 0, Qt::AlignTop);
    hide();

    connect(m_action, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT actionTriggered();
    });
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
    m_leave->setSingleShot(true);
    connect(m_leave, &QTimer::timeout, this, &MessageBar::leaveUnlessUsed);
}

void MessageBar::showMessage(Tone tone, const QString& text, const QString& advice)
{
    showMessage(tone, text, advice, {});
}

void MessageBar::showMessage(Tone tone, const QString& text, const QString& advice, const QString& actionText)
{
    m_mark->setTone(tone);
    m_text->setText(text);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_action->setText(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setAccessibleName(actionText);
    m_action->setVisible(!actionText.isEmpty());
    setAccessibleName(toneWord(tone) + QStringLiteral(": ") + text);
    setAccessibleDescription(advice);
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    if (tone == Tone::Success)
        m_leave->start(6s);
    else
        m_leave->stop();
}

void MessageBar::leaveUnlessUsed()
{
    if (underMouse() || isAncestorOf(focusWidget()))
        m_leave->start(2s);
    else
        clear();
}

void MessageBar::clear()
{
    m_leave->stop();
    m_text->clear();
    m_advice->clear();
    hide();
}

bool MessageBar::hasMessage() const
{
    return !m_text->text().isEmpty();
}
Tone MessageBar::tone() const
{
    return m_mark->tone();
}
QString MessageBar::text() const
{
    return m_text->text();
}
QString MessageBar::advice() const
{
    return m_advice->text();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(toneColor(tone(), palette()), 1));
    painter.setBrush(toneBackground(tone(), palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        m_close->click();
    else
        QFrame::keyPressEvent(event);
}

} // namespace iam::widgets
