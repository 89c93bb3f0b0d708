// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userdetail.h"
#include "pages/user/loginlist.h"
#include "pages/user/userfacts.h"
#include "widgets/theme.h"
#include <QGridLayout>
#include <QPushButton>

namespace iam::pages {

UserDetail::UserDetail(client::ApiClient& api, const contract::User& user, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("user.detail"));
    const auto button = [this](const QString& name, const QString& icon, const QString& text) {
        auto* made = new QPushButton(widgets::icon(icon), text, this);
        made->setObjectName(QStringLiteral("user.detail.") + name);
        made->setAccessibleName(QString(text).remove(u'&'));
        return made;
    };
    auto* edit = button(QStringLiteral("edit"), QStringLiteral("document-edit"), tr("Edit…"));
    auto* password = button(QStringLiteral("password"), QStringLiteral("lock"), tr("Change password…"));
    auto* secrets = button(QStringLiteral("secrets"), QStringLiteral("password-copy"), tr("Show secrets"));
    auto* policies = button(QStringLiteral("policies"), QStringLiteral("document-properties"), tr("Show policies"));
    const bool enabled = user.enabled();
    auto* enable = enabled ? button(QStringLiteral("disable"), QStringLiteral("dialog-cancel"), tr("Disable…"))
                           : button(QStringLiteral("enable"), QStringLiteral("dialog-ok-apply"), tr("Enable"));
    auto* unlock = button(QStringLiteral("unlock"), QStringLiteral("object-unlocked"), tr("End log-in wait"));
    unlock->setToolTip(tr("After wrong passwords an account has to wait before the next try. This ends the wait."));
    for (QPushButton* other : {edit, password}) {
        other->setEnabled(enabled);
        if (!enabled) other->setToolTip(tr("Enable the user first."));
    }
    auto* grid = new QGridLayout;
    grid->addWidget(edit, 0, 0);
    grid->addWidget(password, 0, 1);
    grid->addWidget(secrets, 1, 0);
    grid->addWidget(policies, 1, 1);
    grid->addWidget(enable, 2, 0);
    grid->addWidget(unlock, 2, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::spacing::wide, widgets::spacing::half, widgets::spacing::wide, 12);
    column->setSpacing(widgets::spacing::wide);
    column->addWidget(new UserFacts(user));
    column->addLayout(grid);
    if (enabled) {
        const std::string& name = user.metadata.name;
        auto* logins = new LoginList(api, name, QString::fromStdString(name), this);
        connect(logins, &LoginList::failed, this, &UserDetail::failed);
        column->addWidget(logins, 1);
    } else {
        column->addStretch(1);
    }
    setFocusProxy(enabled ? edit : enable);
    connect(enable, &QPushButton::clicked, this,
            enabled ? &UserDetail::disableRequested : &UserDetail::enableRequested);
    connect(unlock, &QPushButton::clicked, this, &UserDetail::unlockRequested);
    connect(edit, &QPushButton::clicked, this, &UserDetail::editRequested);
    connect(password, &QPushButton::clicked, this, &UserDetail::passwordRequested);
    connect(secrets, &QPushButton::clicked, this, &UserDetail::secretsRequested);
    connect(policies, &QPushButton::clicked, this, &UserDetail::policiesRequested);
}

} // namespace iam::pages
