// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "contract/objects.h"
#include "contract/plainrequest.h"
#include <QByteArray>
#include <algorithm>

namespace iam::contract {
namespace {

/// Standard base64 with padding; line breaks inside are ignored, as Go does.
std::optional<std::string> decodeBase64(std::string text)
{
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    if (text.size() % 4 != 0) return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromStdString(text), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) return std::nullopt;
    return (*decoded).toStdString();
}

Condition makeCondition(std::size_t type)
{
    switch (type) {
    case 0:
        return StringEqualCondition{};
    case 1:
        return CidrCondition{};
    case 2:
        return EqualsSubjectCondition{};
    case 3:
        return StringPairsEqualCondition{};
    case 4:
        return StringMatchCondition{};
    case 5:
        return ResourceContainsCondition{};
    default:
        return BooleanCondition{};
    }
}

/// The options that a condition of this type has.
std::vector<Binder::Field> optionFields(Binder& binder, Condition& condition)
{
    if (auto* c = std::get_if<StringEqualCondition>(&condition)) return {{"equals", binder.text(c->equals)}};
    if (auto* c = std::get_if<CidrCondition>(&condition)) return {{"cidr", binder.text(c->cidr)}};
    if (auto* c = std::get_if<StringMatchCondition>(&condition)) return {{"matches", binder.text(c->matches)}};
    if (auto* c = std::get_if<BooleanCondition>(&condition)) return {{"value", binder.boolean(c->value)}};
    return {};
}

void bindCondition(Binder& binder, const Json& json, const std::string& path, std::map<std::string, Condition>& out,
                   const std::string& key)
{
    std::string type;
    Json options;
    binder.object(json, path,
                  {
                      {"type", binder.text(type)},
                      {"options", [&](const Json& value, const std::string&) { options = value; }},
                  });
    const auto& names = conditionTypeNames();
    const auto found = std::find(names.begin(), names.end(), type);
    if (found == names.end()) {
        binder.fault(path + ".type", "unknown condition type");
        return;
    }
    Condition condition = makeCondition(static_cast<std::size_t>(found - names.begin()));
    binder.object(options, path + ".options", optionFields(binder, condition));
    out.insert_or_assign(key, std::move(condition));
}

void bindDocument(Binder& binder, const Json& json, const std::string& path, PolicyDocument& document)
{
    document = {};
    binder.object(json, path,
                  {
                      {"id", binder.text(document.id)},
                      {"description", binder.text(document.description)},
                      {"subjects", binder.list(document.subjects)},
                      {"effect", binder.text(document.effect)},
                      {"resources", binder.list(document.resources)},
                      {"actions", binder.list(document.actions)},
                      {"conditions",
                       [&](const Json& value, const std::string& where) {
                           if (value.isNull()) return;
                           const Json::Object* members = value.object();
                           if (members == nullptr) {
                               binder.fault(where, "must be an object");
                               return;
                           }
                           for (const auto& [key, condition] : *members)
                               if (&condition == value.find(key)) // of duplicates only the last counts
                                   bindCondition(binder, condition, joinPath(where, key), document.conditions, key);
                       }},
                      {"meta",
                       [&](const Json& value, const std::string& where) {
                           document.meta.reset();
                           if (value.isNull()) return;
                           const std::string* text = value.string();
                           if (text != nullptr) document.meta = decodeBase64(*text);
                           if (!document.meta) binder.fault(where, "must be base64 text");
                       }},
                  });
}

void bindPolicy(Binder& binder, const Json& json, const std::string& path, Policy& policy)
{
    binder.object(json, path,
                  {
                      {"metadata", bindMetadata(binder, policy.metadata)},
                      {"username", binder.text(policy.username)},
                      {"policy", [&](const Json& value,
                                     const std::string& where) { bindDocument(binder, value, where, policy.policy); }},
                  });
}

void writeList(JsonObjectWriter& object, std::string_view name, const PatternList& list)
{
    if (list)
        object.list(name, *list);
    else
        object.json(name, Json());
}

void writeOptions(std::string& out, const Condition& condition)
{
    JsonObjectWriter options(out);
    if (const auto* c = std::get_if<StringEqualCondition>(&condition))
        options.text("equals", c->equals);
    else if (const auto* cidr = std::get_if<CidrCondition>(&condition))
        options.text("cidr", cidr->cidr);
    else if (const auto* match = std::get_if<StringMatchCondition>(&condition))
        options.text("matches", match->matches);
    else if (const auto* boolean = std::get_if<BooleanCondition>(&condition))
        options.boolean("value", boolean->value);
}

void writeDocument(std::string& out, const PolicyDocument& document)
{
    JsonObjectWriter object(out);
    object.text("id", document.id).text("description", document.description);
    writeList(object, "subjects", document.subjects);
    object.text("effect", document.effect);
    writeList(object, "resources", document.resources);
    writeList(object, "actions", document.actions);
    {
        JsonObjectWriter conditions(object.raw("conditions"));
        for (const auto& [key, condition] : document.conditions) {
            JsonObjectWriter one(conditions.raw(key));
            one.text("type", conditionTypeName(condition));
            writeOptions(one.raw("options"), condition);
        }
    }
    if (document.meta)
        object.text("meta", QByteArray::fromStdString(*document.meta).toBase64().toStdString());
    else
        object.json("meta", Json());
}

void writePolicy(std::string& out, const Policy& policy)
{
    JsonObjectWriter object(out);
    writeMetadata(object.raw("metadata"), policy.metadata);
    object.text("username", policy.username);
    writeDocument(object.raw("policy"), policy.policy);
}

} // namespace

const std::vector<std::string>& conditionTypeNames()
{
    static const std::vector<std::string> names{"StringEqualCondition",   "CIDRCondition",
                                                "EqualsSubjectCondition", "StringPairsEqualCondition",
                                                "StringMatchCondition",   "ResourceContainsCondition",
                                                "BooleanCondition"};
    return names;
}

const std::string& conditionTypeName(const Condition& condition)
{
    return conditionTypeNames()[condition.index()];
}

Result<Policy> decodePolicy(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    Policy policy;
    Binder binder;
    bindPolicy(binder, *json, "", policy);
    if (!binder.ok()) return binder.failure();
    return policy;
}

Result<PolicyDocument> decodePolicyDocument(const Json& json, const std::string& path)
{
    PolicyDocument document;
    Binder binder(path);
    bindDocument(binder, json, "", document);
    if (!binder.ok()) return binder.failure();
    return document;
}

Result<DecisionRequest> decodeDecisionRequest(std::string_view body)
{
    if (auto plain = readPlainRequest(body)) return std::move(*plain);
    return readAnyRequest(body);
}

Result<DecisionRequest> readAnyRequest(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    return decodeDecisionRequest(*json, {});
}

Result<DecisionRequest> decodeDecisionRequest(const Json& json, const std::string& path)
{
    DecisionRequest request;
    Binder binder(path);
    binder.object(json, "",
                  {
                      {"resource", binder.text(request.resource)},
                      {"action", binder.text(request.action)},
                      {"subject", binder.text(request.subject)},
                      {"context", binder.anyObject(request.context)},
                  });
    if (!binder.ok()) return binder.failure();
    return request;
}

Result<Decision> decodeDecision(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    Decision decision;
    PatternList deciders;
    Binder binder;
    binder.object(*json, "",
                  {
                      {"allowed", binder.boolean(decision.allowed)},
                      {"reason", binder.text(decision.reason)},
                      {"deciders", binder.list(deciders)},
                  });
    if (!binder.ok()) return binder.failure();
    decision.deciders = std::move(deciders).value_or(std::vector<std::string>{});
    return decision;
}

std::string encodePolicy(const Policy& policy)
{
    std::string out;
    writePolicy(out, policy);
    return out;
}

std::string encodePolicyDocument(const PolicyDocument& document)
{
    std::string out;
    writeDocument(out, document);
    return out;
}

std::string encodePolicyList(const ListPage<Policy>& page)
{
    return encodeList(page, writePolicy);
}
Result<ListPage<Policy>> decodePolicyList(std::string_view body)
{
    return decodeList<Policy>(body, bindPolicy);
}

std::string encodeDecisionRequest(const DecisionRequest& request)
{
    std::string out;
    JsonObjectWriter(out)
        .text("resource", request.resource)
        .text("action", request.action)
        .text("subject", request.subject)
        .json("context", request.context);
    return out;
}

std::string encodeDecision(const Decision& decision)
{
    if (decision.allowed) return "{\"allowed\":true}";
    std::string out;
    JsonObjectWriter(out).boolean("allowed", false).boolean("denied", true).text("reason", decision.reason);
    return out;
}

} // namespace iam::contract
