// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptionplace.h"
#include <QUrl>

namespace iam::models {

namespace {

/// A YAML text between quotes.
QString inQuotes(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString escaped(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString bracketed(const QString& host)
{
    return host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
}

} // namespace

QString hostSetting(const AdoptionPlace& place)
{
    if (!place.socket.isEmpty()) return place.socket;
    return bracketed(place.host) + u':' + QString::number(place.port);
}

QString databaseUrl(const AdoptionPlace& place)
{
    const QString head = QStringLiteral("mysql://") + escaped(place.user) + u'@';
    if (!place.socket.isEmpty())
        return head + u'/' + escaped(place.database) + QStringLiteral("?socket=") + escaped(place.socket);
    return head + hostSetting(place) + u'/' + escaped(place.database);
}

QString configurationText(const AdoptionPlace& place, AdoptionWay way)
{
    QString text = QStringLiteral("store:\n  driver: mysql\n");
    if (way == AdoptionWay::Share) text += QStringLiteral("  shared-with-legacy: true\n");
    text += QStringLiteral("mysql:\n");
    const auto add = [&text](const char* key, const QString& value) {
        if (!value.isEmpty()) text += QStringLiteral("  %1: %2\n").arg(QString::fromLatin1(key), inQuotes(value));
    };
    add("host", hostSetting(place));
    add("username", place.user);
    add("database", place.database);
    add("ssl-ca", place.sslCa);
    add("ssl-cert", place.sslCert);
    add("ssl-key", place.sslKey);
    return text;
}

} // namespace iam::models
