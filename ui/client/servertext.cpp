// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/errortext.h"
#include <QCoreApplication>
#include <QRegularExpression>
#include <vector>

namespace iam::client {

namespace {

constexpr const char* serverTextContext = "ServerText";

// The sentences of contract/validation, the codec, authz/validate and the clients; %1 stands for any text.
constexpr const char* sentences[] = {
    QT_TRANSLATE_NOOP("ServerText", "must not be empty"),
    QT_TRANSLATE_NOOP("ServerText", "must have a lower-case domain before the slash"),
    QT_TRANSLATE_NOOP("ServerText", "must begin and end with a letter or digit"),
    QT_TRANSLATE_NOOP("ServerText", "may hold only letters, digits, hyphens, underscores and dots"),
    QT_TRANSLATE_NOOP("ServerText", "must be %1 to %2 characters long"),
    QT_TRANSLATE_NOOP("ServerText", "must be at most %1 characters long"),
    QT_TRANSLATE_NOOP("ServerText", "must be at most %1 bytes long"),
    QT_TRANSLATE_NOOP("ServerText", "must hold a lower-case letter"),
    QT_TRANSLATE_NOOP("ServerText", "must hold an upper-case letter"),
    QT_TRANSLATE_NOOP("ServerText", "must hold a digit"),
    QT_TRANSLATE_NOOP("ServerText", "must hold a punctuation character or symbol"),
    QT_TRANSLATE_NOOP("ServerText", "must not be a password that is known to be used"),
    QT_TRANSLATE_NOOP("ServerText", "must be harder to guess"),
    QT_TRANSLATE_NOOP("ServerText", "must stay 1: this is the last enabled administrator"),
    QT_TRANSLATE_NOOP("ServerText", "must stay: this is the last enabled administrator"),
    QT_TRANSLATE_NOOP("ServerText", "must be a mail address"),
    QT_TRANSLATE_NOOP("ServerText", "must be a Unix time from 0 to 4294967295"),
    QT_TRANSLATE_NOOP("ServerText", "must be an integer"),
    QT_TRANSLATE_NOOP("ServerText", "must be an integer in range"),
    QT_TRANSLATE_NOOP("ServerText", "must be an integer from 1 to 1000"),
    QT_TRANSLATE_NOOP("ServerText", "must be an object"),
    QT_TRANSLATE_NOOP("ServerText", "must be a string"),
    QT_TRANSLATE_NOOP("ServerText", "must be true or false"),
    QT_TRANSLATE_NOOP("ServerText", "must be a time such as 2026-01-31T12:00:00Z"),
    QT_TRANSLATE_NOOP("ServerText", "must be a list of strings"),
    QT_TRANSLATE_NOOP("ServerText", "must be base64 text"),
    QT_TRANSLATE_NOOP("ServerText", "unknown condition type"),
    QT_TRANSLATE_NOOP("ServerText", "must be terms such as name=value, separated by commas"),
    QT_TRANSLATE_NOOP("ServerText", "not JSON at byte %1: %2"),
    QT_TRANSLATE_NOOP("ServerText", "An entry may have at most %1 bytes."),
    QT_TRANSLATE_NOOP("ServerText", "An expression may have at most %1 bytes."),
    QT_TRANSLATE_NOOP("ServerText", "This is not a valid template: %1."),
    QT_TRANSLATE_NOOP("ServerText", "This is not a valid regular expression: %1."),
    QT_TRANSLATE_NOOP("ServerText", "This is not a network in CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32."),
    QT_TRANSLATE_NOOP("ServerText", "The effect must be \"allow\" or \"deny\"."),
    QT_TRANSLATE_NOOP("ServerText", "The server's certificate has expired."),
    QT_TRANSLATE_NOOP("ServerText", "The server's certificate is not valid yet; check the clock of this computer."),
    QT_TRANSLATE_NOOP("ServerText", "The server's certificate was issued for another host name."),
    QT_TRANSLATE_NOOP("ServerText",
                      "The server's certificate was not issued by an authority that this computer trusts."),
    QT_TRANSLATE_NOOP("ServerText", "The server's certificate was revoked."),
    QT_TRANSLATE_NOOP("ServerText", "No secure connection to the server could be made."),
};

struct Pattern {
    const char* source;
    QRegularExpression expression; // one group for each place
};

std::vector<Pattern> makePatterns()
{
    std::vector<Pattern> out;
    for (const char* source : sentences) {
        if (!QByteArrayView(source).contains("%1")) continue;
        QString expression = QRegularExpression::escape(QString::fromLatin1(source));
        for (int place = 1; place <= 2; ++place)
            expression.replace(QStringLiteral("\\%%1").arg(place), QStringLiteral("(.*)"));
        out.push_back({source, QRegularExpression(QRegularExpression::anchoredPattern(expression),
                                                  QRegularExpression::DotMatchesEverythingOption)});
    }
    return out;
}

} // namespace

QString serverText(std::string_view sentence)
{
    for (const char* source : sentences)
        if (sentence == source) return QCoreApplication::translate(serverTextContext, source);
    static const std::vector<Pattern> patterns = makePatterns();
    const QString text = QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size()));
    for (const Pattern& pattern : patterns) {
        const auto match = pattern.expression.match(text);
        if (!match.hasMatch()) continue;
        QString out = QCoreApplication::translate(serverTextContext, pattern.source);
        if (match.lastCapturedIndex() == 1) return out.arg(match.captured(1));
        return out.arg(match.captured(1), match.captured(2));
    }
    return text;
}

} // namespace iam::client
