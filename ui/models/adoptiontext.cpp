// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptiontext.h"
#include "client/errortext.h"
#include "models/celltext.h"
#include <QCoreApplication>
#include <QStringList>

namespace iam::models {

namespace {

struct Word {
    const char* key;
    const char* text;
};

constexpr Word titles[] = {
    {"name", QT_TRANSLATE_NOOP("AdoptionText", "Name against the rules")},
    {"duplicate-name", QT_TRANSLATE_NOOP("AdoptionText", "Name twice")},
    {"extend", QT_TRANSLATE_NOOP("AdoptionText", "Unreadable shadow")},
    {"password", QT_TRANSLATE_NOOP("AdoptionText", "Unusable password")},
    {"owner", QT_TRANSLATE_NOOP("AdoptionText", "Owner is missing")},
    {"owner-spelling", QT_TRANSLATE_NOOP("AdoptionText", "Owner spelled otherwise")},
    {"duplicate-id", QT_TRANSLATE_NOOP("AdoptionText", "Secret's id twice")},
    {"document", QT_TRANSLATE_NOOP("AdoptionText", "Unreadable policy")},
    {"instance-id", QT_TRANSLATE_NOOP("AdoptionText", "Instance id twice")},
    {"empty-key", QT_TRANSLATE_NOOP("AdoptionText", "Empty key")},
    {"refused-user", QT_TRANSLATE_NOOP("AdoptionText", "User refused today")},
    {"refused-policy", QT_TRANSLATE_NOOP("AdoptionText", "Policy refused today")},
};

constexpr Word rows[] = {
    {"user", QT_TRANSLATE_NOOP("AdoptionText", "user %1")},
    {"secret", QT_TRANSLATE_NOOP("AdoptionText", "secret %1")},
    {"policy", QT_TRANSLATE_NOOP("AdoptionText", "policy %1")},
};

constexpr Word choices[] = {
    {"keep", QT_TRANSLATE_NOOP("AdoptionText", "take it over as it is")},
    {"drop", QT_TRANSLATE_NOOP("AdoptionText", "leave it out; it stays in the old tables")},
    {"clear", QT_TRANSLATE_NOOP("AdoptionText", "empty the shadow")},
    {"lock", QT_TRANSLATE_NOOP("AdoptionText", "lock it until it gets a new password")},
};

constexpr const char* steps[] = {
    QT_TRANSLATE_NOOP("AdoptionText", "Take a dump"),
    QT_TRANSLATE_NOOP("AdoptionText", "Store the decisions"),
    QT_TRANSLATE_NOOP("AdoptionText", "Make our tables beside the old ones"),
    QT_TRANSLATE_NOOP("AdoptionText", "Hold off writers to the old tables"),
    QT_TRANSLATE_NOOP("AdoptionText", "Copy users"),
    QT_TRANSLATE_NOOP("AdoptionText", "Copy and encrypt secrets"),
    QT_TRANSLATE_NOOP("AdoptionText", "Copy policies"),
    QT_TRANSLATE_NOOP("AdoptionText", "Copy removed policies"),
    QT_TRANSLATE_NOOP("AdoptionText", "Let ids go on where they were"),
    QT_TRANSLATE_NOOP("AdoptionText", "Compare every row with its copy"),
    QT_TRANSLATE_NOOP("AdoptionText", "Copy what sharing servers noted"),
    QT_TRANSLATE_NOOP("AdoptionText", "Note the tables of others"),
    QT_TRANSLATE_NOOP("AdoptionText", "Exchange the old tables for ours"),
    QT_TRANSLATE_NOOP("AdoptionText", "Remove views of the old tables"),
    QT_TRANSLATE_NOOP("AdoptionText", "Bring the schema to this version"),
};

constexpr const char* stepsBack[] = {
    QT_TRANSLATE_NOOP("AdoptionText", "Take a dump"),
    QT_TRANSLATE_NOOP("AdoptionText", "Hold off writers to our tables"),
    QT_TRANSLATE_NOOP("AdoptionText", "Write the changes into the old tables"),
    QT_TRANSLATE_NOOP("AdoptionText", "Exchange our tables for the old ones"),
};

QString translated(const char* text)
{
    return QCoreApplication::translate("AdoptionText", text);
}

template <std::size_t n>
const char* wordOf(const Word (&words)[n], const std::string& key)
{
    for (const Word& word : words)
        if (key == word.key) return word.text;
    return nullptr;
}

} // namespace

QString findingTitle(const AdoptionFinding& finding)
{
    const char* title = wordOf(titles, finding.kind);
    return title == nullptr ? toText(finding.kind) : translated(title);
}

QString findingMessage(const AdoptionFinding& finding)
{
    // Some hold sentences of the rules for what is written today: each is translated for itself.
    const std::string& message = finding.message;
    if (const std::string head = "the name "; finding.kind == "name" && message.starts_with(head))
        return translated(QT_TRANSLATE_NOOP("AdoptionText", "the name %1"))
            .arg(client::serverText(std::string_view(message).substr(head.size())));
    const std::size_t colon = message.find(": ");
    if (!finding.kind.starts_with("refused-") || colon == std::string::npos) return client::serverText(message);
    QStringList faults;
    for (const QString& fault : toText(message.substr(colon + 2)).split(QStringLiteral("; "))) {
        const QString sentence = client::serverText(fault.section(u' ', 1).toStdString());
        faults.append(fault.section(u' ', 0, 0) + u' ' + sentence);
    }
    const char* head =
        finding.kind == "refused-policy"
            ? QT_TRANSLATE_NOOP("AdoptionText", "it stays and denies as before, but could not be written today: %1")
            : QT_TRANSLATE_NOOP("AdoptionText", "it stays as it is, but could not be written today: %1");
    return translated(head).arg(faults.join(QStringLiteral("; ")));
}

QString findingRow(const AdoptionFinding& finding)
{
    const char* row = wordOf(rows, finding.table);
    const QString id = QString::number(finding.id);
    return row == nullptr ? toText(finding.table) + u' ' + id : translated(row).arg(id);
}

QString decisionText(const AdoptionFinding& finding, const QString& decision)
{
    const QString verb = decision.section(u' ', 0, 0);
    const QString value = decision.section(u' ', 1).trimmed();
    if (verb == u"rename")
        return value.isEmpty() ? translated(QT_TRANSLATE_NOOP("AdoptionText", "give it a new name"))
                               : translated(QT_TRANSLATE_NOOP("AdoptionText", "call it %1")).arg(value);
    if (verb == u"new-id") return translated(QT_TRANSLATE_NOOP("AdoptionText", "give it a new id"));
    if (verb == u"clear" && finding.kind == "instance-id")
        return translated(QT_TRANSLATE_NOOP("AdoptionText", "let its id follow from its number"));
    if (verb == u"keep" && finding.kind == "document")
        return translated(QT_TRANSLATE_NOOP("AdoptionText", "take it over; it denies all requests of its owner"));
    const char* text = wordOf(choices, verb.toStdString());
    return text == nullptr ? decision : translated(text);
}

QString stepText(int step, const QString& words)
{
    const auto index = static_cast<std::size_t>(step < firstStepBack ? step - 1 : step - firstStepBack);
    if (step >= firstStepBack) return index < std::size(stepsBack) ? translated(stepsBack[index]) : words;
    return index < std::size(steps) ? translated(steps[index]) : words;
}

} // namespace iam::models
