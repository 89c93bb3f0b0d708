// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/navigationrail.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace iam::shell {

using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

constexpr int railWidth = 184;

QToolButton* makeButton(const QString& word, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(word);
    button->setAccessibleName(word);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setIconSize({20, 20});
    button->setMinimumHeight(36);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

NavigationRail::NavigationRail(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QVBoxLayout)
    , m_group(new QButtonGroup(this))
    , m_notice(new TextLabel(TextSize::Small, true, this))
    , m_serverMark(new widgets::StatusMark(Tone::Success, this))
    , m_server(new TextLabel(TextSize::Small, true, this))
    , m_user(new TextLabel(TextSize::Base, false, this))
    , m_role(new TextLabel(TextSize::Small, true, this))
    , m_adopt(makeButton(tr("Old system…"), this))
    , m_logOut(makeButton(tr("Log out"), this))
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(railWidth);
    m_group->setExclusive(true);
    m_notice->setObjectName(QStringLiteral("rail.notice"));
    m_notice->hide();
    m_server->setObjectName(QStringLiteral("rail.server"));
    m_user->setObjectName(QStringLiteral("rail.user"));
    m_role->setObjectName(QStringLiteral("rail.role"));
    m_logOut->setObjectName(QStringLiteral("rail.logOut"));
    m_logOut->setMinimumHeight(32);
    m_adopt->setObjectName(QStringLiteral("rail.adopt"));
    m_adopt->setAccessibleName(tr("Take over an old system"));
    m_adopt->setToolTip(m_adopt->accessibleName());
    m_adopt->setMinimumHeight(32);
    m_adopt->hide();
    m_entries.append({m_adopt, QStringLiteral("document-import")});
    m_entries.append({m_logOut, QStringLiteral("system-log-out")});

    auto* serverLine = new QHBoxLayout;
    serverLine->setSpacing(spacing::half);
    serverLine->addWidget(m_serverMark, 0, Qt::AlignTop);
    serverLine->addWidget(m_server, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(spacing::unit, 0, spacing::unit, 0);
    foot->setSpacing(spacing::half);
    foot->addWidget(m_notice);
    foot->addLayout(serverLine);
    foot->addSpacing(spacing::half);
    foot->addWidget(m_user);
    foot->addWidget(m_role);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::unit, spacing::wide, spacing::unit + 1, spacing::wide);
    column->setSpacing(spacing::half);
    m_pages->setSpacing(2);
    column->addLayout(m_pages);
    column->addStretch(1);
    column->addLayout(foot);
    column->addWidget(m_adopt);
    column->addWidget(m_logOut);
    connect(m_group, &QButtonGroup::idClicked, this, &NavigationRail::chosen);
    connect(m_logOut, &QToolButton::clicked, this, &NavigationRail::logOutRequested);
    connect(m_adopt, &QToolButton::clicked, this, &NavigationRail::adoptionRequested);
    takeIcons();
}

void NavigationRail::addPage(int index, const QString& name, const QString& word, const QString& iconName)
{
    QToolButton* button = makeButton(word, this);
    button->setObjectName(QStringLiteral("rail.") + name);
    button->setCheckable(true);
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(word).arg(index + 1));
    m_group->addButton(button, index);
    m_pages->addWidget(button);
    m_entries.append({button, iconName});
    takeIcons();
}

void NavigationRail::setCurrent(int index)
{
    m_group->button(index)->setChecked(true);
}

void NavigationRail::setUser(const QString& name, const QString& role)
{
    m_user->setText(name);
    m_role->setText(role);
}

void NavigationRail::setServer(const QString& name, const QString& address, bool reachable)
{
    m_serverMark->setTone(reachable ? Tone::Success : Tone::Error);
    m_server->setText(reachable ? name : tr("%1: not reachable").arg(name));
    m_server->setToolTip(address);
}

void NavigationRail::setNotice(const QString& text, const QString& explanation)
{
    m_notice->setText(text);
    m_notice->setToolTip(explanation);
    m_notice->setAccessibleDescription(explanation);
    m_notice->setVisible(!text.isEmpty());
}

void NavigationRail::offerAdoption()
{
    m_adopt->show();
}

void NavigationRail::takeIcons()
{
    for (const Entry& entry : std::as_const(m_entries)) entry.button->setIcon(widgets::icon(entry.iconName));
}

void NavigationRail::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) takeIcons();
    QWidget::changeEvent(event);
}

void NavigationRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    painter.setPen(widgets::lineColor(palette()));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace iam::shell
