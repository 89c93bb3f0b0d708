// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/errortext.h"
#include <QCoreApplication>
#include <QRegularExpression>
#include <vector>

namespace iam::client {

namespace {

constexpr const char* serverTextContext = "ServerText";

// The sentences of contract/validation, the codec, authz/validate, cluster/definition, node/adoption and the clients;
// %1 to %3 stand for any text. Of two that fit the one in front counts.
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
    // Of definitions of clusters.
    QT_TRANSLATE_NOOP("ServerText", "is missing"),
    QT_TRANSLATE_NOOP("ServerText", "must be an IPv4 address such as 10.0.4.20, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "%1 cannot be the address of one machine"),
    QT_TRANSLATE_NOOP("ServerText", "is the address of node %1 already"),
    QT_TRANSLATE_NOOP("ServerText", "is the address of backend %1 already"),
    QT_TRANSLATE_NOOP("ServerText", "is the address of the virtual address already"),
    QT_TRANSLATE_NOOP("ServerText", "is the address of the cloud already"),
    QT_TRANSLATE_NOOP("ServerText", "is the address of the gateway already"),
    QT_TRANSLATE_NOOP("ServerText", "must be one host name label (letters, digits, inner hyphens, at most 63), not %1"),
    QT_TRANSLATE_NOOP("ServerText", "must be an absolute path of letters, digits and ._-+@ without blanks, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "must be from %1 to %2, not %3"),
    QT_TRANSLATE_NOOP("ServerText", "must be two to eight, not %1; left out they are the nodes"),
    QT_TRANSLATE_NOOP("ServerText", "must be two to eight, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "there is a node %1 already"),
    QT_TRANSLATE_NOOP("ServerText", "must be an interface's name such as eth0, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "is called only where vip.kind is cloud"),
    QT_TRANSLATE_NOOP("ServerText", "is used only where vip.kind is cloud"),
    QT_TRANSLATE_NOOP("ServerText", "is the first or the last address of its subnet, which no machine can have"),
    QT_TRANSLATE_NOOP("ServerText", "%1 is another subnet than that of node %2 (%3)"),
    QT_TRANSLATE_NOOP("ServerText", "must be a letter, then letters, digits, _ and -, at most 32, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "the tutorial profile speaks VRRP version 2, which counts whole seconds"),
    QT_TRANSLATE_NOOP("ServerText", "must be one to eight letters and digits"),
    QT_TRANSLATE_NOOP("ServerText", "must be whole hundredths of a second (RFC 9568), not %1"),
    QT_TRANSLATE_NOOP("ServerText", "VRRP version 3 has no passwords; the packet filter lets only the peers through"),
    QT_TRANSLATE_NOOP("ServerText", "must be a name such as iam.api.example.com, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "is the same as domains.api"),
    QT_TRANSLATE_NOOP("ServerText", "must be from 1 to 65535"),
    QT_TRANSLATE_NOOP("ServerText", "%1 is %2 already"),
    QT_TRANSLATE_NOOP("ServerText", "there is a backend %1 already"),
    QT_TRANSLATE_NOOP("ServerText", "there is no node %1: name one, or give the machine's address"),
    QT_TRANSLATE_NOOP("ServerText", "is not that of node %1 (%2)"),
    QT_TRANSLATE_NOOP("ServerText", "is used only where balance.method is cookie"),
    QT_TRANSLATE_NOOP("ServerText", "must be letters, digits and _ only (nginx reads no others), not %1"),
    QT_TRANSLATE_NOOP("ServerText", "there is no node %1: name one, or give an IPv4 address"),
    QT_TRANSLATE_NOOP("ServerText", "is the virtual address: it moves, and the data would not move with it"),
    QT_TRANSLATE_NOOP("ServerText", "must be a letter, then letters, digits and _, at most 32, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "our servers speak to Redis without TLS"),
    QT_TRANSLATE_NOOP("ServerText", "is longer than probe.check-interval: checks would pile up"),
    QT_TRANSLATE_NOOP("ServerText", "must be an address and the bits of its subnet, such as 10.0.4.99/24, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "takes one value, not a section"),
    QT_TRANSLATE_NOOP("ServerText", "takes one value, not a list"),
    QT_TRANSLATE_NOOP("ServerText", "must be true or false, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "must be a whole number from %1 to %2, not %3"),
    QT_TRANSLATE_NOOP("ServerText", "must be a time such as 10s, 500ms or 1h30m, not %1"),
    QT_TRANSLATE_NOOP("ServerText", "takes a list, not a section"),
    QT_TRANSLATE_NOOP("ServerText", "has an empty entry"),
    QT_TRANSLATE_NOOP("ServerText", "takes a list of sections: each entry begins with \"- \" and has keys of its own"),
    QT_TRANSLATE_NOOP("ServerText", "must be one of %1, not %2"),
    QT_TRANSLATE_NOOP("ServerText", "is a section; its keys stand below it"),
    QT_TRANSLATE_NOOP("ServerText", "unknown section%1"),
    QT_TRANSLATE_NOOP("ServerText", "unknown key%1"),
    QT_TRANSLATE_NOOP("ServerText", "a second document begins here; a configuration is one document"),
    QT_TRANSLATE_NOOP("ServerText", "an empty list entry"),
    QT_TRANSLATE_NOOP("ServerText", "aliases (*name) are not taken; write the value out"),
    QT_TRANSLATE_NOOP("ServerText", "a configuration is a mapping (key: value), not one value"),
    QT_TRANSLATE_NOOP("ServerText", "a configuration is a mapping (key: value), not a list"),
    QT_TRANSLATE_NOOP("ServerText", "a list in a list"),
    QT_TRANSLATE_NOOP("ServerText", "a key must be plain text"),
    QT_TRANSLATE_NOOP("ServerText", "anchors (&name) are not taken; write the value out"),
    QT_TRANSLATE_NOOP("ServerText", "tags (!name) are not taken"),
    QT_TRANSLATE_NOOP("ServerText", "given twice; the first is on line %1"),
    QT_TRANSLATE_NOOP("ServerText", "given twice"),
    QT_TRANSLATE_NOOP("ServerText", "larger than 1 MiB"),
    QT_TRANSLATE_NOOP("ServerText", "not UTF-8 text"),
    QT_TRANSLATE_NOOP("ServerText", "a control character"),
    QT_TRANSLATE_NOOP("ServerText", "not YAML: a quote that is never closed"),
    QT_TRANSLATE_NOOP("ServerText", "not YAML: %1"),
    QT_TRANSLATE_NOOP("ServerText", "an older one has the same name"),
    QT_TRANSLATE_NOOP("ServerText", "extendShadow is no JSON object: the old server cannot read the row"),
    QT_TRANSLATE_NOOP("ServerText", "there is no user %1; the old authz-server takes it all the same"),
    QT_TRANSLATE_NOOP("ServerText",
                      "it is written as %1's, which the old authz-server takes for another owner than %2: kept, this"
                      " %3 comes together with those of %2"),
    QT_TRANSLATE_NOOP("ServerText", "the password is stored as something that no password fits, perhaps in plain text"),
    QT_TRANSLATE_NOOP("ServerText",
                      "an older secret has the same secretID: the old authz-server takes one of the two, which is not"
                      " certain"),
    QT_TRANSLATE_NOOP("ServerText",
                      "the policy cannot be read (%1): the old authz-server passes over it; kept, it denies every"
                      " request of its owner"),
    QT_TRANSLATE_NOOP("ServerText",
                      "an older one has the same instanceID: cleared, it gets the one that follows from its id"),
    QT_TRANSLATE_NOOP("ServerText", "its key is empty: everybody can sign with it, here as there; remove it"),
    QT_TRANSLATE_NOOP("ServerText",
                      "The table %1 has columns that ours do not have: %2. They stay with the old tables."),
    QT_TRANSLATE_NOOP("ServerText",
                      "The table %1 is kept by %2, which knows no transactions: stop the old servers before a dump is"
                      " taken of it."),
    QT_TRANSLATE_NOOP("ServerText",
                      "There is no table policy_audit: removed policies were not kept, and those that are removed later"
                      " cannot be given back."),
    QT_TRANSLATE_NOOP("ServerText",
                      "Views stand beside the tables: %1. They show nothing while the database has our form."),
    QT_TRANSLATE_NOOP("ServerText",
                      "servers of ours share this database (store.shared-with-legacy): stop them first; one that was"
                      " killed counts as running for %1 s"),
    QT_TRANSLATE_NOOP("ServerText",
                      "nobody writes to the old tables any more, old servers get an error; reading goes on until step"
                      " 13, where the tables get other names%1"),
    QT_TRANSLATE_NOOP("ServerText", "%1 rows before, %2 after, %3 left out as decided"),
    QT_TRANSLATE_NOOP("ServerText", "%1 rows before, %2 after"),
    QT_TRANSLATE_NOOP("ServerText", "%1 rows are as they were"),
    QT_TRANSLATE_NOOP("ServerText", "nothing: they shared no database"),
    QT_TRANSLATE_NOOP("ServerText", "%1, %2 bytes, sha256 %3"),
    QT_TRANSLATE_NOOP("ServerText", "our tables are removed"),
    QT_TRANSLATE_NOOP("ServerText", "the old tables can be written to again"),
    QT_TRANSLATE_NOOP("ServerText", "everything is done: the database has the old form"),
    QT_TRANSLATE_NOOP("ServerText", "everything is done: the database was taken over before"),
    QT_TRANSLATE_NOOP("ServerText", "the database has the old form: there is nothing to give back"),
    QT_TRANSLATE_NOOP("ServerText", "the old tables cannot hold what was changed here since"),
    QT_TRANSLATE_NOOP("ServerText", "not everything that stands in the way is decided"),
    QT_TRANSLATE_NOOP("ServerText", "nothing like that was found, so nothing is to be decided"),
    QT_TRANSLATE_NOOP("ServerText", "the name %1 is taken"),
    QT_TRANSLATE_NOOP("ServerText", "the password was set here, and its hash is none that the old servers understand"),
    QT_TRANSLATE_NOOP("ServerText", "its key cannot be opened with the keys in the data directory"),
    QT_TRANSLATE_NOOP("ServerText", "it is disabled, and the old servers would let it in: remove or enable it"),
    QT_TRANSLATE_NOOP("ServerText",
                      "its former key is still valid, which the old form has no place for: end it or wait"),
    QT_TRANSLATE_NOOP("ServerText", "%1 is longer than the old column"),
    QT_TRANSLATE_NOOP("ServerText", "%1 has characters that the old column cannot hold"),
    QT_TRANSLATE_NOOP("ServerText", "expires is out of the old range"),
    QT_TRANSLATE_NOOP("ServerText", "%1 is being taken over or given back by another process"),
    QT_TRANSLATE_NOOP("ServerText", "this database is being given back: run adopt --back to its end first"),
    QT_TRANSLATE_NOOP("ServerText", "mariadb-dump is not installed (Debian package mariadb-client)"),
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
        for (int place = 1; place <= 3; ++place)
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
        if (match.lastCapturedIndex() == 2) return out.arg(match.captured(1), match.captured(2));
        return out.arg(match.captured(1), match.captured(2), match.captured(3));
    }
    // What concerns a key of a file says so in front.
    const auto colon = sentence.find(": ");
    const bool key = colon != std::string_view::npos && sentence.substr(0, colon).find(' ') == std::string_view::npos;
    if (key) return text.left(text.indexOf(u':') + 2) + serverText(sentence.substr(colon + 2));
    return text;
}

} // namespace iam::client
