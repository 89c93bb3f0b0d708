// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userself.h"
#include "pages/user/loginlist.h"
#include "pages/user/userfacts.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QPushButton>

namespace iam::pages {

UserSelf::UserSelf(client::ApiClient& api, QWidget* parent)
    : QWidget(parent)
    , m_api(api)
    , m_column(new QVBoxLayout(this))
    , m_facts(new QWidget(this))
    , m_logins(new QWidget(this))
{
    setObjectName(QStringLiteral("users.self"));
    auto* why = new widgets::TextLabel(widgets::TextSize::Base, true, this);
    why->setObjectName(QStringLiteral("users.self.why"));
    why->setText(tr("Only administrators see the list of all users. This is your own entry; you may change it and your "
                    "password."));
    auto* edit = new QPushButton(widgets::icon(QStringLiteral("document-edit")), tr("&Edit…"), this);
    edit->setObjectName(QStringLiteral("users.self.edit"));
    edit->setAccessibleName(QString(edit->text()).remove(u'&'));
    auto* password = new QPushButton(widgets::icon(QStringLiteral("lock")), tr("Change &password…"), this);
    password->setObjectName(QStringLiteral("users.self.password"));
    password->setAccessibleName(QString(password->text()).remove(u'&'));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(edit);
    buttons->addWidget(password);
    buttons->addStretch(1);
    m_column->setContentsMargins(0, widgets::spacing::wide, 0, 0);
    m_column->setSpacing(widgets::spacing::wide);
    m_column->addWidget(why);
    m_column->addWidget(m_facts);
    m_column->addLayout(buttons);
    m_column->addWidget(m_logins, 1);
    connect(edit, &QPushButton::clicked, this, &UserSelf::editRequested);
    connect(password, &QPushButton::clicked, this, &UserSelf::passwordRequested);
}

void UserSelf::showUser(const contract::User& user)
{
    auto* facts = new UserFacts(user, this);
    delete m_column->replaceWidget(m_facts, facts); // the layout gives its item away
    delete m_facts;
    m_facts = facts;
    auto* logins = new LoginList(m_api, std::nullopt, QString::fromStdString(user.metadata.name), this);
    connect(logins, &LoginList::failed, this, &UserSelf::failed);
    delete m_column->replaceWidget(m_logins, logins);
    delete m_logins;
    m_logins = logins;
}

} // namespace iam::pages
