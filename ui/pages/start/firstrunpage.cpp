// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start/firstrunpage.h"
#include "client/errortext.h"
#include "contract/validation.h"
#include "widgets/formfield.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include "widgets/secretfield.h"
#include "widgets/strengthmeter.h"
#include <QLineEdit>
#include <QVBoxLayout>

namespace iam::pages {

using widgets::FormField;
using widgets::SecretField;

FirstRunPage::FirstRunPage(QWidget* parent)
    : Card(parent)
    , m_messages(new widgets::MessageBar(this))
    , m_password(new SecretField(SecretField::Purpose::Input))
    , m_repeat(new SecretField(SecretField::Purpose::Input))
    , m_meter(new widgets::StrengthMeter(this))
    , m_start(new widgets::PrimaryButton(tr("&Start the server"), this))
    , m_other(new QPushButton(tr("&Use a server elsewhere…"), this))
{
    setObjectName(QStringLiteral("firstRun"));
    setTitle(tr("Choose the administrator's password"),
             tr("The console brings its own server. Its administrator is called “admin”; the password protects "
                "everything that is kept in it, so keep it well: it cannot be shown again."));
    m_password->setNames(QStringLiteral("firstRun.password"), tr("Password"));
    m_repeat->setNames(QStringLiteral("firstRun.repeat"), tr("Repeat the password"));
    m_passwordField = new FormField(tr("&Password"), m_password, this);
    m_passwordField->setHint(tr("8 to 16 characters with lower and upper case, a digit and a symbol"));
    m_repeatField = new FormField(tr("&Repeat the password"), m_repeat, this);
    m_start->setObjectName(QStringLiteral("firstRun.start"));
    m_start->setAccessibleName(tr("Start the server"));
    m_start->setMinimumHeight(32);
    m_other->setObjectName(QStringLiteral("firstRun.other"));
    m_other->setAccessibleName(tr("Use a server elsewhere"));
    m_other->setFlat(true);
    m_meter->setObjectName(QStringLiteral("firstRun.strength"));
    column()->addWidget(m_messages);
    column()->addWidget(m_passwordField);
    column()->addWidget(m_meter);
    column()->addWidget(m_repeatField);
    column()->addSpacing(widgets::spacing::unit);
    column()->addWidget(m_start);
    column()->addWidget(m_other);
    connect(m_password, &SecretField::textChanged, this, &FirstRunPage::check);
    connect(m_repeat, &SecretField::textChanged, this, &FirstRunPage::check);
    connect(m_password->line(), &QLineEdit::returnPressed, m_repeat->line(), qOverload<>(&QWidget::setFocus));
    connect(m_repeat->line(), &QLineEdit::returnPressed, this, &FirstRunPage::choose);
    connect(m_start, &QPushButton::clicked, this, &FirstRunPage::choose);
    connect(m_other, &QPushButton::clicked, this, &FirstRunPage::otherServerWanted);
    setFocusProxy(m_password->line());
    check();
}

void FirstRunPage::check()
{
    const QString password = m_password->text();
    const contract::Complaint complaint = contract::checkPassword(password.toStdString());
    const bool repeated = password == m_repeat->text();
    m_meter->setPassword(password, {QStringLiteral("admin"), QStringLiteral("iam")});
    m_passwordField->setFault(complaint && !password.isEmpty() ? client::serverText(*complaint) : QString());
    // Said only once the repetition can no longer become right.
    const bool differs = !repeated && !password.startsWith(m_repeat->text());
    m_repeatField->setFault(differs ? tr("differs from the password above") : QString());
    m_start->setEnabled(!complaint && repeated);
}

void FirstRunPage::choose()
{
    if (!m_start->isEnabled()) return;
    m_messages->clear();
    Q_EMIT passwordChosen(SecretString(m_password->text().toStdString()));
}

void FirstRunPage::setBusy(bool busy)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_password, m_repeat, m_other}) widget->setEnabled(!busy);
    m_start->setText(busy ? tr("Starting the server…") : tr("&Start the server"));
    if (busy)
        m_start->setEnabled(false);
    else
        check();
}

void FirstRunPage::showProblem(const QString& what, const QString& advice)
{
    m_messages->showMessage(widgets::Tone::Error, what, advice);
}

void FirstRunPage::wipe()
{
    m_password->wipe();
    m_repeat->wipe();
}

} // namespace iam::pages
