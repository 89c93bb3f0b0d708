// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start/card.h"
#include "widgets/textlabel.h"
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace iam::pages {

using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

Card::Card(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel(TextSize::Title, false, this))
    , m_purpose(new TextLabel(TextSize::Base, true, this))
    , m_column(new QVBoxLayout)
{
    m_title->setObjectName(QStringLiteral("card.title"));
    m_purpose->setObjectName(QStringLiteral("card.purpose"));
    auto* inner = new QWidget(this);
    inner->setMinimumWidth(320);
    inner->setMaximumWidth(440);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_title);
    column->addWidget(m_purpose);
    column->addSpacing(spacing::unit);
    m_column->setSpacing(spacing::unit);
    column->addLayout(m_column);
    auto* outer = new QGridLayout(this);
    outer->setContentsMargins(spacing::page, spacing::page, spacing::page, spacing::page);
    outer->addWidget(inner, 1, 1);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 100);
    outer->setColumnStretch(2, 1);
    outer->setRowStretch(0, 2);
    outer->setRowStretch(2, 3);
}

void Card::setTitle(const QString& title, const QString& purpose)
{
    m_title->setText(title);
    m_purpose->setText(purpose);
    m_purpose->setVisible(!purpose.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(purpose);
}

void Card::offerAdoption()
{
    auto* adopt = new QPushButton(tr("Take o&ver an old system…"), this);
    adopt->setObjectName(objectName() + QStringLiteral(".adopt"));
    adopt->setAccessibleName(tr("Take over an old system"));
    adopt->setFlat(true);
    m_column->addWidget(adopt);
    connect(adopt, &QPushButton::clicked, this, &Card::adoptionWanted);
}

} // namespace iam::pages
