// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/agetext.h"
#include <QCoreApplication>
#include <QDateTime>

namespace iam::widgets {
namespace {

QDateTime toLocal(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

} // namespace

QString ageText(TimePoint time, TimePoint now)
{
    using namespace std::chrono;
    const auto age = duration_cast<seconds>(now - time);
    const bool future = age < seconds(-59);
    const auto size = future ? -age : age;
    const auto minutesOf = int(duration_cast<minutes>(size).count());
    const auto hoursOf = int(duration_cast<hours>(size).count());
    const auto daysOf = int(duration_cast<days>(size).count());
    if (size < minutes(1)) return QCoreApplication::translate("AgeText", "just now");
    if (size < hours(1))
        return future ? QCoreApplication::translate("AgeText", "in %n min", nullptr, minutesOf)
                      : QCoreApplication::translate("AgeText", "%n min ago", nullptr, minutesOf);
    if (size < days(1))
        return future ? QCoreApplication::translate("AgeText", "in %n h", nullptr, hoursOf)
                      : QCoreApplication::translate("AgeText", "%n h ago", nullptr, hoursOf);
    if (size <= days(60))
        return future ? QCoreApplication::translate("AgeText", "in %n d", nullptr, daysOf)
                      : QCoreApplication::translate("AgeText", "%n d ago", nullptr, daysOf);
    return toLocal(time).toString(QStringLiteral("yyyy-MM-dd"));
}

QString timeText(TimePoint time)
{
    return toLocal(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString timeAndAgeText(TimePoint time, TimePoint now)
{
    const QString moment = timeText(time);
    const QString age = ageText(time, now);
    return moment.startsWith(age) ? moment : QStringLiteral("%1 (%2)").arg(moment, age);
}

QString exactTimeText(TimePoint time)
{
    const QDateTime local = toLocal(time);
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz t"));
}

} // namespace iam::widgets
