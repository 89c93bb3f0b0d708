// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"
#include <QDateTime>
#include <QStringList>

namespace iam::models {

namespace {

/// Local time whose zone is told as an offset: names of zones are ambiguous.
QDateTime zoned(TimePoint time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(timeKey(time));
    return local.toOffsetFromUtc(local.offsetFromUtc());
}

} // namespace

QString toText(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

qint64 timeKey(TimePoint time)
{
    return time.time_since_epoch().count();
}

QString timeCell(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(timeKey(time)).toString(u"yyyy-MM-dd HH:mm:ss");
}

QString zonedTimeCell(TimePoint time)
{
    return zoned(time).toString(u"yyyy-MM-dd HH:mm:ss t");
}

QString exactTimeCell(TimePoint time)
{
    return zoned(time).toString(u"yyyy-MM-dd HH:mm:ss.zzz t");
}

QString listCell(const contract::PatternList& list)
{
    QStringList out;
    if (list)
        for (const std::string& entry : *list) out.append(toText(entry));
    return out.join(QStringLiteral(", "));
}

} // namespace iam::models
