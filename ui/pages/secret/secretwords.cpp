// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretwords.h"
#include "widgets/agetext.h"
#include <QCoreApplication>

namespace iam::pages {

QString useText(const contract::SecretUse& use, TimePoint now)
{
    if (!use.at) return QCoreApplication::translate("SecretWords", "never");
    const QString age = widgets::ageText(*use.at, now);
    const QString address = QString::fromStdString(use.address);
    if (use.action.empty()) return QCoreApplication::translate("SecretWords", "%1 from %2").arg(age, address);
    return QCoreApplication::translate("SecretWords", "%1 from %2, action %3")
        .arg(age, address, QString::fromStdString(use.action));
}

QString momentText(std::int64_t seconds, TimePoint now)
{
    return widgets::timeAndAgeText(TimePoint(std::chrono::seconds(seconds)), now);
}

} // namespace iam::pages
