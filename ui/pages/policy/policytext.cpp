// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/policytext.h"
#include "authz/validate.h"
#include "client/errortext.h"
#include "contract/codec.h"
#include "contract/jsonlocation.h"
#include "widgets/jsonformat.h"
#include <QCoreApplication>
#include <QRegularExpression>

namespace iam::pages {
namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("PolicyText", text);
}

/// Undoes the escapes of `<`, `>` and `&` that the wire has, where they are escapes.
QString withoutHtmlEscapes(const std::string& json)
{
    const QString text = QString::fromStdString(json);
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 >= text.size()) {
            out += text[i];
            continue;
        }
        const QStringView escape = QStringView(text).mid(i, 6);
        const QChar plain = escape == u"\\u003c"   ? u'<'
                            : escape == u"\\u003e" ? u'>'
                            : escape == u"\\u0026" ? u'&'
                                                   : QChar();
        if (!plain.isNull()) {
            out += plain;
            i += 5;
        } else {
            out += text[i];
            out += text[++i]; // the character behind a backslash never starts an escape
        }
    }
    return out;
}

int utf16Position(const std::string& utf8, std::size_t offset)
{
    return int(QString::fromUtf8(utf8.data(), qsizetype(std::min(offset, utf8.size()))).size());
}

/// What the parser calls a token, in the reader's words.
QString tokenWord(const QString& token)
{
    static const struct {
        const char* token;
        const char* word;
    } words[] = {
        {"end of input", QT_TRANSLATE_NOOP("PolicyText", "the end of the text")},
        {"string literal", QT_TRANSLATE_NOOP("PolicyText", "a text in quotes")},
        {"number literal", QT_TRANSLATE_NOOP("PolicyText", "a number")},
        {"true literal", QT_TRANSLATE_NOOP("PolicyText", "true")},
        {"false literal", QT_TRANSLATE_NOOP("PolicyText", "false")},
        {"null literal", QT_TRANSLATE_NOOP("PolicyText", "null")},
        {"invalid literal", QT_TRANSLATE_NOOP("PolicyText", "something that is not JSON")},
        {"'[', '{', or a literal", QT_TRANSLATE_NOOP("PolicyText", "a value")},
    };
    for (const auto& row : words)
        if (token == QLatin1String(row.token)) return say(row.word);
    return token;
}

QString syntaxWords(const std::string& message)
{
    const QString text = QString::fromStdString(message);
    static const QRegularExpression unexpected(QStringLiteral("unexpected (.+?)(?:; expected (.+))?$"));
    static const QRegularExpression invalidString(QStringLiteral("invalid string: (.+?)(?:; last read|$)"));
    if (text.contains(QStringLiteral("missing closing quote")))
        return say(QT_TRANSLATE_NOOP("PolicyText", "The text in quotes does not end: a \" is missing."));
    if (text.contains(QStringLiteral("control character")))
        return say(QT_TRANSLATE_NOOP("PolicyText", "A text in quotes may not contain a line break or tab."));
    if (text.contains(QStringLiteral("forbidden character after backslash")))
        return say(QT_TRANSLATE_NOOP("PolicyText", "After a backslash only \" \\ / b f n r t u may stand. In a regular "
                                                   "expression write two backslashes."));
    if (text.contains(QStringLiteral("invalid literal")))
        return say(QT_TRANSLATE_NOOP("PolicyText", "This is no JSON: texts need quotes, numbers and true, false, null "
                                                   "do not."));
    if (const auto match = unexpected.match(text); match.hasMatch()) {
        const bool closing = match.captured(1) == u"'}'" || match.captured(1) == u"']'";
        const QString wanted = match.captured(2);
        if (match.captured(1) == u"end of input")
            return say(QT_TRANSLATE_NOOP("PolicyText", "The text ends too early: something is not closed."));
        if (!closing && (wanted == u"'}'" || wanted == u"']'"))
            return say(QT_TRANSLATE_NOOP("PolicyText", "A comma is missing before this."));
        if (closing && (wanted == u"string literal" || wanted == u"'[', '{', or a literal" || wanted.isEmpty()))
            return say(
                QT_TRANSLATE_NOOP("PolicyText", "After the last comma something must follow, or the comma must go."));
        const QString found = tokenWord(match.captured(1));
        if (wanted.isEmpty()) return say(QT_TRANSLATE_NOOP("PolicyText", "%1 may not stand here.")).arg(found);
        return say(QT_TRANSLATE_NOOP("PolicyText", "%1 may not stand here; %2 should.")).arg(found, tokenWord(wanted));
    }
    return text;
}

/// Conditions with their type in front of their options.
void writeConditions(std::string& out, const contract::Json& conditions)
{
    contract::JsonObjectWriter object(out);
    if (conditions.object() == nullptr) return;
    for (const auto& [key, condition] : *conditions.object()) {
        contract::JsonObjectWriter one(object.raw(key));
        for (const char* name : {"type", "options"})
            if (const contract::Json* value = condition.find(name)) one.json(name, *value);
    }
}

/// The parser names the last character of what it does not like: of a text in quotes all is marked.
widgets::TextFault syntaxFault(const QString& text, int at, const QString& words)
{
    int start = at;
    if (at < text.size() && text[at] == u'"') {
        int open = at - 1;
        while (open >= 0 && text[open] != u'"' && text[open] != u'\n') --open;
        if (open >= 0 && text[open] == u'"') start = open;
    }
    return {start, at - start + 1, words};
}

} // namespace

QString policyText(const contract::PolicyDocument& document)
{
    const auto json = contract::parseJson(contract::encodePolicyDocument(document));
    std::string out = "{";
    for (const char* name : {"description", "effect", "subjects", "actions", "resources", "conditions", "meta"}) {
        const contract::Json* value = json ? json->find(name) : nullptr;
        if (value == nullptr || (value->isNull() && std::string_view(name) == "meta")) continue;
        if (out.size() > 1) out += ',';
        contract::writeJsonString(out, name);
        out += ':';
        if (std::string_view(name) == "conditions")
            writeConditions(out, *value);
        else
            contract::writeJson(out, *value);
    }
    return widgets::formattedJson(withoutHtmlEscapes(out + '}'));
}

QString versionText(const contract::Policy& policy)
{
    const QString rule = policyText(policy.policy);
    const contract::Json::Object* extend = policy.metadata.extend.object();
    if (extend == nullptr || extend->empty()) return rule;
    std::string out;
    contract::JsonObjectWriter(out).json("extend", policy.metadata.extend);
    return rule + u'\n' + widgets::formattedJson(withoutHtmlEscapes(out));
}

QList<widgets::TextFault> placeFaults(const QString& text, const std::vector<FieldFault>& faults,
                                      const std::string& prefix)
{
    const std::string utf8 = text.toStdString();
    QList<widgets::TextFault> placed;
    for (const FieldFault& fault : faults) {
        std::string path = fault.field;
        if (!prefix.empty() && path.compare(0, prefix.size(), prefix) == 0) path.erase(0, prefix.size());
        const contract::JsonRange range = contract::locateJson(utf8, path);
        const int start = utf16Position(utf8, range.offset);
        const int end = utf16Position(utf8, range.offset + range.length);
        const QString sentence = client::serverText(fault.message);
        placed << widgets::TextFault{
            start, end - start,
            path.empty() ? sentence : QStringLiteral("%1: %2").arg(QString::fromStdString(path), sentence)};
    }
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    return placed;
}

CheckedPolicy checkPolicyText(const QString& text)
{
    const std::string utf8 = text.toStdString();
    if (text.trimmed().isEmpty())
        return {{},
                {{0, 0, say(QT_TRANSLATE_NOOP("PolicyText", "There is no rule yet: choose a template to start."))}}};
    if (const auto fault = contract::checkJsonSyntax(utf8))
        return {{}, {syntaxFault(text, utf16Position(utf8, fault->offset), syntaxWords(fault->message))}};
    const auto json = contract::parseWholeJson(utf8);
    if (!json) return {{}, placeFaults(text, json.error().faults)};
    if (json->object() == nullptr) return {{}, {{0, int(text.size()), client::serverText("must be an object")}}};
    auto document = contract::decodePolicyDocument(*json);
    if (!document) return {{}, placeFaults(text, document.error().faults)};
    if (const auto faults = authz::validatePolicy(*document); !faults.empty()) return {{}, placeFaults(text, faults)};
    return {std::move(*document), {}};
}

CheckedContext checkContextText(const QString& text)
{
    if (text.trimmed().isEmpty()) return {contract::Json(contract::Json::Object{}), {}};
    const std::string utf8 = text.toStdString();
    if (const auto fault = contract::checkJsonSyntax(utf8))
        return {{}, {syntaxFault(text, utf16Position(utf8, fault->offset), syntaxWords(fault->message))}};
    auto json = contract::parseWholeJson(utf8);
    if (!json) return {{}, placeFaults(text, json.error().faults)};
    if (json->object() == nullptr) return {{}, {{0, int(text.size()), client::serverText("must be an object")}}};
    return {std::move(*json), {}};
}

QString jsonText(const contract::Json& json)
{
    return widgets::formattedJson(withoutHtmlEscapes(contract::writeJson(json)));
}

QList<PolicyTemplate> policyTemplates()
{
    const auto text = [](const char* json) { return widgets::formattedJson(QString::fromUtf8(json)); };
    return {
        {say(QT_TRANSLATE_NOOP("PolicyText", "Allow reading")),
         text("{\"description\":\"Peter and Ken may read all articles\",\"effect\":\"allow\","
              "\"subjects\":[\"users:<peter|ken>\"],\"actions\":[\"<get|list>\"],"
              "\"resources\":[\"resources:articles:<.*>\"],\"conditions\":{}}")},
        {say(QT_TRANSLATE_NOOP("PolicyText", "Deny deleting")),
         text("{\"description\":\"Nobody deletes articles, whatever else is allowed\",\"effect\":\"deny\","
              "\"subjects\":[\"<.*>\"],\"actions\":[\"delete\"],"
              "\"resources\":[\"resources:articles:<.*>\"],\"conditions\":{}}")},
        {say(QT_TRANSLATE_NOOP("PolicyText", "Allow from one network")),
         text("{\"description\":\"Peter may do everything from the office network\",\"effect\":\"allow\","
              "\"subjects\":[\"users:peter\"],\"actions\":[\"<.*>\"],\"resources\":[\"resources:<.*>\"],"
              "\"conditions\":{\"remoteIP\":{\"type\":\"CIDRCondition\",\"options\":{\"cidr\":\"192.168.0.0/16\"}}}}")},
        {say(QT_TRANSLATE_NOOP("PolicyText", "Allow owners their own")),
         text("{\"description\":\"Whoever owns a thing may change it\",\"effect\":\"allow\","
              "\"subjects\":[\"users:<.*>\"],\"actions\":[\"<get|update|delete>\"],\"resources\":[\"resources:<.*>\"],"
              "\"conditions\":{\"owner\":{\"type\":\"EqualsSubjectCondition\",\"options\":{}}}}")},
        {say(QT_TRANSLATE_NOOP("PolicyText", "Empty rule")),
         text("{\"description\":\"\",\"effect\":\"allow\",\"subjects\":[],\"actions\":[],\"resources\":[],"
              "\"conditions\":{}}")},
    };
}

} // namespace iam::pages
