// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/openapi.h"
#include "base/timetext.h"
#include <algorithm>
#include <regex>
#include <set>

namespace iam::test {

using contract::Json;

namespace {

const std::set<std::string> methods{"get", "put", "post", "delete", "patch", "head", "options", "trace"};
const std::set<std::string> keywords{"$ref",    "type",    "properties", "required",  "additionalProperties",
                                     "items",   "enum",    "const",      "oneOf",     "format",
                                     "minimum", "maximum", "minLength",  "maxLength", "description"};

std::vector<std::string> names(const Json* object)
{
    std::vector<std::string> all;
    if (object != nullptr && object->object() != nullptr)
        for (const auto& [name, value] : *object->object()) all.push_back(name);
    return all;
}

bool isType(const std::string& type, const Json& value)
{
    switch (value.kind()) {
    case Json::Kind::Null:
        return type == "null";
    case Json::Kind::Boolean:
        return type == "boolean";
    case Json::Kind::Integer:
    case Json::Kind::Unsigned:
        return type == "integer" || type == "number";
    case Json::Kind::Real:
        return type == "number";
    case Json::Kind::String:
        return type == "string";
    case Json::Kind::Array:
        return type == "array";
    case Json::Kind::Object:
        return type == "object";
    }
    return false;
}

std::size_t codePoints(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void add(OpenApi::Faults& faults, OpenApi::Faults more)
{
    faults.insert(faults.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

std::string textIn(const Json* object, const std::string& member)
{
    const Json* value = object != nullptr ? object->find(member) : nullptr;
    return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

OpenApi::OpenApi(const std::string& text)
{
    auto json = contract::parseWholeJson(text, 64);
    if (!json) {
        m_syntax = json.error().detail + " is not JSON";
        return;
    }
    m_root = std::move(*json);
    const Json* paths = m_root.find("paths");
    if (paths == nullptr || paths->object() == nullptr) return;
    for (const auto& [path, item] : *paths->object())
        if (item.object() != nullptr)
            for (const auto& [method, operation] : *item.object())
                if (methods.contains(method))
                    m_operations.push_back({path, method, textIn(&operation, "operationId"), &item, &operation});
}

const OpenApi::Operation* OpenApi::find(const std::string& method, const std::string& path) const
{
    const auto found = std::find_if(m_operations.begin(), m_operations.end(), [&](const Operation& operation) {
        return operation.method == method && operation.path == path;
    });
    return found != m_operations.end() ? &*found : nullptr;
}

const Json* OpenApi::at(const std::string& pointer) const
{
    const Json* value = &m_root;
    for (std::size_t pos = 1; value != nullptr && pos <= pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', pos), pointer.size());
        value = value->find(pointer.substr(pos, end - pos));
        pos = end + 1;
    }
    return value;
}

const Json* OpenApi::resolve(const Json* value) const
{
    for (int steps = 0; value != nullptr && value->find("$ref") != nullptr; ++steps) {
        const std::string target = textIn(value, "$ref");
        if (steps > 8 || !target.starts_with("#/")) return nullptr;
        value = at(target.substr(1));
    }
    return value;
}

const Json* OpenApi::content(const Operation& operation, const std::string& status, const std::string& type) const
{
    const Json* responses = operation.json->find("responses");
    const Json* response = resolve(responses != nullptr ? responses->find(status) : nullptr);
    const Json* all = response != nullptr ? response->find("content") : nullptr;
    return all != nullptr ? all->find(type) : nullptr;
}

OpenApi::Faults OpenApi::mismatches(const Json& given, const Json& value, const std::string& where) const
{
    const Json* schema = resolve(&given);
    if (schema == nullptr) return {where + ": no schema"};
    Faults faults;
    if (const Json* type = schema->find("type")) {
        bool fits = type->string() != nullptr && isType(*type->string(), value);
        if (type->array() != nullptr)
            for (const Json& one : *type->array()) fits = fits || isType(*one.string(), value);
        if (!fits) return {where + ": is of another type: " + contract::writeJson(value)};
    }
    if (const Json* only = schema->find("const"); only != nullptr && !(*only == value))
        faults.push_back(where + ": not the constant");
    if (const Json* all = schema->find("enum");
        all != nullptr && std::find(all->array()->begin(), all->array()->end(), value) == all->array()->end())
        faults.push_back(where + ": not one of the listed: " + contract::writeJson(value));
    if (const Json* choices = schema->find("oneOf")) {
        const auto fitting = std::count_if(choices->array()->begin(), choices->array()->end(), [&](const Json& choice) {
            return mismatches(choice, value, where).empty();
        });
        if (fitting != 1) faults.push_back(where + ": fits " + std::to_string(fitting) + " of oneOf");
    }
    if (value.isNumber()) {
        if (const Json* least = schema->find("minimum"); least != nullptr && value.toDouble() < least->toDouble())
            faults.push_back(where + ": too small");
        if (const Json* most = schema->find("maximum"); most != nullptr && value.toDouble() > most->toDouble())
            faults.push_back(where + ": too large");
    }
    if (const std::string* text = value.string()) {
        const auto length = static_cast<double>(codePoints(*text));
        if (const Json* least = schema->find("minLength"); least != nullptr && length < least->toDouble())
            faults.push_back(where + ": too short");
        if (const Json* most = schema->find("maxLength"); most != nullptr && length > most->toDouble())
            faults.push_back(where + ": too long");
        if (textIn(schema, "format") == "date-time" && !fromRfc3339(*text))
            faults.push_back(where + ": no time: " + *text);
    }
    if (const Json::Array* array = value.array(); array != nullptr && schema->find("items") != nullptr)
        for (const Json& item : *array) add(faults, mismatches(*schema->find("items"), item, where + "[]"));
    const Json::Object* object = value.object();
    if (object == nullptr || schema->find("oneOf") != nullptr) return faults;
    const Json* properties = schema->find("properties");
    const Json* others = schema->find("additionalProperties");
    for (const auto& [name, member] : *object) {
        const Json* property = properties != nullptr ? properties->find(name) : nullptr;
        if (property != nullptr)
            add(faults, mismatches(*property, member, where + "." + name));
        else if (others == nullptr)
            faults.push_back(where + "." + name + ": is not described");
        else if (others->object() != nullptr)
            add(faults, mismatches(*others, member, where + "." + name));
    }
    if (const Json* required = schema->find("required"))
        for (const Json& name : *required->array())
            if (value.find(*name.string()) == nullptr) faults.push_back(where + "." + *name.string() + ": is missing");
    return faults;
}

OpenApi::Faults OpenApi::differences(const Json& given, const Json& example, const Json& value,
                                     const std::string& where) const
{
    const Json* schema = resolve(&given);
    if (schema == nullptr) return {where + ": no schema"};
    if (example.kind() != value.kind()) return {where + ": another kind than in the example"};
    Faults faults;
    if (const Json::Array* array = value.array()) {
        if (array->empty() != example.array()->empty())
            faults.push_back(where + ": empty, or the example is");
        else if (!array->empty() && schema->find("items") != nullptr)
            faults = differences(*schema->find("items"), example.array()->front(), array->front(), where + "[]");
    }
    const Json* properties = schema->find("properties");
    if (value.object() == nullptr || properties == nullptr) return faults;
    std::vector<std::string> here = names(&value);
    std::vector<std::string> there = names(&example);
    std::sort(here.begin(), here.end());
    std::sort(there.begin(), there.end());
    if (here != there) {
        std::string text = where + ": members ";
        for (const std::string& name : here) text += name + " ";
        text += "but in the example ";
        for (const std::string& name : there) text += name + " ";
        return {text};
    }
    for (const std::string& name : here)
        if (const Json* property = properties->find(name))
            add(faults, differences(*property, *example.find(name), *value.find(name), where + "." + name));
    return faults;
}

void OpenApi::checkSchema(const Json& schema, const std::string& where, Faults& faults) const
{
    if (schema.object() == nullptr || schema.object()->empty()) {
        if (schema.boolean() == nullptr) faults.push_back(where + ": no schema");
        return;
    }
    for (const auto& [keyword, value] : *schema.object()) {
        if (!keywords.contains(keyword)) faults.push_back(where + ": " + keyword + " is not known to this check");
        if (keyword == "properties")
            for (const auto& [name, property] : *value.object()) checkSchema(property, where + "." + name, faults);
        if (keyword == "items" || keyword == "additionalProperties") checkSchema(value, where + "." + keyword, faults);
        if (keyword == "oneOf")
            for (const Json& choice : *value.array()) checkSchema(choice, where + ".oneOf", faults);
        if (keyword == "required")
            for (const Json& name : *value.array())
                if (schema.find("properties") == nullptr || schema.find("properties")->find(*name.string()) == nullptr)
                    faults.push_back(where + ": requires " + *name.string() + ", which it does not describe");
    }
}

void OpenApi::checkContent(const Json* holder, const std::string& where, bool exampleWanted, Faults& faults) const
{
    const Json* content = holder != nullptr ? holder->find("content") : nullptr;
    for (const std::string& type : names(content)) {
        const Json* media = content->find(type);
        const Json* schema = media->find("schema");
        const Json* example = media->find("example");
        if (schema == nullptr) {
            faults.push_back(where + ": no schema");
            continue;
        }
        checkSchema(*schema, where, faults);
        if (example != nullptr)
            add(faults, mismatches(*schema, *example, where + " example"));
        else if (exampleWanted)
            faults.push_back(where + ": no example");
    }
}

void OpenApi::checkParameters(const Operation& operation, Faults& faults) const
{
    const std::string where = operation.method + " " + operation.path;
    std::set<std::pair<std::string, std::string>> seen;
    std::set<std::string> inPath;
    if (const Json* parameters = operation.json->find("parameters")) {
        for (const Json& given : *parameters->array()) {
            const Json* parameter = resolve(&given);
            const std::string name = textIn(parameter, "name");
            const std::string place = textIn(parameter, "in");
            if (name.empty() || parameter->find("schema") == nullptr || textIn(parameter, "description").empty()) {
                faults.push_back(where + ": a parameter lacks its name, schema or description");
                continue;
            }
            checkSchema(*parameter->find("schema"), where + " " + name, faults);
            if (!seen.emplace(place, name).second) faults.push_back(where + ": " + name + " comes twice");
            const Json* required = parameter->find("required");
            if (place == "path" && inPath.insert(name).second && (required == nullptr || !(*required == Json(true))))
                faults.push_back(where + ": " + name + " of the path is not required");
            if (place != "path" && place != "query" && place != "header") faults.push_back(where + ": in " + place);
        }
    }
    std::set<std::string> wanted;
    static const std::regex segment("\\{(\\w+)\\}");
    for (std::sregex_iterator it(operation.path.begin(), operation.path.end(), segment), end; it != end; ++it)
        wanted.insert((*it)[1]);
    if (wanted != inPath) faults.push_back(where + ": the parameters are not those of the path");
}

void OpenApi::checkOperation(const Operation& operation, Faults& faults) const
{
    const std::string where = operation.method + " " + operation.path;
    for (const char* member : {"operationId", "summary"})
        if (textIn(operation.json, member).empty()) faults.push_back(where + ": no " + member);
    const Json* tags = operation.json->find("tags");
    if (tags == nullptr || tags->array()->size() != 1) faults.push_back(where + ": not one tag");
    const Json* security = operation.json->find("security");
    if (security == nullptr || security->array() == nullptr) {
        faults.push_back(where + ": no security");
    } else {
        for (const Json& requirement : *security->array())
            for (const std::string& scheme : names(&requirement))
                if (at("/components/securitySchemes/" + scheme) == nullptr)
                    faults.push_back(where + ": no security scheme " + scheme);
    }
    checkParameters(operation, faults);
    checkContent(operation.json->find("requestBody"), where + " body", true, faults);
    const Json* responses = operation.json->find("responses");
    if (responses == nullptr || responses->find("200") == nullptr) {
        faults.push_back(where + ": no answer 200");
        return;
    }
    for (const auto& [status, given] : *responses->object()) {
        const Json* response = resolve(&given);
        if (response == nullptr || textIn(response, "description").empty())
            faults.push_back(where + " " + status + ": no description");
        checkContent(response, where + " " + status, textIn(response, "description") != "The document.", faults);
    }
}

void OpenApi::walk(const Json& value, const std::string& where, std::vector<std::string>& references,
                   Faults& faults) const
{
    if (const Json::Array* array = value.array())
        for (const Json& item : *array) walk(item, where, references, faults);
    if (const Json::Object* object = value.object()) {
        std::set<std::string> seen;
        for (const auto& [name, member] : *object) {
            if (!seen.insert(name).second) faults.push_back(where + "/" + name + ": comes twice");
            if (name == "$ref" && member.string() != nullptr) {
                references.push_back(*member.string());
                if (resolve(&value) == nullptr) faults.push_back(where + ": " + *member.string() + " leads nowhere");
            } else {
                walk(member, where + "/" + name, references, faults);
            }
        }
    }
}

OpenApi::Faults OpenApi::check() const
{
    if (!m_syntax.empty()) return {m_syntax};
    Faults faults;
    if (textIn(&m_root, "openapi") != "3.1.0") faults.push_back("openapi is not 3.1.0");
    for (const char* member : {"/info/title", "/info/version", "/info/description"})
        if (const Json* text = at(member); text == nullptr || text->string() == nullptr || text->string()->empty())
            faults.push_back(std::string(member) + " is missing");
    if (m_operations.empty()) faults.push_back("no operations");
    std::vector<std::string> references;
    walk(m_root, "#", references, faults);
    if (!faults.empty()) return faults;

    std::set<std::string> ids;
    for (const Operation& operation : m_operations) {
        if (!ids.insert(operation.id).second) faults.push_back(operation.id + " is the id of two operations");
        checkOperation(operation, faults);
    }
    for (const char* kind : {"parameters", "responses", "schemas"}) {
        const std::string folder = std::string("/components/") + kind;
        for (const std::string& name : names(at(folder))) {
            if (std::find(references.begin(), references.end(), "#" + folder + "/" + name) == references.end())
                faults.push_back(folder + "/" + name + " is used by nobody");
            if (std::string(kind) == "schemas") checkSchema(*at(folder + "/" + name), name, faults);
        }
    }
    return faults;
}

} // namespace iam::test
