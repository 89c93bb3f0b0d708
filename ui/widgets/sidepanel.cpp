// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sidepanel.h"
#include "widgets/textlabel.h"
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace iam::widgets {

SidePanel::SidePanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new TextLabel(TextSize::Base, false, this))
    , m_close(new QToolButton(this))
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("panel"));
    setMinimumWidth(360);
    m_title->setObjectName(QStringLiteral("panel.title"));
    m_title->setFont(textFont(TextSize::Base, true));
    m_close->setObjectName(QStringLiteral("panel.close"));
    m_close->setAutoRaise(true);
    m_close->setText(QStringLiteral("✕"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close the panel"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(spacing::wide, 12, spacing::unit, spacing::unit);
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    m_layout->setContentsMargins(1, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addLayout(head);
    hide();
    connect(m_close, &QToolButton::clicked, this, &SidePanel::closeRequested);
}

void SidePanel::open(const QString& title, QWidget* body)
{
    const bool wasOpen = isOpen();
    if (!wasOpen) m_focusBefore = QApplication::focusWidget();
    if (m_body) {
        m_body->hide();
        m_layout->removeWidget(m_body);
        m_body->deleteLater(); // it may be the one that asks for this
    }
    m_body = body;
    setTitle(title);
    m_layout->addWidget(body, 1);
    body->show();
    show();
    if (!wasOpen) Q_EMIT opened();
    QWidget* first = body->focusProxy();
    for (QWidget* next = body->nextInFocusChain(); first == nullptr && next != body && body->isAncestorOf(next);
         next = next->nextInFocusChain())
        if ((next->focusPolicy() & Qt::TabFocus) && next->isEnabled() && !next->isHidden()) first = next;
    if (first != nullptr) first->setFocus(Qt::OtherFocusReason);
}

void SidePanel::close()
{
    if (!m_body) return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    m_body->hide();
    m_body->deleteLater(); // it may be the one that asks for this
    m_body = nullptr;
    hide();
    if (hadFocus && m_focusBefore && m_focusBefore->isVisible()) m_focusBefore->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void SidePanel::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

bool SidePanel::isOpen() const
{
    return m_body != nullptr;
}

void SidePanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QFrame::keyPressEvent(event);
}

void SidePanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.fillRect(QRect(0, 0, 1, height()), lineColor(palette()));
}

} // namespace iam::widgets
