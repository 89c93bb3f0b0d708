// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/topmembers.h"
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <tuple>

namespace iam::crypto {

namespace {

namespace dom = simdjson::dom;
using Kind = JsonMember::Kind;

constexpr int maxDepth = 32;
constexpr std::size_t usualSize = 4096; // the parser's buffers stay with each thread

// What nlohmann's parser calls (its SAX interface); false stops it.
class TopMembers {
public:
    explicit TopMembers(std::span<JsonMember> wanted)
        : m_wanted(wanted)
    {
    }

    bool null() { return scalar(Kind::Null); }
    bool boolean(bool /*value*/) { return scalar(Kind::Other); }
    bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
    bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
    bool number_float(double value, const std::string& /*text*/) { return number(value); }
    bool binary(std::vector<std::uint8_t>& /*value*/) { return false; }
    bool string(std::string& value)
    {
        if (m_depth == 2 && m_member != nullptr && m_member->kind == Kind::Texts) {
            m_member->texts.push_back(std::move(value));
            return true;
        }
        if (m_depth == 1 && m_member != nullptr) m_member->texts.assign(1, std::move(value));
        return scalar(Kind::Text);
    }
    bool start_object(std::size_t /*size*/) { return m_depth == 0 ? ++m_depth == 1 : open(Kind::Other); }
    bool start_array(std::size_t /*size*/) { return m_depth != 0 && open(Kind::Texts); }
    bool end_object() { return --m_depth >= 0; }
    bool end_array() { return --m_depth >= 0; }
    bool key(std::string& name)
    {
        if (m_depth != 1) return true;
        m_member = nullptr;
        for (JsonMember& member : m_wanted) {
            if (member.name != name) continue;
            member = JsonMember{member.name};
            m_member = &member;
        }
        return true;
    }
    bool parse_error(std::size_t /*place*/, const std::string& /*token*/, const nlohmann::json::exception& /*fault*/)
    {
        return false;
    }

private:
    bool number(double value)
    {
        if (m_depth == 1 && m_member != nullptr) m_member->number = value;
        return scalar(Kind::Number);
    }
    // A value at the top belongs to the member; one within a list makes that more than a list of texts.
    bool scalar(Kind kind)
    {
        if (m_depth == 0) return false;
        if (m_member != nullptr) m_member->kind = m_depth == 1 ? kind : Kind::Other;
        return true;
    }
    bool open(Kind kind)
    {
        if (m_depth == maxDepth) return false;
        const bool proceed = scalar(kind);
        ++m_depth;
        return proceed;
    }

    std::span<JsonMember> m_wanted;
    JsonMember* m_member = nullptr;
    int m_depth = 0;
};

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
    std::ignore = parser.allocate(usualSize, maxDepth);
    return parser;
}

/// False when simdjson refuses it, which it also does with integers beyond 64 bits.
bool readQuickly(std::string_view json, std::span<JsonMember> wanted)
{
    thread_local dom::parser parser = madeParser();
    if (parser.max_depth() != maxDepth) return false; // there was no memory
    dom::object members;
    if (parser.parse(json.data(), json.size()).get_object().get(members) != simdjson::SUCCESS) return false;
    for (const dom::key_value_pair found : members)
        for (JsonMember& member : wanted)
            if (member.name == found.key) take(found.value, member);
    return true;
}

} // namespace

bool readTopMembers(std::string_view json, std::span<JsonMember> wanted)
{
    if (readQuickly(json, wanted)) return true;
    TopMembers reader(wanted);
    return nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
}

} // namespace iam::crypto
