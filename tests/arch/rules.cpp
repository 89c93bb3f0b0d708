// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules.h"
#include <QRegularExpression>

namespace iam::arch {
namespace {

/// What ui/ may take from server/.
const QStringList pureRooms{QStringLiteral("base"), QStringLiteral("contract"), QStringLiteral("authz"),
                            QStringLiteral("probe")};
/// Rooms of cluster/ that are pure as well.
const QStringList pureClusterRooms{QStringLiteral("definition"), QStringLiteral("render"), QStringLiteral("lint"),
                                   QStringLiteral("verdict"), QStringLiteral("proof")};

bool isHeader(const QString& path)
{
    return path.endsWith(u".h");
}
bool isCpp(const QString& path)
{
    return isHeader(path) || path.endsWith(u".cpp");
}
/// The program itself, not its tests.
bool isProduct(const QString& path)
{
    return path.startsWith(u"server/") || path.startsWith(u"ui/") || path.startsWith(u"app/");
}
bool wantsLicence(const QString& path, const QString& text)
{
    return isCpp(path) || path.endsWith(u".cmake") || path.endsWith(u"CMakeLists.txt") || path.endsWith(u".sh") ||
           path.startsWith(u"packaging/packages/") || text.startsWith(u"#!");
}

bool matches(const QString& text, const QString& pattern)
{
    return QRegularExpression(pattern).match(text).hasMatch();
}

QStringList includesOf(const QString& text)
{
    static const QRegularExpression include(QStringLiteral(R"x(^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"])x"),
                                            QRegularExpression::MultilineOption);
    QStringList names;
    for (auto found = include.globalMatch(text); found.hasNext();) names << found.next().captured(1);
    return names;
}

QStringList includeFaults(const QString& path, const QString& text, const QStringList& serverRooms)
{
    QStringList faults;
    const bool ui = path.startsWith(u"ui/");
    for (const QString& name : includesOf(text)) {
        const QString fault = QStringLiteral(" includes ") + name;
        if (matches(name, QStringLiteral("^(QtSql/|QSql)")) && !path.startsWith(u"server/store/sql/"))
            faults << path + fault + QStringLiteral(": only server/store/sql sees QtSql");
        if (ui && !path.startsWith(u"ui/client/") &&
            matches(name, QStringLiteral("^(QtNetwork/|QNetwork|QTcp|QSsl|QUdp|QHost|QAbstractSocket|QLocalS)")))
            faults << path + fault + QStringLiteral(": in ui/ only ui/client sees QtNetwork");
        // One header of crypto/ wraps OpenSSL's types for the sources beside it.
        const bool wrapper = path == QStringLiteral("server/crypto/openssl.h");
        if (name == QStringLiteral("crypto/openssl.h") && !path.startsWith(u"server/crypto/"))
            faults << path + fault + QStringLiteral(": it belongs to server/crypto alone");
        if (isHeader(path) && !wrapper && (name.startsWith(u"openssl/") || name == QStringLiteral("crypto/openssl.h")))
            faults << path + fault + QStringLiteral(": OpenSSL never shows in a header");
        const QString room = name.section(u'/', 0, 0);
        const bool pure =
            pureRooms.contains(room) || (room == u"cluster" && pureClusterRooms.contains(name.section(u'/', 1, 1)));
        if (ui && name.contains(u'/') && serverRooms.contains(room) && !pure)
            faults << path + fault + QStringLiteral(": ui/ may take only the pure rooms of server/");
        if (path.startsWith(u"server/") &&
            matches(name, QStringLiteral("^Q(tGui|tWidgets|Widget|Application|GuiApplication)\\b")))
            faults << path + fault + QStringLiteral(": a server has no windows");
    }
    return faults;
}

QStringList codeFaults(const QString& path, const QString& code)
{
    struct Ban {
        QString pattern;
        QString why;
    };
    static const QList<Ban> bans{
        {QStringLiteral(R"((?<![\w.>:])sender\s*\(\s*\))"), QStringLiteral("asks for sender(): connect to a lambda")},
        {QStringLiteral(R"(\bprocessEvents\b)"), QStringLiteral("calls processEvents: no nested event loops")},
        {QStringLiteral(R"(\b(SIGNAL|SLOT)\s*\()"), QStringLiteral("connects by strings")},
        {QStringLiteral(R"(\busing\s+namespace\s+std\s*;)"), QStringLiteral("takes in all of namespace std")},
    };
    QStringList faults;
    for (const Ban& ban : bans)
        if (matches(code, ban.pattern)) faults << path + u' ' + ban.why;
    return faults;
}

QStringList wordFaults(const QString& path, const QString& text)
{
    // In pieces, so that this file keeps its own rules.
    static const QStringList banned{QStringLiteral("\\bTO") + QStringLiteral("DO\\b"),
                                    QStringLiteral("\\bFIX") + QStringLiteral("ME\\b"),
                                    QStringLiteral("\\b[Ff]or n") + QStringLiteral("ow\\b(?!\\()"),
                                    QStringLiteral("(?<![\\w.])/wo") + QStringLiteral("rk/"),
                                    QStringLiteral("\\biam-con") + QStringLiteral("tract\\b"),
                                    QStringLiteral("\\bhouse") + QStringLiteral("\\.md\\b"),
                                    QStringLiteral("\\bdiffer") + QStringLiteral("ences\\.md\\b"),
                                    QStringLiteral("\\bcon") + QStringLiteral("tract §")};
    QStringList faults;
    for (const QString& pattern : banned) {
        const auto found = QRegularExpression(pattern).match(text);
        if (found.hasMatch()) faults << path + QStringLiteral(" says \"") + found.captured() + u'"';
    }
    return faults;
}

} // namespace

QString codeOnly(const QString& source)
{
    // Longest forms first: a quote in a comment opens nothing, two slashes in a literal comment nothing.
    static const QRegularExpression skipped(
        QStringLiteral(R"x(R"(\w*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')x"),
        QRegularExpression::DotMatchesEverythingOption);
    QString code = source;
    for (auto found = skipped.globalMatch(source); found.hasNext();) {
        const auto match = found.next();
        // 10'000 is a number, no character.
        const qsizetype start = match.capturedStart();
        if (match.captured().startsWith(u'\'') && start > 0 && source.at(start - 1).isLetterOrNumber()) continue;
        for (qsizetype i = start; i < match.capturedEnd(); ++i)
            if (code.at(i) != u'\n') code[i] = u' ';
    }
    return code;
}

QStringList faultsOf(const QString& path, const QString& text, const QStringList& serverRooms)
{
    QStringList faults = wordFaults(path, text);
    if (wantsLicence(path, text)) {
        const QString head = text.section(u'\n', 0, 3);
        if (!head.contains(QStringLiteral("SPDX-FileCopyrightText: ")) ||
            !head.contains(QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later")))
            faults << path + QStringLiteral(" lacks its two licence lines");
    }
    if (isHeader(path) && !text.contains(QStringLiteral("#pragma once")))
        faults << path + QStringLiteral(" lacks #pragma once");
    if (isCpp(path) && isProduct(path)) {
        faults << includeFaults(path, text, serverRooms);
        faults << codeFaults(path, codeOnly(text));
    }
    return faults;
}

} // namespace iam::arch
