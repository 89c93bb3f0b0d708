// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changetext.h"
#include "contract/json.h"
#include "models/celltext.h"
#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace iam::models {

using contract::ChangeRecord;
using contract::Json;

namespace {

struct ChangeText {
    Q_DECLARE_TR_FUNCTIONS(ChangeText)
};

struct ActionWords {
    const char* action;
    Tone tone;
    const char* word;
    const char* sentence; ///< %1: who, %2: the object
};

constexpr ActionWords actionTable[] = {
    {"create", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "created"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 created %2")},
    {"update", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "changed"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 changed %2")},
    {"delete", Tone::Warning, QT_TRANSLATE_NOOP("ChangeText", "deleted"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 deleted %2")},
    {"enable", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "enabled"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 enabled %2")},
    {"disable", Tone::Warning, QT_TRANSLATE_NOOP("ChangeText", "disabled"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 disabled %2")},
    {"change-password", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "password changed"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 changed the password of %2")},
    {"unlock", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "unlocked"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 unlocked %2")},
    {"end-sessions", Tone::Warning, QT_TRANSLATE_NOOP("ChangeText", "sessions ended"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 ended all sessions of %2")},
    {"rotate", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "new key"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 gave %2 a new key")},
    {"end-previous", Tone::Warning, QT_TRANSLATE_NOOP("ChangeText", "old key ended"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 ended the old key of %2")},
    {"rollback", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "restored"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 restored an earlier version of %2")},
    {"logout", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "logged out"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 logged out of %2")},
    {"revoke", Tone::Warning, QT_TRANSLATE_NOOP("ChangeText", "revoked"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 revoked %2")},
    {"clean", Tone::Neutral, QT_TRANSLATE_NOOP("ChangeText", "cleaned"),
     QT_TRANSLATE_NOOP("ChangeText", "%1 removed %2")},
};

struct KindWord {
    const char* kind;
    const char* word;
};

constexpr KindWord kindTable[] = {
    {"user", QT_TRANSLATE_NOOP("ChangeText", "user")},         {"secret", QT_TRANSLATE_NOOP("ChangeText", "secret")},
    {"policy", QT_TRANSLATE_NOOP("ChangeText", "policy")},     {"session", QT_TRANSLATE_NOOP("ChangeText", "session")},
    {"audit", QT_TRANSLATE_NOOP("ChangeText", "old records")},
};

const ActionWords* wordsOf(const std::string& action)
{
    const auto* found = std::ranges::find(actionTable, action, &ActionWords::action);
    return found != std::end(actionTable) ? found : nullptr;
}

/// Appends the paths of what differs; `path` leads to both values.
void addDifferences(QStringList& out, const QString& path, const Json& before, const Json& after)
{
    const Json::Object* left = before.object();
    const Json::Object* right = after.object();
    if (left == nullptr || right == nullptr) {
        if (before != after) out.append(path);
        return;
    }
    const auto below = [&path](const std::string& name) {
        return path.isEmpty() ? toText(name) : path + u'.' + toText(name);
    };
    for (const auto& [name, value] : *left) {
        const Json* other = after.find(name);
        if (other == nullptr)
            out.append(below(name));
        else
            addDifferences(out, below(name), value, *other);
    }
    for (const auto& [name, value] : *right)
        if (before.find(name) == nullptr) out.append(below(name));
}

constexpr int comparedDepth = 64; // deeper ones are not taken apart

} // namespace

std::span<const char* const> changeKinds()
{
    static const auto kinds = [] {
        std::array<const char*, std::size(kindTable)> out{};
        std::ranges::transform(kindTable, out.begin(), &KindWord::kind);
        return out;
    }();
    return kinds;
}

std::span<const char* const> changeActions()
{
    static const auto actions = [] {
        std::array<const char*, std::size(actionTable)> out{};
        std::ranges::transform(actionTable, out.begin(), &ActionWords::action);
        return out;
    }();
    return actions;
}

QString kindWord(const std::string& kind)
{
    const auto* found = std::ranges::find(kindTable, kind, &KindWord::kind);
    return found != std::end(kindTable) ? ChangeText::tr(found->word) : toText(kind);
}

QString actionWord(const std::string& action)
{
    const ActionWords* words = wordsOf(action);
    return words != nullptr ? ChangeText::tr(words->word) : toText(action);
}

Tone actionTone(const std::string& action)
{
    const ActionWords* words = wordsOf(action);
    return words != nullptr ? words->tone : Tone::Neutral;
}

QString actorName(const ChangeRecord& change)
{
    //: stands for whoever made a change that names nobody
    return change.actor.name.empty() ? ChangeText::tr("somebody unknown") : toText(change.actor.name);
}

QString objectText(const ChangeRecord& change)
{
    const QString kind = kindWord(change.kind);
    const QString name = toText(change.name);
    if (change.owner.empty() || change.owner == change.name)
        //: a kind and a name: "user foo"
        return ChangeText::tr("%1 %2").arg(kind, name);
    //: a kind, a name and an owner: "policy p0 of foo"
    return ChangeText::tr("%1 %2 of %3").arg(kind, name, toText(change.owner));
}

QString changeSentence(const ChangeRecord& change)
{
    const ActionWords* words = wordsOf(change.action);
    if (words != nullptr) return ChangeText::tr(words->sentence).arg(actorName(change), objectText(change));
    //: an action that this console does not know: who, its name, the object
    return ChangeText::tr("%1: %2 %3").arg(actorName(change), toText(change.action), objectText(change));
}

QStringList changedMembers(const ChangeRecord& change)
{
    if (change.before.empty() || change.after.empty()) return {};
    const auto before = contract::parseWholeJson(change.before, comparedDepth);
    const auto after = contract::parseWholeJson(change.after, comparedDepth);
    //: stands for the names of the members that were changed
    const QString all = ChangeText::tr("everything");
    if (!before || !after || before->object() == nullptr || after->object() == nullptr)
        return change.before == change.after ? QStringList() : QStringList(all);
    QStringList out;
    addDifferences(out, {}, *before, *after);
    out.removeAll(QStringLiteral("metadata.updatedAt"));
    return out;
}

} // namespace iam::models
