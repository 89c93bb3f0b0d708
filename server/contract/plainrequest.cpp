// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/plainrequest.h"
#include "base/text.h"
#include <cstring>
#include <simdjson.h>

namespace iam::contract {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t maxPlainBody = 64 * 1024; // the parser's buffers stay with each thread
constexpr int maxPlainDepth = 32;

std::string textOf(dom::element element)
{
    return std::string(element.get_string().value_unsafe());
}

/// False when the value is deeper than what is plain.
bool read(dom::element element, Json& out, int depth)
{
    switch (element.type()) {
    case dom::element_type::STRING:
        out = Json(textOf(element));
        return true;
    case dom::element_type::INT64:
        out = Json(element.get_int64().value_unsafe());
        return true;
    case dom::element_type::UINT64:
        out = Json(element.get_uint64().value_unsafe());
        return true;
    case dom::element_type::DOUBLE:
        out = Json(element.get_double().value_unsafe());
        return true;
    case dom::element_type::BOOL:
        out = Json(element.get_bool().value_unsafe());
        return true;
    case dom::element_type::NULL_VALUE:
        out = Json();
        return true;
    case dom::element_type::ARRAY: {
        if (depth == 0) return false;
        Json::Array array;
        for (const dom::element item : dom::array(element.get_array().value_unsafe()))
            if (!read(item, array.emplace_back(), depth - 1)) return false;
        out = Json(std::move(array));
        return true;
    }
    case dom::element_type::OBJECT: {
        if (depth == 0) return false;
        Json::Object object;
        for (const dom::key_value_pair member : dom::object(element.get_object().value_unsafe()))
            if (!read(member.value, object.emplace_back(std::string(member.key), Json()).second, depth - 1))
                return false;
        out = Json(std::move(object));
        return true;
    }
    }
    return false;
}

/// null changes nothing; false for anything but a text.
bool takeText(dom::element element, std::string& out)
{
    if (element.is_null()) return true;
    std::string_view text;
    if (element.get_string().get(text) != simdjson::SUCCESS) return false;
    out.assign(text);
    return true;
}

/// null empties it; members given twice are all kept. False for anything but an object.
bool takeContext(dom::element element, Json& out)
{
    if (element.is_null()) {
        out = Json();
        return true;
    }
    Json read;
    if (!element.is_object() || !contract::read(element, read, maxPlainDepth)) return false;
    if (out.object() == nullptr) {
        out = std::move(read);
        return true;
    }
    for (auto& member : *read.object()) out.object()->push_back(std::move(member));
    return true;
}

bool take(std::string_view name, dom::element value, DecisionRequest& request)
{
    if (text::equalIgnoringCase(name, "resource")) return takeText(value, request.resource);
    if (text::equalIgnoringCase(name, "action")) return takeText(value, request.action);
    if (text::equalIgnoringCase(name, "subject")) return takeText(value, request.subject);
    if (text::equalIgnoringCase(name, "context")) return takeContext(value, request.context);
    return true;
}

/// Escapes by number may be halves of surrogate pairs, which are repaired, not refused.
bool hasNumberedEscape(std::string_view body)
{
    return body.find("\\u") != std::string_view::npos;
}

} // namespace

std::optional<DecisionRequest> readPlainRequest(std::string_view body)
{
    if (body.size() > maxPlainBody || !body.starts_with('{') || hasNumberedEscape(body)) return std::nullopt;
    thread_local dom::parser parser(maxPlainBody);
    dom::object members;
    if (parser.parse(body.data(), body.size()).get_object().get(members) != simdjson::SUCCESS) return std::nullopt;
    DecisionRequest request;
    for (const dom::key_value_pair member : members)
        if (!take(member.key, member.value, request)) return std::nullopt;
    return request;
}

} // namespace iam::contract
