// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/conflictbox.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>

namespace iam::pages {

ConflictBox::ConflictBox(const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_theirs(new QPlainTextEdit(this))
{
    setObjectName(name + QStringLiteral(".conflict"));
    auto* words = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    words->setText(tr("Somebody else changed this meanwhile. Yours is above and not saved; the server now holds:"));
    m_theirs->setObjectName(name + QStringLiteral(".theirs"));
    m_theirs->setAccessibleName(tr("What the server holds now"));
    m_theirs->setReadOnly(true);
    m_theirs->setTabChangesFocus(true);
    m_theirs->setFont(widgets::monospaceFont());
    m_theirs->setFixedHeight(150);
    auto* reload = new QPushButton(tr("Take theirs, d&rop mine"), this);
    reload->setObjectName(name + QStringLiteral(".reload"));
    auto* overwrite = new QPushButton(tr("&Overwrite with mine"), this);
    overwrite->setObjectName(name + QStringLiteral(".overwrite"));
    for (QPushButton* button : {reload, overwrite}) button->setAccessibleName(button->text().remove(u'&'));
    auto* head = new QHBoxLayout;
    head->addWidget(new widgets::StatusMark(widgets::Tone::Warning, this), 0, Qt::AlignTop);
    head->addWidget(words, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(reload);
    buttons->addWidget(overwrite);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, widgets::spacing::unit, 12, widgets::spacing::unit);
    column->setSpacing(widgets::spacing::unit);
    column->addLayout(head);
    column->addWidget(m_theirs);
    column->addLayout(buttons);
    hide();
    connect(reload, &QPushButton::clicked, this, &ConflictBox::reloadRequested);
    connect(overwrite, &QPushButton::clicked, this, &ConflictBox::overwriteRequested);
}

void ConflictBox::showTheirs(const QString& theirs)
{
    m_theirs->setPlainText(theirs);
    show();
}

void ConflictBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(widgets::toneColor(widgets::Tone::Warning, palette()));
    painter.setBrush(widgets::toneBackground(widgets::Tone::Warning, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace iam::pages
