// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/topmembers.h"
#include <simdjson.h>
#include <tuple>

namespace iam::crypto {

namespace {

namespace dom = simdjson::dom;
using Kind = JsonMember::Kind;

constexpr std::size_t usualSize = 4096; // the parser's buffers stay with each thread
constexpr std::size_t maxDepth = 32;

bool addText(dom::element value, std::vector<std::string>& texts)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return false;
    texts.emplace_back(text);
    return true;
}

bool areTexts(dom::array values, std::vector<std::string>& texts)
{
    for (const dom::element value : values)
        if (!addText(value, texts)) return false;
    return true;
}

void take(dom::element value, JsonMember& member)
{
    member = JsonMember{member.name}; // of repeated names the last counts
    dom::array values;
    if (value.is_null())
        member.kind = Kind::Null;
    else if (addText(value, member.texts))
        member.kind = Kind::Text;
    else if (value.get_double().get(member.number) == simdjson::SUCCESS)
        member.kind = Kind::Number;
    else if (value.get_array().get(values) == simdjson::SUCCESS && areTexts(values, member.texts))
        member.kind = Kind::Texts;
    else
        member.kind = Kind::Other;
}

dom::parser madeParser()
{
    dom::parser parser;
    std::ignore = parser.allocate(usualSize, maxDepth); // without memory parsing fails
    return parser;
}

} // namespace

bool readTopMembers(std::string_view json, std::span<JsonMember> wanted)
{
    thread_local dom::parser parser = madeParser();
    dom::object members;
    if (parser.parse(json.data(), json.size()).get_object().get(members) != simdjson::SUCCESS) return false;
    for (const dom::key_value_pair found : members)
        for (JsonMember& member : wanted)
            if (member.name == found.key) take(found.value, member);
    return true;
}

} // namespace iam::crypto
