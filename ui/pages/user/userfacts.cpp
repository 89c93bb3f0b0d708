// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userfacts.h"
#include "base/clock.h"
#include "widgets/agetext.h"

namespace iam::pages {

UserFacts::UserFacts(const contract::User& user, QWidget* parent)
    : Facts(parent)
{
    const auto text = [](const std::string& utf8) { return QString::fromStdString(utf8); };
    const TimePoint now = SystemClock().now();
    const auto time = [&](TimePoint at) { return widgets::timeAndAgeText(at, now); };
    add(tr("Name"), text(user.metadata.name), Style::Monospace);
    add(tr("Nickname"), text(user.nickname));
    add(tr("E-mail"), text(user.email));
    add(tr("Phone"), text(user.phone));
    add(tr("Role"), user.administrator() ? tr("administrator") : tr("user"));
    add(tr("State"), user.enabled() ? tr("enabled") : tr("disabled: cannot log in, and its secrets are refused"));
    add(tr("Last log-in"), user.loginedAt ? time(*user.loginedAt) : tr("never"));
    add(tr("Created"), time(user.metadata.createdAt));
    add(tr("Changed"), time(user.metadata.updatedAt));
    add(tr("ID"), text(user.metadata.instanceId), Style::Monospace);
}

} // namespace iam::pages
