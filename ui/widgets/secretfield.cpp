// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretfield.h"
#include "widgets/theme.h"
#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>

namespace iam::widgets {

using namespace std::chrono_literals;

SecretField::SecretField(Purpose purpose, QWidget* parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_reveal(new QToolButton(this))
    , m_copy(new QToolButton(this))
{
    m_line->setEchoMode(QLineEdit::Password);
    m_line->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                Qt::ImhNoAutoUppercase);
    m_line->setReadOnly(purpose == Purpose::Display);
    if (purpose == Purpose::Display) m_line->setFont(monospaceFont());
    m_reveal->setCheckable(true);
    for (QToolButton* button : {m_reveal, m_copy}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_copy->setText(tr("Copy"));
    m_copy->setIcon(icon(QStringLiteral("edit-copy")));
    m_copy->setVisible(purpose == Purpose::Display);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::half);
    row->addWidget(m_line, 1);
    row->addWidget(m_reveal);
    row->addWidget(m_copy);
    setFocusProxy(m_line);
    setRevealed(false);
    connect(m_line, &QLineEdit::textChanged, this, &SecretField::textChanged);
    connect(m_reveal, &QToolButton::toggled, this, &SecretField::setRevealed);
    connect(m_copy, &QToolButton::clicked, this, &SecretField::copy);
}

void SecretField::setText(const QString& text)
{
    m_line->setText(text);
    m_line->setCursorPosition(0);
}

QString SecretField::text() const
{
    return m_line->text();
}

void SecretField::wipe(bool clearClipboard)
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (clearClipboard && !text().isEmpty() && clipboard->text() == text()) clipboard->clear();
    m_line->clear();
    setRevealed(false);
}

void SecretField::setRevealed(bool revealed)
{
    m_line->setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    const QSignalBlocker block(m_reveal);
    m_reveal->setChecked(revealed);
    m_reveal->setText(revealed ? tr("Hide") : tr("Show"));
    m_reveal->setIcon(icon(revealed ? QStringLiteral("password-show-off") : QStringLiteral("password-show-on")));
    m_reveal->setAccessibleName(revealed ? tr("Hide %1").arg(m_line->accessibleName())
                                         : tr("Show %1").arg(m_line->accessibleName()));
}

bool SecretField::revealed() const
{
    return m_line->echoMode() == QLineEdit::Normal;
}

void SecretField::setRevealable(bool revealable)
{
    m_reveal->setVisible(revealable);
}

void SecretField::setNames(const QString& objectName, const QString& accessibleName)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    m_line->setObjectName(objectName + QStringLiteral(".line"));
    m_line->setAccessibleName(accessibleName);
    m_reveal->setObjectName(objectName + QStringLiteral(".reveal"));
    m_copy->setObjectName(objectName + QStringLiteral(".copy"));
    m_copy->setAccessibleName(tr("Copy %1").arg(accessibleName));
    setRevealed(revealed());
}

void SecretField::copy()
{
    QGuiApplication::clipboard()->setText(text());
    m_copy->setText(tr("Copied"));
    m_copy->setAccessibleName(tr("%1 was copied").arg(accessibleName()));
    QAccessibleEvent told(m_copy, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
    QTimer::singleShot(2s, m_copy, [this] {
        m_copy->setText(tr("Copy"));
        m_copy->setAccessibleName(tr("Copy %1").arg(accessibleName()));
    });
    Q_EMIT copied();
}

} // namespace iam::widgets
