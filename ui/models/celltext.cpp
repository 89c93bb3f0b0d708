// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"
#include <QDateTime>
#include <QStringList>

namespace iam::models {

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

QString exactTimeCell(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(timeKey(time)).toString(u"yyyy-MM-dd HH:mm:ss.zzz");
}

QString listCell(const contract::PatternList& list)
{
    QStringList out;
    if (list)
        for (const std::string& entry : *list) out.append(toText(entry));
    return out.join(QStringLiteral(", "));
}

} // namespace iam::models
